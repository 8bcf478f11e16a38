// Sets of locations around a location or on a line through it. Source: docs/spec/dsl.md 3.6.
import { equal } from '../value/equal.ts';
import { TYPE_ERROR } from '../value/errors.ts';
import { item, maxOf, minOf, minus, minusOf, plus, times, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf, union } from '../value/set.ts';
import { type FrozenSet, isInt, type Value } from '../value/value.ts';
import { between } from './sequences.ts';

/** Up, down, left, right. The row is needed as an int before the column is looked at (docs/spec/dsl.md 3.6). */
export function dneighbors(loc: Value): FrozenSet {
  const row = item(loc, 0);
  const up = minus(row, 1);
  const down = plus(row, 1);
  const column = item(loc, 1);
  const left = minus(column, 1);
  const right = plus(column, 1);
  return copyOf(setOf([tuple([up, column]), tuple([down, column]), tuple([row, left]), tuple([row, right])]));
}

/** Up-left, up-right, down-left, down-right. */
export function ineighbors(loc: Value): FrozenSet {
  const row = item(loc, 0);
  const up = minus(row, 1);
  const down = plus(row, 1);
  const column = item(loc, 1);
  const left = minus(column, 1);
  const right = plus(column, 1);
  return copyOf(setOf([tuple([up, left]), tuple([up, right]), tuple([down, left]), tuple([down, right])]));
}

export function neighbors(loc: Value): FrozenSet {
  const direct = dneighbors(loc);
  return union(direct, ineighbors(loc));
}

/** Length of a frontier, whatever the grid (docs/spec/dsl.md 3.6). */
const FRONTIER = 30;

export function hfrontier(location: Value): Value {
  const row = item(location, 0);
  return setOf(Array.from({ length: FRONTIER }, (_, column) => tuple([row, column])));
}

export function vfrontier(location: Value): Value {
  const column = item(location, 1);
  return setOf(Array.from({ length: FRONTIER }, (_, row) => tuple([row, column])));
}

export function connect(a: Value, b: Value): Value {
  const [rowA, columnA] = unpackTwo(a);
  const [rowB, columnB] = unpackTwo(b);
  if (![rowA, columnA, rowB, columnB].every(isInt)) throw TYPE_ERROR;
  if (equal(rowA, rowB)) return setOf(span(columnA, columnB).map((column) => tuple([rowA, column])));
  if (equal(columnA, columnB)) return setOf(span(rowA, rowB).map((row) => tuple([row, columnA])));
  const down = minus(rowB, rowA);
  const right = minus(columnB, columnA);
  if (equal(down, right)) return diagonal(span(rowA, rowB), span(columnA, columnB));
  if (equal(down, minusOf(right))) return diagonal(span(rowA, rowB), span(columnA, columnB).reverse());
  return setOf([]);
}

/** The ints between two ints, both included, ascending. */
function span(a: Value, b: Value): Value[] {
  return between(minOf([a, b]), maxOf([a, b]));
}

function diagonal(rows: readonly Value[], columns: readonly Value[]): Value {
  return setOf(rows.map((row, k) => tuple([row, columns[k]!])));
}

/** How far `shoot` goes. */
const SHOT = 42;

export function shoot(start: Value, direction: Value): Value {
  const row = plus(item(start, 0), times(SHOT, item(direction, 0)));
  return connect(start, tuple([row, plus(item(start, 1), times(SHOT, item(direction, 1)))]));
}
