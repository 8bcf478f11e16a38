# every cell a block of a million by a million: CPython shares the rows, and so do we
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = x2(ONE)
    O = upscale(I, x3)
    return O
