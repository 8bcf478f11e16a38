# distances of all pairs of 160,000 locations
def solve(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(x1, FOUR)
    x3 = astuple(x2, x2)
    x4 = canvas(ZERO, x3)
    x5 = asindices(x4)
    O = manhattan(x5, x5)
    return O
