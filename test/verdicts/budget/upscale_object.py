# the same of an object
def solve(I):
    x1 = power(double, TEN)
    x2 = compose(x1, x1)
    x3 = x2(ONE)
    x4 = asobject(I)
    O = upscale(x4, x3)
    return O
