# no value is large, all together they are: tuples of 0 to 65535 numbers
def solve(I):
    x1 = multiply(TWO, EIGHT)
    x2 = power(double, x1)
    x3 = x2(ONE)
    x4 = lbind(interval, ZERO)
    x5 = rbind(x4, ONE)
    x6 = interval(ZERO, x3, ONE)
    O = apply(x5, x6)
    return O
