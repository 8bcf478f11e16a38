# one value larger and larger: rows doubled 900 times
def solve(I):
    x1 = fork(combine, identity, identity)
    x2 = multiply(NINE, TEN)
    x3 = multiply(x2, TEN)
    x4 = power(x1, x3)
    O = x4(I)
    return O
