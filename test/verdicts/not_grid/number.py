# an int
def solve(I):
    O = height(I)
    return O
