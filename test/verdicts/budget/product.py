# all pairs of 65536 numbers
def solve(I):
    x1 = multiply(TWO, EIGHT)
    x2 = power(double, x1)
    x3 = x2(ONE)
    x4 = interval(ZERO, x3, ONE)
    O = product(x4, x4)
    return O
