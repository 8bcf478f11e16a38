// Grids and objects enlarged, and grids with rows and columns left out. Source: docs/spec/dsl.md 3.8.
import { equal } from '../value/equal.ts';
import { allocate, charge } from '../value/meter.ts';
import { item, iterate, lengthOf, minusOf, plus, remainder, times, tuple, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf } from '../value/set.ts';
import { ListTuple, Tuple, type Value } from '../value/value.ts';
import { ulcorner } from './bounds.ts';
import { shift } from './indices.ts';
import { type CellLayout, NESTED } from './layout.ts';
import { dmirror } from './mirrors.ts';
import { placesOfUniform } from './objects.ts';
import { rangeLength } from './sequences.ts';

/** Every item `times` times in a row; not charged here. */
function stretched(items: readonly Value[], times: number): Tuple {
  const result: Value[] = new Array(items.length * times);
  let place = 0;
  for (const item of items) for (let k = 0; k < times; k++) result[place++] = item;
  return new ListTuple(result);
}

/** Every item `factor` times in a row. The factor is only looked at when there is an item. */
function repeatEach(items: readonly Value[], factor: Value): Tuple {
  const times = items.length === 0 ? 0 : rangeLength(factor);
  allocate(items.length * times);
  return stretched(items, times);
}

/** The rows of a grid with every item repeated. They are charged together: where that is too much none of them is made. */
function stretchedRows(grid: Value, factor: Value): Tuple[] {
  const rows = iterate(grid).map(iterate);
  const items = rows.reduce((sum, row) => sum + row.length, 0);
  const times = items === 0 ? 0 : rangeLength(factor);
  allocate(items * times);
  return rows.map((row) => stretched(row, times));
}

export function hupscale(grid: Value, factor: Value): Value {
  return tuple(stretchedRows(grid, factor));
}

export function vupscale(grid: Value, factor: Value): Value {
  return repeatEach(iterate(grid), factor);
}

/** docs/spec/dsl.md 3.8: the upper-left corner of an object stays where it is. */
export function upscale(element: Value, factor: Value): Value {
  if (element instanceof Tuple) return repeatEach(stretchedRows(element, factor), factor);
  if (lengthOf(element) === 0) return setOf([]);
  return enlarged(element, factor, ulcorner(element), shift, NESTED);
}

/** Every cell of an object as a block of `factor` × `factor` cells; `corner`, its upper-left one, stays. */
export function enlarged(
  obj: Value,
  factor: Value,
  corner: Value,
  shift: (patch: Value, directions: Value) => Value,
  layout: CellLayout,
): Value {
  const [top, left] = unpackTwo(corner);
  const atOrigin = shift(obj, tuple([minusOf(top), minusOf(left)]));
  const cells: Value[] = [];
  for (const cell of iterate(atOrigin)) {
    const [colour, row, column] = layout.parts(cell);
    const size = rangeLength(factor);
    allocate(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        cells.push(layout.cell(colour, plus(times(row, factor), i), plus(times(column, factor), j)));
      }
    }
  }
  return shift(copyOf(setOf(cells)), corner);
}

/** docs/spec/dsl.md 3.8: the kept columns are read in every row, also in the rows that are then dropped. */
export function downscale(grid: Value, factor: Value): Value {
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  charge(rows + columns);
  const isKept = (k: number): boolean => equal(remainder(k, factor), 0);
  const kept = Array.from({ length: columns }, (_, j) => j).filter(isKept);
  const narrow = Array.from({ length: rows }, (_, i) => tuple(kept.map((j) => item(item(grid, i), j))));
  return tuple(narrow.filter((_, i) => isKept(i)));
}

/** docs/spec/dsl.md 3.8: the columns are the items of dmirror(grid), which takes a set for a patch. */
export function compress(grid: Value): Value {
  return withoutUniform(grid, dmirror);
}

/** The grid without its one-coloured rows and columns; `transpose` gives the columns. */
export function withoutUniform(grid: Value, transpose: (grid: Value) => Value): Value {
  const rows = new Set(placesOfUniform(grid));
  const columns = new Set(placesOfUniform(transpose(grid)));
  const kept = iterate(grid).filter((_, i) => !rows.has(i));
  return tuple(kept.map((row) => tuple(iterate(row).filter((_, j) => !columns.has(j)))));
}
