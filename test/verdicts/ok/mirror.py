# the task's rule
def solve(I):
    O = vmirror(I)
    return O
