# a grid of more than 30 rows is a grid still
def solve(I):
    x1 = multiply(TEN, TEN)
    O = upscale(I, x1)
    return O
