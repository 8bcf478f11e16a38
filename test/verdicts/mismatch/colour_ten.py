# 10 is no colour, but the size is right
def solve(I):
    x1 = vmirror(I)
    O = replace(x1, ZERO, TEN)
    return O
