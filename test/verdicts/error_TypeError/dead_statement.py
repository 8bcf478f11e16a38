# the first statement that raises decides, though its result is not needed
def solve(I):
    x1 = size(ONE)
    x2 = divide(ONE, ZERO)
    O = vmirror(I)
    return O
