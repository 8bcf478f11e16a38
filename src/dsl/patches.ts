// Patches made from grids and from other patches, and where an object occurs in a grid. Source: SPEC 3.6.
import { equal } from '../value/equal.ts';
import { allocate, charge } from '../value/meter.ts';
import { item, iterate, lengthOf, minus, minusOf, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf } from '../value/set.ts';
import { type FrozenSet, Tuple, type Value } from '../value/value.ts';
import { leftmost, shape, uppermost } from './bounds.ts';
import { backdrop, box, delta, inbox, outbox } from './boxes.ts';
import { shift, toindices } from './indices.ts';
import { connect, dneighbors, hfrontier, ineighbors, neighbors, shoot, vfrontier } from './lines.ts';
import { isWithin, rangeLength } from './sequences.ts';
import type { Theme } from './table.ts';

function recolor(value: Value, patch: Value): Value {
  return setOf(iterate(toindices(patch)).map((location) => tuple([value, location])));
}

export function normalize(patch: Value): Value {
  if (lengthOf(patch) === 0) return patch;
  const up = minusOf(uppermost(patch));
  return shift(patch, tuple([up, minusOf(leftmost(patch))]));
}

export function asindices(grid: Value): FrozenSet {
  const rows = lengthOf(grid);
  const columns = rows === 0 ? 0 : lengthOf(item(grid, 0));
  allocate(rows * columns);
  const locations: Value[] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) locations.push(tuple([i, j]));
  return setOf(locations);
}

function ofcolor(grid: Value, value: Value): Value {
  const locations: Value[] = [];
  iterate(grid).forEach((row, i) => {
    iterate(row).forEach((colour, j) => {
      if (equal(colour, value)) locations.push(tuple([i, j]));
    });
  });
  return setOf(locations);
}

function asobject(grid: Value): Value {
  return setOf(iterate(grid).flatMap((row, i) => iterate(row).map((colour, j) => tuple([colour, tuple([i, j])]))));
}

function toobject(patch: Value, grid: Value): Value {
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  const cells: Value[] = [];
  for (const location of iterate(toindices(patch))) {
    const [row, column] = unpackTwo(location);
    if (!isWithin(row, rows) || !isWithin(column, columns)) continue;
    cells.push(tuple([item(item(grid, row), column), tuple([row, column])]));
  }
  return setOf(cells);
}

/**
 * SPEC 3.6. A colour read can only raise where a row is shorter than row 0 or no tuple. In such a grid it depends on the
 * order of the object's cells whether one that differs comes first; so there the cells are looked at in the order of the
 * moved object, as the reference does, else in that of the normalised one.
 */
function occurrences(grid: Value, obj: Value): Value {
  const normal = normalize(obj);
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  const [tall, wide] = unpackTwo(shape(obj));
  const down = rangeLength(plus(minus(rows, tall!), 1));
  const right = rangeLength(plus(minus(columns, wide!), 1));
  const cells = iterate(normal);
  const even = iterate(grid).every((row) => row instanceof Tuple && row.length >= columns);
  const found: Value[] = [];
  for (let i = 0; i < down; i++) {
    for (let j = 0; j < right; j++) {
      charge(1);
      const occurs = even
        ? cells.every((cell) => matches(grid, rows, columns, cell, i, j))
        : iterate(shift(normal, tuple([i, j]))).every((cell) => matches(grid, rows, columns, cell, 0, 0));
      if (occurs) found.push(tuple([i, j]));
    }
  }
  return copyOf(setOf(found));
}

/** Whether the cell, moved by (i, j), is in the grid. */
function matches(grid: Value, rows: number, columns: number, cell: Value, i: number, j: number): boolean {
  const [colour, location] = unpackTwo(cell);
  const [row, column] = unpackTwo(location);
  const a = plus(row, i);
  const b = plus(column, j);
  return isWithin(a, rows) && isWithin(b, columns) && equal(item(item(grid, a), b), colour);
}

export const PATCHES: Theme = {
  toindices,
  recolor,
  shift,
  normalize,
  asindices,
  ofcolor,
  asobject,
  toobject,
  dneighbors,
  ineighbors,
  neighbors,
  hfrontier,
  vfrontier,
  connect,
  shoot,
  backdrop,
  delta,
  box,
  outbox,
  inbox,
  occurrences,
};
