# two trees of 2^60 leaves, built apart, compared leaf by leaf
def solve(I):
    x1 = fork(astuple, identity, identity)
    x2 = multiply(SIX, TEN)
    x3 = power(x1, x2)
    x4 = hmirror(I)
    x5 = hmirror(x4)
    x6 = x3(x5)
    x7 = x3(I)
    O = equality(x6, x7)
    return O
