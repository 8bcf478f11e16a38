# nothing, 2^80 times over
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = compose(x2, x2)
    x4 = compose(x3, x3)
    x5 = x4(ONE)
    x6 = canvas(ZERO, ORIGIN)
    x7 = astuple(x6, x6)
    O = multiply(x7, x5)
    return O
