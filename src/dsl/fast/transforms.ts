// Grid transforms of packed grids and patches (docs/spec/dsl.md 3.8): loops over the cells, ids moved by arithmetic.
import {
  COLOUR_SHIFT,
  columnOf,
  HIGHEST_COLUMN,
  HIGHEST_ROW,
  isColour,
  ORIGIN,
  ROW_SHIFT,
  rowOf,
} from '../../value/ids.ts';
import { copyIds, insertAll } from '../../value/idTable.ts';
import { allocate } from '../../value/meter.ts';
import { PatchSet } from '../../value/patch.ts';
import { EMPTY_TUPLE, Grid, ListTuple, type Value } from '../../value/value.ts';
import type { FastTheme } from '../table.ts';
import { moved, pairOf } from './shape.ts';

/** A grid of this size, or the tuple of empty rows or no rows that it is when a side is zero. */
function gridOrEmpty(height: number, width: number, cells: readonly number[]): Value {
  if (height === 0) return EMPTY_TUPLE;
  if (width > 0) return new Grid(height, width, cells);
  return new ListTuple(new Array(height).fill(EMPTY_TUPLE));
}

function isSize(x: Value): x is number {
  return Number.isInteger(x);
}

function rot90(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const { height, width, cells } = grid;
  allocate(cells.length);
  const result: number[] = new Array(cells.length);
  for (let j = 0, k = 0; j < width; j++) {
    for (let at = (height - 1) * width + j; at >= 0; at -= width) result[k++] = cells[at]!;
  }
  return new Grid(width, height, result);
}

function rot180(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  allocate(grid.cells.length);
  return new Grid(grid.height, grid.width, grid.cells.slice().reverse());
}

function rot270(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const { height, width, cells } = grid;
  allocate(cells.length);
  const result: number[] = new Array(cells.length);
  for (let j = width - 1, k = 0; j >= 0; j--) {
    for (let at = j; at < cells.length; at += width) result[k++] = cells[at]!;
  }
  return new Grid(width, height, result);
}

/** A grid with its rows in reverse order. */
function rowsReversed(grid: Grid): Grid {
  const { height, width, cells } = grid;
  allocate(cells.length);
  const result: number[] = new Array(cells.length);
  for (let i = height - 1, k = 0; i >= 0; i--) {
    for (let at = i * width, end = at + width; at < end; at++) result[k++] = cells[at]!;
  }
  return new Grid(height, width, result);
}

/** A grid with every row reversed. */
function columnsReversed(grid: Grid): Grid {
  const { height, width, cells } = grid;
  allocate(cells.length);
  const result: number[] = new Array(cells.length);
  for (let i = 0, k = 0; i < height; i++) {
    for (let start = i * width, at = start + width - 1; at >= start; at--) result[k++] = cells[at]!;
  }
  return new Grid(height, width, result);
}

function transposed(grid: Grid): Grid {
  const { height, width, cells } = grid;
  allocate(cells.length);
  const result: number[] = new Array(cells.length);
  for (let j = 0, k = 0; j < width; j++) for (let at = j; at < cells.length; at += width) result[k++] = cells[at]!;
  return new Grid(width, height, result);
}

/** A mirror of a non-empty patch: `turn` maps a location (as row and column in `target`) by the patch's extent. */
function hmirror(piece: Value): Value | undefined {
  if (piece instanceof Grid) return rowsReversed(piece);
  if (!(piece instanceof PatchSet) || piece.length === 0) return undefined;
  piece.extent();
  const sum = piece.top + piece.bottom + 2 * ORIGIN;
  const rows = (1 << COLOUR_SHIFT) - (1 << ROW_SHIFT);
  return moved(piece, (id) => (id & ~rows) | ((sum << ROW_SHIFT) - (id & rows)));
}

function vmirror(piece: Value): Value | undefined {
  if (piece instanceof Grid) return columnsReversed(piece);
  if (!(piece instanceof PatchSet) || piece.length === 0) return undefined;
  return mirrorColumns(piece);
}

function mirrorColumns(piece: PatchSet): PatchSet {
  piece.extent();
  const sum = piece.left + piece.right + 2 * ORIGIN;
  const columns = (1 << ROW_SHIFT) - 1;
  return moved(piece, (id) => (id & ~columns) | (sum - (id & columns)));
}

