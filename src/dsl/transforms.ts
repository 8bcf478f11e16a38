// Cutting grids up, joining, filling and recolouring them; the theme of all grid transforms. Source:
// docs/spec/dsl.md 3.8.
import { equal } from '../value/equal.ts';
import { allocate } from '../value/meter.ts';
import { item, iterate, lengthOf, over, plus, remainder, slice, times, tuple, unpackTwo } from '../value/protocol.ts';
import { EMPTY_TUPLE, type Tuple, type Value } from '../value/value.ts';
import { shape, ulcorner } from './bounds.ts';
import { cmirror, dmirror, hmirror, rot90, rot180, rot270, vmirror } from './mirrors.ts';
import { compress, downscale, hupscale, upscale, vupscale } from './scaling.ts';
import { isWithin, rangeLength } from './sequences.ts';
import type { Theme } from './table.ts';

function tophalf(grid: Value): Value {
  return slice(grid, 0, Math.floor(lengthOf(grid) / 2));
}

function bottomhalf(grid: Value): Value {
  const rows = lengthOf(grid);
  return slice(grid, Math.ceil(rows / 2), rows);
}

function lefthalf(grid: Value): Value {
  return rot270(tophalf(rot90(grid)));
}

function righthalf(grid: Value): Value {
  return rot270(bottomhalf(rot90(grid)));
}

function trim(grid: Value): Value {
  return tuple(iterate(slice(grid, 1, -1)).map((row) => slice(row, 1, -1)));
}

/**
 * docs/spec/dsl.md 3.8: slices, so negative starts count from the end; columns are only looked at when there is a row.
 */
export function crop(grid: Value, start: Value, dims: Value): Tuple {
  return tuple(iterate(sliceAlong(grid, start, dims, 0)).map((row) => sliceAlong(row, start, dims, 1)));
}

function sliceAlong(line: Value, start: Value, dims: Value, axis: 0 | 1): Tuple {
  const from = item(start, axis);
  return slice(line, from, plus(from, item(dims, axis)));
}

function subgrid(patch: Value, grid: Value): Value {
  return crop(grid, ulcorner(patch), shape(patch));
}

function hconcat(a: Value, b: Value): Value {
  const left = iterate(a);
  const right = iterate(b);
  return tuple(left.slice(0, right.length).map((row, i) => plus(row, right[i]!)));
}

function vconcat(a: Value, b: Value): Value {
  return plus(a, b);
}

function hsplit(grid: Value, n: Value): Value {
  return splitColumns(grid, n, crop);
}

function vsplit(grid: Value, n: Value): Value {
  return splitRows(grid, n, crop);
}

type Crop = (grid: Value, start: Value, dims: Value) => Value;

export function splitColumns(grid: Value, n: Value, crop: Crop): Value {
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  const columnsEach = over(columns, n);
  const dims = tuple([rows, columnsEach]);
  return pieces(n, startStep(columns, n), (start) => crop(grid, tuple([0, start]), dims));
}

export function splitRows(grid: Value, n: Value, crop: Crop): Value {
  const rows = lengthOf(grid);
  const rowsEach = over(rows, n);
  const dims = tuple([rowsEach, lengthOf(item(grid, 0))]);
  return pieces(n, startStep(rows, n), (start) => crop(grid, tuple([start, 0]), dims));
}

/**
 * From one piece's start to the next one's: a remainder of any size leaves one line out between pieces
 * (docs/spec/dsl.md 3.8).
 */
function startStep(lines: number, n: Value): Value {
  return plus(over(lines, n), equal(remainder(lines, n), 0) ? 0 : 1);
}

function pieces(n: Value, step: Value, piece: (start: Value) => Value): Value {
  const length = rangeLength(n);
  if (length === 0) return EMPTY_TUPLE;
  const first = piece(times(step, 0)); // before the charge: what no piece can be cut from fails, however many are asked for
  allocate(length);
  return tuple(Array.from({ length }, (_, k) => (k === 0 ? first : piece(times(step, k)))));
}

function canvas(value: Value, dimensions: Value): Value {
  const height = rangeLength(item(dimensions, 0));
  if (height === 0) return EMPTY_TUPLE;
  const width = rangeLength(item(dimensions, 1));
  allocate(height * (width + 1));
  const row = tuple(new Array<Value>(width).fill(value));
  return tuple(new Array<Value>(height).fill(row));
}

/** The grid with every value changed. */
function withValues(grid: Value, changed: (value: Value) => Value): Value {
  return tuple(iterate(grid).map((row) => tuple(iterate(row).map(changed))));
}

function replace(grid: Value, replacee: Value, replacer: Value): Value {
  return withValues(grid, (value) => (equal(value, replacee) ? replacer : value));
}

/** docs/spec/dsl.md 3.8: `b` is looked for first, so that equal values become `a` when the two are equal. */
function switchColours(grid: Value, a: Value, b: Value): Value {
  return withValues(grid, (value) => {
    if (equal(value, b)) return a;
    return equal(value, a) ? b : value;
  });
}

function cellwise(a: Value, b: Value, fallback: Value): Value {
  const rows = lengthOf(a);
  const columns = lengthOf(item(a, 0));
  const valueAt = (i: number, j: number): Value => {
    const value = item(item(a, i), j);
    return equal(value, item(item(b, i), j)) ? value : fallback;
  };
  const rowAt = (i: number): Value => tuple(Array.from({ length: columns }, (_, j) => valueAt(i, j)));
  return tuple(Array.from({ length: rows }, (_, i) => rowAt(i)));
}

/** docs/spec/dsl.md 3.8: None out of bounds; the location is unpacked for the test and read by place in the grid. */
function index(grid: Value, loc: Value): Value {
  const [row, column] = unpackTwo(loc);
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  if (!isWithin(row, rows) || !isWithin(column, columns)) return null;
  return item(item(grid, item(loc, 0)), item(loc, 1));
}

export const TRANSFORMS: Theme = {
  rot90,
  rot180,
  rot270,
  hmirror,
  vmirror,
  dmirror,
  cmirror,
  tophalf,
  bottomhalf,
  lefthalf,
  righthalf,
  trim,
  crop,
  subgrid,
  hconcat,
  vconcat,
  hsplit,
  vsplit,
  hupscale,
  vupscale,
  upscale,
  downscale,
  compress,
  canvas,
  replace,
  switch: switchColours,
  cellwise,
  index,
};
