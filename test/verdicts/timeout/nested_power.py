# 180^5 mirrors, each undone by the next
def solve(I):
    x1 = multiply(NINE, TEN)
    x2 = double(x1)
    x3 = power(hmirror, x2)
    x4 = power(x3, x2)
    x5 = power(x4, x2)
    x6 = power(x5, x2)
    x7 = power(x6, x2)
    O = x7(I)
    return O
