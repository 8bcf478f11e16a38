# 2^40 numbers, which no machine holds
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = compose(x2, x2)
    x4 = x3(ONE)
    O = interval(ZERO, x4, ONE)
    return O
