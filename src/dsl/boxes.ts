// The bounding box of a patch: filled, as an outline, grown and shrunk. Source: docs/spec/dsl.md 3.6.
import { allocate } from '../value/meter.ts';
import { lengthOf, maxOf, minOf, minus, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf, union } from '../value/set.ts';
import type { FrozenSet, Value } from '../value/value.ts';
import { leftmost, lowermost, lrcorner, rightmost, ulcorner, uppermost } from './bounds.ts';
import { toindices } from './indices.ts';
import { between } from './sequences.ts';

export function backdrop(patch: Value): Value {
  if (lengthOf(patch) === 0) return setOf([]);
  return filledBox(ulcorner(patch), lrcorner(patch));
}

/** All locations from the upper-left to the lower-right corner, row by row. */
export function filledBox(upperLeft: Value, lowerRight: Value): FrozenSet {
  const [top, left] = unpackTwo(upperLeft);
  const [bottom, right] = unpackTwo(lowerRight);
  const rows = between(top, bottom);
  const columns = between(left, right);
  allocate(rows.length * columns.length);
  return setOf(rows.flatMap((row) => columns.map((column) => tuple([row, column]))));
}

export function delta(patch: Value): Value {
  if (lengthOf(patch) === 0) return setOf([]);
  return minus(backdrop(patch), toindices(patch));
}

export function box(patch: Value): Value {
  if (lengthOf(patch) === 0) return patch;
  return boxFrom(ulcorner(patch), lrcorner(patch));
}

/** The outline of the box between two corners. */
export function boxFrom(upperLeft: Value, lowerRight: Value): Value {
  const [top, left] = unpackTwo(upperLeft);
  const [bottom, right] = unpackTwo(lowerRight);
  return outline(top, left, bottom, right);
}

export function outbox(patch: Value): Value {
  return boxAround(uppermost(patch), leftmost(patch), lowermost(patch), rightmost(patch));
}

export function boxAround(top: Value, left: Value, bottom: Value, right: Value): Value {
  return outline(minus(top, 1), minus(left, 1), plus(bottom, 1), plus(right, 1));
}

export function inbox(patch: Value): Value {
  return boxWithin(uppermost(patch), leftmost(patch), lowermost(patch), rightmost(patch));
}

/** docs/spec/dsl.md 3.6: the sides change places when the box shrinks past itself. */
export function boxWithin(top: Value, left: Value, bottom: Value, right: Value): Value {
  const rows = [plus(top, 1), minus(bottom, 1)];
  const columns = [plus(left, 1), minus(right, 1)];
  return outline(minOf(rows), minOf(columns), maxOf(rows), maxOf(columns));
}

function outline(top: Value, left: Value, bottom: Value, right: Value): Value {
  const rows = between(top, bottom);
  const columns = between(left, right);
  const vertical = (column: Value) => setOf(rows.map((row) => tuple([row, column])));
  const horizontal = (row: Value) => setOf(columns.map((column) => tuple([row, column])));
  return copyOf(union(union(vertical(left), vertical(right)), union(horizontal(top), horizontal(bottom))));
}
