# a corner by three coordinates
def solve(I):
    x1 = astuple(ONE, TWO)
    x2 = repeat(ONE, THREE)
    x3 = initset(x2)
    O = urcorner(x3)
    return O
