# division by zero
def solve(I):
    O = divide(ONE, ZERO)
    return O
