// Turning and mirroring grids and patches. Source: docs/spec/dsl.md 3.8.
import { TYPE_ERROR } from '../value/errors.ts';
import { item, iterate, minus, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { Tuple, type Value } from '../value/value.ts';
import { lrcorner, ulcorner } from './bounds.ts';
import { withLocations } from './indices.ts';
import { zipped } from './sequences.ts';

/** The items of a tuple from last to first; TypeError for anything else. */
export function reversed(v: Value): Tuple {
  if (!(v instanceof Tuple)) throw TYPE_ERROR;
  return tuple(iterate(v).toReversed());
}

function transposed(rows: readonly Value[]): Tuple {
  return tuple(zipped(rows).map(tuple));
}

export function rot90(grid: Value): Value {
  return transposed(iterate(reversed(grid)));
}

export function rot180(grid: Value): Value {
  return tuple(iterate(reversed(grid)).map(reversed));
}

export function rot270(grid: Value): Value {
  if (!(grid instanceof Tuple)) throw TYPE_ERROR;
  return reversed(transposed(iterate(grid)));
}

export function hmirror(piece: Value): Value {
  if (piece instanceof Tuple) return reversed(piece);
  const rows = plus(item(ulcorner(piece), 0), item(lrcorner(piece), 0));
  return withLocations(piece, (row, column) => [minus(rows, row), column]);
}

export function vmirror(piece: Value): Value {
  if (piece instanceof Tuple) return tuple(iterate(piece).map(reversed));
  const columns = plus(item(ulcorner(piece), 1), item(lrcorner(piece), 1));
  return withLocations(piece, (row, column) => [row, minus(columns, column)]);
}

/** docs/spec/dsl.md 3.8: the upper-left corner of a patch stays where it is. */
export function dmirror(piece: Value): Value {
  if (piece instanceof Tuple) return transposed(iterate(piece));
  const [top, left] = unpackTwo(ulcorner(piece));
  return withLocations(piece, (row, column) => [plus(minus(column, left), top), plus(minus(row, top), left)]);
}

export function cmirror(piece: Value): Value {
  if (piece instanceof Tuple) return transposed(iterate(reversed(piece)).map(reversed));
  return vmirror(dmirror(vmirror(piece)));
}
