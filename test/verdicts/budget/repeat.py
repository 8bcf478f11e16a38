# the grid 2^40 times
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = compose(x2, x2)
    x4 = x3(ONE)
    O = repeat(I, x4)
    return O