function dmirror(piece: Value): Value | undefined {
  if (piece instanceof Grid) return transposed(piece);
  if (!(piece instanceof PatchSet) || piece.length === 0) return undefined;
  return mirrorDiagonal(piece);
}

/** Undefined when a mirrored location would lie outside the bounds of ids. */
function mirrorDiagonal(piece: PatchSet): PatchSet | undefined {
  piece.extent();
  const { top, bottom, left, right } = piece;
  if (top + right - left > HIGHEST_ROW || left + bottom - top > HIGHEST_COLUMN) return undefined;
  return moved(piece, (id) => {
    const row = columnOf(id) - left + top;
    const column = rowOf(id) - top + left;
    return ((id >> COLOUR_SHIFT) << COLOUR_SHIFT) | ((row + ORIGIN) << ROW_SHIFT) | (column + ORIGIN);
  });
}

function cmirror(piece: Value): Value | undefined {
  if (piece instanceof Grid) {
    const { height, width, cells } = piece;
    allocate(cells.length);
    const result: number[] = new Array(cells.length);
    for (let j = width - 1, k = 0; j >= 0; j--) {
      for (let at = (height - 1) * width + j; at >= 0; at -= width) result[k++] = cells[at]!;
    }
    return new Grid(width, height, result);
  }
  if (!(piece instanceof PatchSet) || piece.length === 0) return undefined;
  const turned = mirrorDiagonal(mirrorColumns(piece));
  return turned === undefined ? undefined : mirrorColumns(turned);
}

/** The rectangle of a grid from (top, left), all inside it. */
function cut(grid: Grid, top: number, left: number, height: number, width: number): Value {
  allocate(height * width);
  const cells: number[] = new Array(height * width);
  for (let i = 0, k = 0; i < height; i++) {
    for (let at = (top + i) * grid.width + left, end = at + width; at < end; at++) cells[k++] = grid.cells[at]!;
  }
  return gridOrEmpty(height, width, cells);
}

function tophalf(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  return cut(grid, 0, 0, grid.height >> 1, grid.width);
}

function bottomhalf(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const rows = grid.height >> 1;
  return cut(grid, grid.height - rows, 0, rows, grid.width);
}

/** The halves by columns are made by turning: without columns there are no rows either. */
function lefthalf(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const columns = grid.width >> 1;
  return columns === 0 ? EMPTY_TUPLE : cut(grid, 0, 0, grid.height, columns);
}

function righthalf(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const columns = grid.width >> 1;
  return columns === 0 ? EMPTY_TUPLE : cut(grid, 0, grid.width - columns, grid.height, columns);
}

function trim(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  return cut(grid, 1, 1, Math.max(0, grid.height - 2), Math.max(0, grid.width - 2));
}

/** Where a slice bound falls in a sequence of `n`. */
function clip(k: number, n: number): number {
  return k < 0 ? Math.max(0, k + n) : Math.min(k, n);
}

/** The rows and columns from `start` on as slices: negative starts count from the end, overruns are clipped. */
function sliced(grid: Grid, row: number, column: number, rows: number, columns: number): Value {
  const top = clip(row, grid.height);
  const left = clip(column, grid.width);
  const bottom = Math.max(top, clip(row + rows, grid.height));
  const right = Math.max(left, clip(column + columns, grid.width));
  return cut(grid, top, left, bottom - top, right - left);
}

function crop(grid: Value, start: Value, dims: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const at = pairOf(start);
  const size = pairOf(dims);
  return at && size && sliced(grid, at[0], at[1], size[0], size[1]);
}

function subgrid(patch: Value, grid: Value): Value | undefined {
  if (!(grid instanceof Grid && patch instanceof PatchSet) || patch.length === 0) return undefined;
  allocate(patch.length);
  patch.extent();
  const { top, bottom, left, right } = patch;
  return sliced(grid, top, left, bottom - top + 1, right - left + 1);
}

