# the first of nothing
def solve(I):
    x1 = canvas(ZERO, ORIGIN)
    O = first(x1)
    return O
