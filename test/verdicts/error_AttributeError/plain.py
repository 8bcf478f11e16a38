# a set has no count
def solve(I):
    x1 = asobject(I)
    O = mostcommon(x1)
    return O
