# ten squared sixty times
def solve(I):
    x1 = multiply(SIX, TEN)
    x2 = fork(multiply, identity, identity)
    x3 = power(x2, x1)
    O = x3(TEN)
    return O
