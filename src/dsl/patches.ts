// Patches made from grids and from other patches, and where an object occurs in a grid. Source: docs/spec/dsl.md 3.6.
import { equal } from '../value/equal.ts';
import { allocate, charge } from '../value/meter.ts';
import { item, iterate, lengthOf, minus, minusOf, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf } from '../value/set.ts';
import { type FrozenSet, Tuple, type Value } from '../value/value.ts';
import { leftmost, shape, uppermost } from './bounds.ts';
import { backdrop, box, delta, inbox, outbox } from './boxes.ts';
import { shift, toindices } from './indices.ts';
import { type CellLayout, NESTED } from './layout.ts';
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
  return cellsOf(grid, NESTED);
}

/** SEQ of all cells of a grid, row by row. */
export function cellsOf(grid: Value, layout: CellLayout): FrozenSet {
  return setOf(iterate(grid).flatMap((row, i) => iterate(row).map((colour, j) => layout.cell(colour, i, j))));
}

function toobject(patch: Value, grid: Value): Value {
  return cellsAt(patch, grid, toindices, NESTED);
}

/** SEQ of the cells of a grid at the locations of a patch, without those outside. */
export function cellsAt(patch: Value, grid: Value, toindices: (patch: Value) => Value, layout: CellLayout): FrozenSet {
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  const cells: Value[] = [];
  for (const location of iterate(toindices(patch))) {
    const [row, column] = unpackTwo(location);
    if (!isWithin(row, rows) || !isWithin(column, columns)) continue;
    cells.push(layout.cell(item(item(grid, row), column), row, column));
  }
  return setOf(cells);
}

function occurrences(grid: Value, obj: Value): Value {
  return placesOf(grid, normalize(obj), () => shape(obj), shift, NESTED);
}

/**
 * docs/spec/dsl.md 3.6. A colour read can only raise where a row is shorter than row 0 or no tuple. In such a grid it
 * depends on the order of the object's cells whether one that differs comes first; so there the cells are looked at in
 * the order of the moved object, as the reference does, else in that of the normalised one.
 */
export function placesOf(
  grid: Value,
  normal: Value,
  shapeOfObject: () => Value,
  shift: (patch: Value, directions: Value) => Value,
  layout: CellLayout,
): Value {
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  const [tall, wide] = unpackTwo(shapeOfObject());
  const down = rangeLength(plus(minus(rows, tall!), 1));
  const right = rangeLength(plus(minus(columns, wide!), 1));
  const cells = iterate(normal);
  const matches = (cell: Value, i: number, j: number): boolean => {
    const [colour, row, column] = layout.parts(cell);
    const a = plus(row, i);
    const b = plus(column, j);
    return isWithin(a, rows) && isWithin(b, columns) && equal(item(item(grid, a), b), colour);
  };
  const even = iterate(grid).every((row) => row instanceof Tuple && row.length >= columns);
  const found: Value[] = [];
  for (let i = 0; i < down; i++) {
    for (let j = 0; j < right; j++) {
      charge(1);
      const occurs = even
        ? cells.every((cell) => matches(cell, i, j))
        : iterate(shift(normal, tuple([i, j]))).every((cell) => matches(cell, 0, 0));
      if (occurs) found.push(tuple([i, j]));
    }
  }
  return copyOf(setOf(found));
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
