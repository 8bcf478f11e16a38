# no value is large, all together they are: a thousand grids of a million cells
def solve(I):
    x1 = power(double, TEN)
    x2 = x1(ONE)
    x3 = astuple(x2, x2)
    x4 = rbind(canvas, x3)
    x5 = interval(ZERO, x2, ONE)
    O = apply(x4, x5)
    return O
