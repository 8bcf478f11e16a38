# statements that nobody reads are run, and none of them raises
def solve(I):
    x1 = equality(I, I)
    x2 = objects(I, T, T, T)
    O = vmirror(I)
    return O
