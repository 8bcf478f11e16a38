# the empty tuple has no row
def solve(I):
    x1 = canvas(ZERO, ORIGIN)
    O = identity(x1)
    return O
