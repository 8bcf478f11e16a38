# -1 is an int, so this is a grid of the right size
def solve(I):
    x1 = vmirror(I)
    O = replace(x1, ZERO, NEG_ONE)
    return O
