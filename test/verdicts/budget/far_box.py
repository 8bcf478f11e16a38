# the box around two locations 2^20 apart
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = x2(ONE)
    x4 = astuple(x3, x3)
    x5 = initset(x4)
    x6 = insert(ORIGIN, x5)
    O = backdrop(x6)
    return O
