# another size than expected
def solve(I):
    O = upscale(I, THREE)
    return O
