# same size, other cells
def solve(I):
    O = identity(I)
    return O
