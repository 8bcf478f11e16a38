// Size, bounding box, corners and centre of grids and patches. Source: SPEC 3.5.
import { equal } from '../value/equal.ts';
import { KEY_ERROR, VALUE_ERROR } from '../value/errors.ts';
import { item, iterate, lengthOf, less, maxOf, minOf, minus, over, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf } from '../value/set.ts';
import { Tuple, type Value } from '../value/value.ts';
import { toindices } from './indices.ts';
import { zipped } from './sequences.ts';

export function height(piece: Value): Value {
  if (lengthOf(piece) === 0) return 0;
  if (piece instanceof Tuple) return piece.length;
  return plus(minus(lowermost(piece), uppermost(piece)), 1);
}

export function width(piece: Value): Value {
  if (lengthOf(piece) === 0) return 0;
  if (piece instanceof Tuple) return lengthOf(item(piece, 0));
  return plus(minus(rightmost(piece), leftmost(piece)), 1);
}

export function shape(piece: Value): Value {
  return tuple([height(piece), width(piece)]);
}

export function portrait(piece: Value): Value {
  const rows = height(piece);
  return less(width(piece), rows);
}

/** SPEC 3.5: the area of a patch is held against its number of items, not of locations. */
export function square(piece: Value): Value {
  if (piece instanceof Tuple) return piece.length === lengthOf(item(piece, 0));
  const rows = height(piece);
  const columns = width(piece);
  return equal(rows, columns) && Number(rows) * Number(columns) === lengthOf(piece);
}

export function vline(patch: Value): Value {
  return equal(height(patch), lengthOf(patch)) && equal(width(patch), 1);
}

export function hline(patch: Value): Value {
  return equal(width(patch), lengthOf(patch)) && equal(height(patch), 1);
}

export function uppermost(patch: Value): Value {
  return outermost(patch, 0, (row, best) => less(row, best));
}

export function lowermost(patch: Value): Value {
  return outermost(patch, 0, (row, best) => less(best, row));
}

export function leftmost(patch: Value): Value {
  return outermost(patch, 1, (column, best) => less(column, best));
}

export function rightmost(patch: Value): Value {
  return outermost(patch, 1, (column, best) => less(best, column));
}

/** The first of the best coordinates on an axis; each location is unpacked just before its coordinate is compared. */
function outermost(patch: Value, axis: 0 | 1, beats: (coordinate: Value, best: Value) => boolean): Value {
  let best: Value | undefined;
  for (const location of iterate(toindices(patch))) {
    const coordinate = unpackTwo(location)[axis];
    if (best === undefined || beats(coordinate, best)) best = coordinate;
  }
  if (best === undefined) throw VALUE_ERROR;
  return best;
}

/** All rows, all columns, and so on up to the length of the shortest location; nothing when there is none. */
function coordinates(patch: Value): Value[][] {
  return zipped(iterate(toindices(patch)));
}

export function ulcorner(patch: Value): Value {
  return tuple(coordinates(patch).map(minOf));
}

export function urcorner(patch: Value): Value {
  return mixedCorner(patch, [minOf, maxOf]);
}

export function llcorner(patch: Value): Value {
  return mixedCorner(patch, [maxOf, minOf]);
}

export function lrcorner(patch: Value): Value {
  return tuple(coordinates(patch).map(maxOf));
}

function mixedCorner(patch: Value, extremes: readonly ((values: readonly Value[]) => Value)[]): Value {
  return tuple(
    coordinates(patch).map((values, axis) => {
      const extreme = extremes[axis];
      if (extreme === undefined) throw KEY_ERROR;
      return extreme(values);
    }),
  );
}

export function corners(patch: Value): Value {
  return copyOf(setOf([ulcorner(patch), urcorner(patch), llcorner(patch), lrcorner(patch)]));
}

export function center(patch: Value): Value {
  const row = plus(uppermost(patch), over(height(patch), 2));
  return tuple([row, plus(leftmost(patch), over(width(patch), 2))]);
}

/** SPEC 3.5: divides by the number of items of the patch, which may be more than its locations. */
export function centerofmass(patch: Value): Value {
  return tuple(coordinates(patch).map((values) => over(values.reduce(plus, 0), lengthOf(patch))));
}
