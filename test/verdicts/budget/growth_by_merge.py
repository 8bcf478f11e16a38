# a tuple of itself twice, merged, 900 times
def solve(I):
    x1 = fork(astuple, identity, identity)
    x2 = compose(merge, x1)
    x3 = multiply(NINE, TEN)
    x4 = multiply(x3, TEN)
    x5 = power(x2, x4)
    O = x5(I)
    return O
