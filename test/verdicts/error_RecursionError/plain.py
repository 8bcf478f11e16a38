# a thousand nested calls
def solve(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(x1, TEN)
    O = power(identity, x2)
    return O
