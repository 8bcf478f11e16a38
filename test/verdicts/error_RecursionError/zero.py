# counting down from zero
def solve(I):
    O = power(identity, ZERO)
    return O
