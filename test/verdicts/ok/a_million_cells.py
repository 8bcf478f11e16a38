# a million cells on the way: nothing against a budget of ten seconds of CPython
def solve(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(x1, FIVE)
    x3 = upscale(I, x2)
    x4 = downscale(x3, x2)
    O = vmirror(x4)
    return O
