# a set of objects
def solve(I):
    O = objects(I, T, T, T)
    return O
