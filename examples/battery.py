# The bundled battery: candidate programs for the tasks in examples/tasks. Every candidate is run on every task. The line
# above a program says what it is: right for a task, nearly right (on some of its samples), wrong (solves no task), a
# duplicate of another, or failing (raises an error on every sample). No program here solves sort_bars or dashed_frame.

# right for self_tile: where the enlarged grid is black, so is the tiling
def solve_self_tile(I):
    x1 = hconcat(I, I)
    x2 = hconcat(x1, I)
    x3 = vconcat(x2, x2)
    x4 = vconcat(x3, x2)
    x5 = upscale(I, THREE)
    x6 = ofcolor(x5, ZERO)
    O = fill(x4, ZERO, x6)
    return O

# right for self_tile: keeps the cells in which the tiling and the enlarged grid agree
def solve_self_tile_by_agreement(I):
    row = hconcat(I, hconcat(I, I))
    tiling = vconcat(row, vconcat(row, row))
    large = vupscale(hupscale(I, THREE), THREE)
    return cellwise(tiling, large, ZERO)

# right for self_tile: a copy of the coloured cells is moved to three times each of their locations
def solve_self_tile_by_copies(I):
    x1 = palette(I)
    x2 = other(x1, ZERO)
    x3 = ofcolor(I, x2)
    x4 = lbind(shift, x3)
    x5 = rbind(multiply, THREE)
    x6 = compose(x4, x5)
    x7 = mapply(x6, x3)
    x8 = multiply(THREE_BY_THREE, THREE)
    x9 = canvas(ZERO, x8)
    O = fill(x9, x2, x7)
    return O

# duplicate of solve_self_tile under other names
def solve_self_tile_again(I):
    a = hconcat(I, I)
    b = hconcat(a, I)
    c = vconcat(b, b)
    d = vconcat(c, b)
    e = upscale(I, THREE)
    f = ofcolor(e, ZERO)
    g = fill(d, ZERO, f)
    return g

# wrong: the tiling without the black blocks
def solve_tiling(I):
    x1 = hconcat(I, I)
    x2 = hconcat(x1, I)
    x3 = vconcat(x2, x2)
    O = vconcat(x3, x2)
    return O

# right for mirror_beside
def solve_mirror_beside(I):
    x1 = vmirror(I)
    O = hconcat(I, x1)
    return O

# duplicate of solve_mirror_beside, written as one expression
def solve_mirror_beside_in_one(I):
    return hconcat(I, vmirror(I))

# wrong: the mirror image comes first
def solve_mirror_before(I):
    x1 = vmirror(I)
    O = hconcat(x1, I)
    return O

# right for quarter_turn
def solve_quarter_turn(I):
    O = rot90(I)
    return O

# right for quarter_turn: two mirrors make a turn
def solve_quarter_turn_by_mirrors(I):
    x1 = dmirror(I)
    O = vmirror(x1)
    return O

# wrong: turns the other way
def solve_turn_back(I):
    O = rot270(I)
    return O

# right for largest_piece
def solve_largest_piece(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    O = subgrid(x2, I)
    return O

# right for largest_piece: the last piece by size, cropped by corner and shape
def solve_largest_piece_by_corner(I):
    x1 = objects(I, T, T, T)
    x2 = order(x1, size)
    x3 = last(x2)
    x4 = ulcorner(x3)
    x5 = shape(x3)
    O = crop(I, x4, x5)
    return O

# duplicate of solve_largest_piece, written as one expression
def solve_largest_piece_in_one(I):
    return subgrid(argmax(objects(I, T, F, T), size), I)

# wrong: cuts out the piece with the fewest cells
def solve_smallest_piece(I):
    x1 = objects(I, T, F, T)
    x2 = argmin(x1, size)
    O = subgrid(x2, I)
    return O

# nearly right for largest_piece: takes the lowest piece, which is the largest one in one sample
def solve_lowest_piece(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, lowermost)
    O = subgrid(x2, I)
    return O

# right for smallest_grey
def solve_smallest_grey(I):
    x1 = objects(I, T, F, T)
    x2 = argmin(x1, size)
    O = fill(I, FIVE, x2)
    return O

# wrong: greys the largest piece
def solve_largest_grey(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    O = fill(I, FIVE, x2)
    return O

# right for ring_dots
def solve_ring_dots(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(outbox, x1)
    O = fill(I, FOUR, x2)
    return O

# right for fall_down: in each column the black cells come first
def solve_fall_down(I):
    x1 = dmirror(I)
    x2 = rbind(order, positive)
    x3 = apply(x2, x1)
    O = dmirror(x3)
    return O

# right for fill_rooms: black areas that do not touch the border
def solve_fill_rooms(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = rbind(bordering, I)
    x4 = compose(flip, x3)
    x5 = mfilter(x2, x4)
    O = fill(I, TWO, x5)
    return O

# nearly right for fill_rooms: all black cells but the largest black area, wrong where a room cuts off a corner
def solve_fill_rooms_by_rest(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = argmax(x2, size)
    x4 = remove(x3, x2)
    x5 = merge(x4)
    O = fill(I, TWO, x5)
    return O

# right for count_pieces
def solve_count_pieces(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = leastcolor(I)
    x4 = astuple(ONE, x2)
    O = canvas(x3, x4)
    return O

# wrong: counts in a column
def solve_count_down(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = leastcolor(I)
    x4 = astuple(x2, ONE)
    O = canvas(x3, x4)
    return O

# right for swap_colours
def solve_swap_colours(I):
    O = switch(I, ONE, TWO)
    return O

# right for swap_colours: by way of a colour that no grid has
def solve_swap_colours_by_third(I):
    x1 = replace(I, ONE, TEN)
    x2 = replace(x1, TWO, ONE)
    O = replace(x2, TEN, TWO)
    return O

# right for swap_colours: remembers where the two colours were
def solve_swap_colours_by_places(I):
    x1 = ofcolor(I, ONE)
    x2 = ofcolor(I, TWO)
    x3 = fill(I, TWO, x1)
    O = fill(x3, ONE, x2)
    return O

# nearly right for swap_colours: makes one colour of the two, which is enough where only the first is there
def solve_merge_colours(I):
    O = replace(I, ONE, TWO)
    return O

# right for rays_up
def solve_rays_up(I):
    x1 = ofcolor(I, SIX)
    x2 = rbind(shoot, UP)
    x3 = mapply(x2, x1)
    O = fill(I, SIX, x3)
    return O

# right for both_halves
def solve_both_halves(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    O = cellwise(x1, x2, ZERO)
    return O

# right for both_halves: blackens on the left what is black on the right
def solve_both_halves_by_fill(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = ofcolor(x2, ZERO)
    O = fill(x1, ZERO, x3)
    return O

# failing: takes the first of no pieces (StopIteration)
def solve_first_of_none(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, TEN)
    x3 = first(x2)
    O = subgrid(x3, I)
    return O

# failing: divides by zero (ZeroDivisionError)
def solve_division(I):
    x1 = height(I)
    x2 = divide(x1, ZERO)
    O = upscale(I, x2)
    return O

# failing: joins pieces and a number (TypeError)
def solve_wrong_kind(I):
    x1 = objects(I, T, F, F)
    x2 = combine(x1, ONE)
    O = paint(I, x2)
    return O

# failing: the largest piece of no colour (ValueError)
def solve_largest_of_none(I):
    x1 = ofcolor(I, TEN)
    x2 = argmax(x1, first)
    O = fill(I, ONE, x2)
    return O
