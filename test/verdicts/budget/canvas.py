# a million rows of a million cells
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = x2(ONE)
    x4 = astuple(x3, x3)
    O = canvas(ZERO, x4)
    return O
