# 980 nested calls work
def solve(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(x1, TEN)
    x3 = double(TEN)
    x4 = subtract(x2, x3)
    x5 = power(identity, x4)
    x6 = x5(I)
    O = vmirror(x6)
    return O
