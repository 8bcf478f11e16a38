# a function
def solve(I):
    O = rbind(add, ONE)
    return O
