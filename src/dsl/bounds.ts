// Size, bounding box, corners and centre of grids and patches. Source: docs/spec/dsl.md 3.5.
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

/** docs/spec/dsl.md 3.5: the area of a patch is held against its number of items, not of locations. */
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
  return outermost(toindices(patch), 'top');
}

export function lowermost(patch: Value): Value {
  return outermost(toindices(patch), 'bottom');
}

export function leftmost(patch: Value): Value {
  return outermost(toindices(patch), 'left');
}

export function rightmost(patch: Value): Value {
  return outermost(toindices(patch), 'right');
}

export type Side = 'top' | 'bottom' | 'left' | 'right';

/** The first of the outermost coordinates; each location is unpacked just before its coordinate is compared. */
export function outermost(locations: Value, side: Side): Value {
  const axis = side === 'top' || side === 'bottom' ? 0 : 1;
  const isLeast = side === 'top' || side === 'left';
  let best: Value | undefined;
  for (const location of iterate(locations)) {
    const coordinate = unpackTwo(location)[axis];
    if (best === undefined || (isLeast ? less(coordinate, best) : less(best, coordinate))) best = coordinate;
  }
  if (best === undefined) throw VALUE_ERROR;
  return best;
}

export function ulcorner(patch: Value): Value {
  return cornerOf(toindices(patch), 'ul');
}

export function urcorner(patch: Value): Value {
  return cornerOf(toindices(patch), 'ur');
}

export function llcorner(patch: Value): Value {
  return cornerOf(toindices(patch), 'll');
}

export function lrcorner(patch: Value): Value {
  return cornerOf(toindices(patch), 'lr');
}

export type Corner = 'ul' | 'ur' | 'll' | 'lr';

/** A corner of the bounding box; `()` when there is no location. */
export function cornerOf(locations: Value, corner: Corner): Value {
  const coordinates = zipped(iterate(locations));
  if (corner === 'ul') return tuple(coordinates.map(minOf));
  if (corner === 'lr') return tuple(coordinates.map(maxOf));
  const extremes = corner === 'ur' ? [minOf, maxOf] : [maxOf, minOf];
  return tuple(
    coordinates.map((values, axis) => {
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

/** docs/spec/dsl.md 3.5: divides by the number of items of the patch, which may be more than its locations. */
export function centerofmass(patch: Value): Value {
  return meanOf(toindices(patch), lengthOf(patch));
}

/** Per coordinate the sum, divided by `n`. */
export function meanOf(locations: Value, n: number): Value {
  return tuple(zipped(iterate(locations)).map((values) => over(values.reduce(plus, 0), n)));
}
