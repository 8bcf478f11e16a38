// The bounding box of a patch: filled, as an outline, grown and shrunk. Source: SPEC 3.6.
import { allocate } from '../value/meter.ts';
import { lengthOf, maxOf, minOf, minus, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf, union } from '../value/set.ts';
import type { Value } from '../value/value.ts';
import { leftmost, lowermost, lrcorner, rightmost, ulcorner, uppermost } from './bounds.ts';
import { toindices } from './indices.ts';
import { between } from './sequences.ts';

export function backdrop(patch: Value): Value {
  if (lengthOf(patch) === 0) return setOf([]);
  const [top, left] = unpackTwo(ulcorner(patch));
  const [bottom, right] = unpackTwo(lrcorner(patch));
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
  const [top, left] = unpackTwo(ulcorner(patch));
  const [bottom, right] = unpackTwo(lrcorner(patch));
  return outline(top, left, bottom, right);
}

export function outbox(patch: Value): Value {
  const top = minus(uppermost(patch), 1);
  const left = minus(leftmost(patch), 1);
  const bottom = plus(lowermost(patch), 1);
  const right = plus(rightmost(patch), 1);
  return outline(top, left, bottom, right);
}

/** SPEC 3.6: the sides change places when the box shrinks past itself. */
export function inbox(patch: Value): Value {
  const top = plus(uppermost(patch), 1);
  const left = plus(leftmost(patch), 1);
  const bottom = minus(lowermost(patch), 1);
  const right = minus(rightmost(patch), 1);
  return outline(minOf([top, bottom]), minOf([left, right]), maxOf([top, bottom]), maxOf([left, right]));
}

function outline(top: Value, left: Value, bottom: Value, right: Value): Value {
  const rows = between(top, bottom);
  const columns = between(left, right);
  const vertical = (column: Value) => setOf(rows.map((row) => tuple([row, column])));
  const horizontal = (row: Value) => setOf(columns.map((column) => tuple([row, column])));
  return copyOf(union(union(vertical(left), vertical(right)), union(horizontal(top), horizontal(bottom))));
}
