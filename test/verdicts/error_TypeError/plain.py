# a number has no length
def solve(I):
    O = size(ONE)
    return O