function hconcat(a: Value, b: Value): Value | undefined {
  if (!(a instanceof Grid && b instanceof Grid)) return undefined;
  const height = Math.min(a.height, b.height);
  const width = a.width + b.width;
  allocate(height * width);
  const cells: number[] = new Array(height * width);
  for (let i = 0, k = 0; i < height; i++) {
    for (let at = i * a.width, end = at + a.width; at < end; at++) cells[k++] = a.cells[at]!;
    for (let at = i * b.width, end = at + b.width; at < end; at++) cells[k++] = b.cells[at]!;
  }
  return new Grid(height, width, cells);
}

function vconcat(a: Value, b: Value): Value | undefined {
  if (!(a instanceof Grid && b instanceof Grid) || a.width !== b.width) return undefined;
  allocate(a.cells.length + b.cells.length);
  return new Grid(a.height + b.height, a.width, a.cells.concat(b.cells));
}

function hsplit(grid: Value, n: Value): Value | undefined {
  if (!(grid instanceof Grid) || !isSize(n) || n <= 0) return undefined;
  allocate(n);
  const width = Math.floor(grid.width / n);
  const step = width + (grid.width % n === 0 ? 0 : 1);
  const pieces: Value[] = [];
  for (let k = 0; k < n; k++) pieces.push(sliced(grid, 0, k * step, grid.height, width));
  return new ListTuple(pieces);
}

function vsplit(grid: Value, n: Value): Value | undefined {
  if (!(grid instanceof Grid) || !isSize(n) || n <= 0) return undefined;
  allocate(n);
  const height = Math.floor(grid.height / n);
  const step = height + (grid.height % n === 0 ? 0 : 1);
  const pieces: Value[] = [];
  for (let k = 0; k < n; k++) pieces.push(sliced(grid, k * step, 0, height, grid.width));
  return new ListTuple(pieces);
}

/** Cells above which enlarging is left to the plain way: like CPython it shares equal rows instead of writing them. */
const MOST_CELLS = 1 << 20;

/** A grid with every cell as a block of `rows` × `columns`; undefined when it would be very large. */
function blown(grid: Grid, rows: number, columns: number): Grid | undefined {
  const { height, width } = grid;
  if (height * rows * width * columns > MOST_CELLS) return undefined;
  allocate(height * rows * width * columns);
  const cells: number[] = new Array(height * rows * width * columns);
  const wide = width * columns;
  for (let i = 0, k = 0; i < height; i++) {
    const start = k;
    for (let at = i * width, end = at + width; at < end; at++) {
      const colour = grid.cells[at]!;
      for (let n = 0; n < columns; n++) cells[k++] = colour;
    }
    for (let n = 1; n < rows; n++) for (let at = start, end = start + wide; at < end; at++) cells[k++] = cells[at]!;
  }
  return new Grid(height * rows, wide, cells);
}

function hupscale(grid: Value, factor: Value): Value | undefined {
  if (!(grid instanceof Grid) || !isSize(factor) || factor <= 0) return undefined;
  return blown(grid, 1, factor);
}

function vupscale(grid: Value, factor: Value): Value | undefined {
  if (!(grid instanceof Grid) || !isSize(factor) || factor <= 0) return undefined;
  return blown(grid, factor, 1);
}

function upscale(element: Value, factor: Value): Value | undefined {
  if (!isSize(factor) || factor <= 0) return undefined;
  if (element instanceof Grid) return blown(element, factor, factor);
  if (!(element instanceof PatchSet && element.cells)) return undefined;
  return upscaleObject(element, factor);
}

/** Every cell becomes a block; the upper-left corner stays. Source: docs/spec/dsl.md 3.8, `upscale`. */
function upscaleObject(object: PatchSet, factor: number): PatchSet | undefined {
  object.extent();
  const { top, bottom, left, right } = object;
  const height = (bottom - top + 1) * factor;
  const width = (right - left + 1) * factor;
  if (Math.max(height, top + height - 1) > HIGHEST_ROW) return undefined;
  if (Math.max(width, left + width - 1) > HIGHEST_COLUMN) return undefined;
  allocate(object.length * factor * factor);
  // as CPython builds it: moved to the origin, blown up and copied, moved back
  const by = top * (1 << ROW_SHIFT) + left;
  const blocks = (ids: readonly number[], back: number): number[] => {
    const result: number[] = [];
    for (const id of ids) {
      const corner =
        ((id >> COLOUR_SHIFT) << COLOUR_SHIFT) +
        ((rowOf(id) * factor + ORIGIN) << ROW_SHIFT) +
        columnOf(id) * factor +
        ORIGIN +
        back;
      for (let i = 0; i < factor; i++) for (let j = 0; j < factor; j++) result.push(corner + (i << ROW_SHIFT) + j);
    }
    return result;
  };
  const atOrigin = moved(object, (id) => id - by);
  return new PatchSet(blocks(atOrigin.ids, by), () => {
    const scaled = copyIds(insertAll(blocks(atOrigin.order(), 0)));
    return insertAll(scaled.order().map((id) => id + by));
  });
}

