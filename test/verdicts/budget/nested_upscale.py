# the third enlarging alone would make 810 million cells of a grid of 30 x 30
def solve(I):
    x1 = canvas(ZERO, THREE_BY_THREE)
    x2 = upscale(x1, TEN)
    x3 = upscale(x2, TEN)
    x4 = upscale(x3, TEN)
    O = upscale(x4, TEN)
    return O
