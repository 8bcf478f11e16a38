# a line of 2^40 locations
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = compose(x2, x2)
    x4 = x3(ONE)
    x5 = tojvec(x4)
    O = connect(ORIGIN, x5)
    return O