function downscale(grid: Value, factor: Value): Value | undefined {
  if (!(grid instanceof Grid) || !isSize(factor) || factor === 0) return undefined;
  const step = Math.abs(factor);
  const height = Math.ceil(grid.height / step);
  const width = Math.ceil(grid.width / step);
  allocate(grid.cells.length);
  const cells: number[] = new Array(height * width);
  for (let i = 0, k = 0; i < height; i++) {
    for (let j = 0; j < width; j++) cells[k++] = grid.cells[i * step * grid.width + j * step]!;
  }
  return new Grid(height, width, cells);
}

function compress(grid: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const { height, width, cells } = grid;
  allocate(2 * cells.length);
  const rows: number[] = [];
  for (let i = 0; i < height; i++) {
    const start = i * width;
    let at = start + 1;
    while (at < start + width && cells[at] === cells[start]) at++;
    if (at < start + width) rows.push(start);
  }
  const columns: number[] = [];
  for (let j = 0; j < width; j++) {
    let at = j + width;
    while (at < cells.length && cells[at] === cells[j]) at += width;
    if (at < cells.length) columns.push(j);
  }
  if (rows.length === height && columns.length === width) return grid;
  const kept: number[] = new Array(rows.length * columns.length);
  let k = 0;
  for (const start of rows) for (const j of columns) kept[k++] = cells[start + j]!;
  return gridOrEmpty(rows.length, columns.length, kept);
}

function canvas(value: Value, dimensions: Value): Value | undefined {
  if (!isColour(value)) return undefined;
  const size = pairOf(dimensions);
  if (size === undefined) return undefined;
  const height = Math.max(0, size[0]);
  const width = Math.max(0, size[1]);
  allocate(height * Math.max(1, width));
  return gridOrEmpty(height, width, new Array(height * width).fill(value));
}

function replace(grid: Value, replacee: Value, replacer: Value): Value | undefined {
  if (!(grid instanceof Grid) || typeof replacee !== 'number' || !isColour(replacer)) return undefined;
  const cells = grid.cells.slice();
  allocate(cells.length);
  for (let k = 0; k < cells.length; k++) if (cells[k] === replacee) cells[k] = replacer;
  return new Grid(grid.height, grid.width, cells);
}

function switchColours(grid: Value, a: Value, b: Value): Value | undefined {
  if (!(grid instanceof Grid) || !isColour(a) || !isColour(b)) return undefined;
  const cells = grid.cells.slice();
  allocate(cells.length);
  for (let k = 0; k < cells.length; k++) {
    if (cells[k] === b) cells[k] = a;
    else if (cells[k] === a) cells[k] = b;
  }
  return new Grid(grid.height, grid.width, cells);
}

function cellwise(a: Value, b: Value, fallback: Value): Value | undefined {
  if (!(a instanceof Grid && b instanceof Grid) || !isColour(fallback)) return undefined;
  const { height, width } = a;
  if (b.height < height || b.width < width) return undefined;
  const cells = a.cells.slice();
  allocate(cells.length);
  for (let i = 0, k = 0; i < height; i++) {
    for (let at = i * b.width, end = at + width; at < end; at++, k++) if (b.cells[at] !== cells[k]) cells[k] = fallback;
  }
  return new Grid(height, width, cells);
}

function index(grid: Value, loc: Value): Value | undefined {
  if (!(grid instanceof Grid)) return undefined;
  const at = pairOf(loc);
  if (at === undefined || (loc as ListTuple).length !== 2) return undefined;
  const [row, column] = at;
  if (row < 0 || column < 0 || row >= grid.height || column >= grid.width) return null;
  return grid.cells[row * grid.width + column]!;
}

export const FAST_TRANSFORMS: FastTheme = {
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
