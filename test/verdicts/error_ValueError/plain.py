# the largest of nothing
def solve(I):
    x1 = canvas(ZERO, ORIGIN)
    O = mostcolor(x1)
    return O
