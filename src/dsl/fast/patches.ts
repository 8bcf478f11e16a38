// Patches and sets of locations in packed form (docs/spec/dsl.md 3.6): ids by arithmetic, order on demand.
import {
  cellId,
  colourOf,
  columnOf,
  HIGHEST_COLUMN,
  HIGHEST_ROW,
  isColour,
  isColumn,
  isRow,
  LOW,
  locationId,
  locationOf,
  NESTED_CELL,
  ROW_SHIFT,
  rowOf,
} from '../../value/ids.ts';
import { copyIds, type IdTable, insertAll } from '../../value/idTable.ts';
import { allocate } from '../../value/meter.ts';
import { distinct, EMPTY_SET, PatchSet } from '../../value/patch.ts';
import { subtract } from '../../value/set.ts';
import { Grid, type ListTuple, type Value } from '../../value/value.ts';
import type { FastTheme } from '../table.ts';
import { moved, pairOf } from './shape.ts';

/** The locations of a packed patch, as `toindices` builds them. */
export function locationsOf(patch: PatchSet): PatchSet {
  if (patch.kind === 0) return patch;
  allocate(patch.length);
  const ids = distinct(patch.ids.map(locationOf));
  return new PatchSet(ids, () => insertAll(distinct(patch.order().map(locationOf))));
}

function toindices(patch: Value): Value | undefined {
  return patch instanceof PatchSet ? locationsOf(patch) : undefined;
}

function recolor(value: Value, patch: Value): Value | undefined {
  return recoloured(value, patch, NESTED_CELL);
}

/** The cells of a colour at a patch's locations; `plane` says which kind of cells. */
export function recoloured(value: Value, patch: Value, plane: number): PatchSet | undefined {
  if (!(patch instanceof PatchSet) || !isColour(value)) return undefined;
  if (patch.length === 0) return EMPTY_SET;
  return moved(locationsOf(patch), (id) => cellId(value, id, plane));
}

/** A non-empty patch moved down and right; undefined when it would leave the bounds of ids. */
export function shifted(patch: PatchSet, down: number, right: number): PatchSet | undefined {
  patch.extent();
  const { top, bottom, left, right: rightmost } = patch;
  if (top + down < LOW || bottom + down > HIGHEST_ROW) return undefined;
  if (left + right < LOW || rightmost + right > HIGHEST_COLUMN) return undefined;
  const by = down * (1 << ROW_SHIFT) + right;
  const ids = patch.ids;
  allocate(ids.length);
  const result = new PatchSet(added(ids, by), () => insertAll(added(patch.order(), by)));
  result.setExtent(top + down, bottom + down, left + right, rightmost + right);
  return result;
}

/** Ids moved by a step in id space; a loop of its own because patches are shifted all the time. */
function added(ids: readonly number[], by: number): number[] {
  const result: number[] = new Array(ids.length);
  for (let k = 0; k < ids.length; k++) result[k] = ids[k]! + by;
  return result;
}

function shift(patch: Value, directions: Value): Value | undefined {
  if (!(patch instanceof PatchSet)) return undefined;
  if (patch.length === 0) return patch;
  const by = pairOf(directions);
  return by === undefined || (directions as ListTuple).length !== 2 ? undefined : shifted(patch, by[0], by[1]);
}

function normalize(patch: Value): Value | undefined {
  if (!(patch instanceof PatchSet)) return undefined;
  if (patch.length === 0) return patch;
  patch.extent();
  return shifted(patch, -patch.top, -patch.left);
}

/** The locations of the rectangle from (top, left) to (bottom, right), row by row. */
function rectangle(top: number, left: number, bottom: number, right: number): PatchSet {
  const height = bottom - top + 1;
  const width = right - left + 1;
  allocate(height * width);
  const ids: number[] = new Array(height * width);
  for (let i = top, k = 0; i <= bottom; i++) {
    const row = locationId(i, left);
    for (let j = 0; j < width; j++) ids[k++] = row + j;
  }
  const result = new PatchSet(ids);
  result.setExtent(top, bottom, left, right);
  return result;
}

/** Whether a grid's locations are all within the bounds of ids. */
export function fits(grid: Grid): boolean {
  return grid.height <= HIGHEST_ROW && grid.width <= HIGHEST_COLUMN;
}

function asindices(grid: Value): Value | undefined {
  if (!(grid instanceof Grid && fits(grid))) return undefined;
  return rectangle(0, 0, grid.height - 1, grid.width - 1);
}

function ofcolor(grid: Value, value: Value): Value | undefined {
  if (!(grid instanceof Grid && fits(grid)) || !isColour(value)) return undefined;
  const { height, width, cells } = grid;
  allocate(cells.length);
  const ids: number[] = [];
  for (let i = 0, k = 0; i < height; i++) {
    for (let id = locationId(i, 0), end = id + width; id < end; id++) if (cells[k++] === value) ids.push(id);
  }
  return ids.length === 0 ? EMPTY_SET : new PatchSet(ids);
}

function asobject(grid: Value): Value | undefined {
  return cellsOf(grid, NESTED_CELL);
}

/** All cells of a packed grid; `plane` says which kind of cells. */
export function cellsOf(grid: Value, plane: number): PatchSet | undefined {
  if (!(grid instanceof Grid && fits(grid))) return undefined;
  const { height, width, cells } = grid;
  allocate(cells.length);
  const ids: number[] = new Array(cells.length);
  for (let i = 0, k = 0; i < height; i++) {
    for (let id = locationId(i, 0), end = id + width; id < end; id++, k++) ids[k] = cellId(cells[k]!, id, plane);
  }
  const result = new PatchSet(ids);
  result.setExtent(0, height - 1, 0, width - 1);
  return result;
}

function toobject(patch: Value, grid: Value): Value | undefined {
  return cellsAt(patch, grid, NESTED_CELL);
}

/** The grid's cells at a patch's locations; `plane` says which kind of cells. */
export function cellsAt(patch: Value, grid: Value, plane: number): PatchSet | undefined {
  if (!(grid instanceof Grid && patch instanceof PatchSet)) return undefined;
  if (patch.length === 0) return EMPTY_SET;
  const locations = locationsOf(patch);
  const { height, width, cells } = grid;
  allocate(locations.length);
  const cellsAt = (ids: readonly number[]): number[] => {
    const result: number[] = [];
    for (const id of ids) {
      const row = rowOf(id);
      const column = columnOf(id);
      if (row >= 0 && row < height && column >= 0 && column < width) {
        result.push(cellId(cells[row * width + column]!, id, plane));
      }
    }
    return result;
  };
  return new PatchSet(cellsAt(locations.ids), () => insertAll(cellsAt(locations.order())));
}

/** Row and column of a location that lies, with its neighbours, within the bounds of ids. */
function placeOf(location: Value): readonly [number, number] | undefined {
  const at = pairOf(location);
  if (at === undefined) return undefined;
  const [row, column] = at;
  return row > LOW && row < HIGHEST_ROW && column > LOW && column < HIGHEST_COLUMN ? at : undefined;
}

const DIRECT = [-1 << ROW_SHIFT, 1 << ROW_SHIFT, -1, 1];
const DIAGONAL = [(-1 << ROW_SHIFT) - 1, (-1 << ROW_SHIFT) + 1, (1 << ROW_SHIFT) - 1, (1 << ROW_SHIFT) + 1];

/** COPY(SC(…)) of four locations: in a table of 8 slots a copy has the same layout. */
function around(location: Value, steps: readonly number[]): PatchSet | undefined {
  const at = placeOf(location);
  if (at === undefined) return undefined;
  allocate(steps.length);
  const id = locationId(at[0], at[1]);
  return new PatchSet(steps.map((step) => id + step));
}

function dneighbors(loc: Value): Value | undefined {
  return around(loc, DIRECT);
}

function ineighbors(loc: Value): Value | undefined {
  return around(loc, DIAGONAL);
}

function neighbors(loc: Value): Value | undefined {
  const direct = around(loc, DIRECT);
  const diagonal = around(loc, DIAGONAL);
  if (direct === undefined || diagonal === undefined) return undefined;
  return new PatchSet(direct.ids.concat(diagonal.ids), () => {
    const table = copyIds(direct.table());
    table.merge(diagonal.table());
    return table;
  });
}

const FRONTIER = 30;

function hfrontier(location: Value): Value | undefined {
  const at = pairOf(location);
  return at && isRow(at[0]) ? rectangle(at[0], 0, at[0], FRONTIER - 1) : undefined;
}

function vfrontier(location: Value): Value | undefined {
  const at = pairOf(location);
  return at && isColumn(at[1]) ? rectangle(0, at[1], FRONTIER - 1, at[1]) : undefined;
}

/** The straight or diagonal line between two locations, both ends included. Source: docs/spec/dsl.md 3.6, `connect`. */
function line(r0: number, c0: number, r1: number, c1: number): PatchSet | undefined {
  if (!(isRow(r0) && isColumn(c0) && isRow(r1) && isColumn(c1))) return undefined;
  const rows = Math.abs(r1 - r0);
  const columns = Math.abs(c1 - c0);
  if (rows !== 0 && columns !== 0 && rows !== columns) return EMPTY_SET;
  const count = Math.max(rows, columns) + 1;
  allocate(count);
  // rows ascend, or columns where the row is one; on the anti-diagonal the columns descend
  const top = Math.min(r0, r1);
  const falling = rows !== 0 && columns !== 0 && r1 > r0 !== c1 > c0;
  const start = locationId(top, falling ? Math.max(c0, c1) : Math.min(c0, c1));
  const step = (rows === 0 ? 0 : 1 << ROW_SHIFT) + (columns === 0 ? 0 : falling ? -1 : 1);
  const ids: number[] = new Array(count);
  for (let k = 0; k < count; k++) ids[k] = start + k * step;
  return new PatchSet(ids);
}

function connect(a: Value, b: Value): Value | undefined {
  const p = pairOf(a);
  const q = pairOf(b);
  if (!p || !q || (a as ListTuple).length !== 2 || (b as ListTuple).length !== 2) return undefined;
  return line(p[0], p[1], q[0], q[1]);
}

const REACH = 42;

function shoot(start: Value, direction: Value): Value | undefined {
  const at = pairOf(start);
  const to = pairOf(direction);
  if (!at || !to || (start as ListTuple).length !== 2) return undefined;
  return line(at[0], at[1], at[0] + REACH * to[0], at[1] + REACH * to[1]);
}

function backdrop(patch: Value): Value | undefined {
  if (!(patch instanceof PatchSet)) return undefined;
  if (patch.length === 0) return EMPTY_SET;
  allocate(patch.length);
  patch.extent();
  return rectangle(patch.top, patch.left, patch.bottom, patch.right);
}

function delta(patch: Value): Value | undefined {
  if (!(patch instanceof PatchSet)) return undefined;
  if (patch.length === 0) return EMPTY_SET;
  patch.extent();
  const { top, left, bottom, right } = patch;
  const locations = locationsOf(patch);
  if (locations.length === (bottom - top + 1) * (right - left + 1)) return EMPTY_SET;
  return subtract(rectangle(top, left, bottom, right), locations);
}

/**
 * The outline of a rectangle, built as docs/spec/dsl.md 3.6 says: OR of the columns, OR of the rows, OR of both,
 * copied.
 */
function outline(top: number, left: number, bottom: number, right: number): PatchSet | undefined {
  if (top < LOW || left < LOW || bottom > HIGHEST_ROW || right > HIGHEST_COLUMN) return undefined;
  const height = bottom - top + 1;
  const width = right - left + 1;
  allocate(2 * (height + width));
  const ids: number[] = [];
  for (let j = 0, id = locationId(top, left); j < width; j++) ids.push(id + j);
  if (height > 1) for (let j = 0, id = locationId(bottom, left); j < width; j++) ids.push(id + j);
  for (let i = 1; i < height - 1; i++) {
    ids.push(locationId(top + i, left));
    if (width > 1) ids.push(locationId(top + i, right));
  }
  const result = new PatchSet(ids, () => {
    const column = (j: number): IdTable => insertAll(range(locationId(top, j), 1 << ROW_SHIFT, height));
    const row = (i: number): IdTable => insertAll(range(locationId(i, left), 1, width));
    const vertical = copyIds(column(left));
    vertical.merge(column(right));
    const horizontal = copyIds(row(top));
    horizontal.merge(row(bottom));
    const all = copyIds(vertical);
    all.merge(horizontal);
    return copyIds(all);
  });
  result.setExtent(top, bottom, left, right);
  return result;
}

function range(start: number, step: number, count: number): number[] {
  const result: number[] = new Array(count);
  for (let k = 0; k < count; k++) result[k] = start + k * step;
  return result;
}

/** The outline of the patch's box grown by `by` on each side; sides that cross change places. */
function outlineOf(patch: Value, by: number): PatchSet | undefined {
  if (!(patch instanceof PatchSet) || patch.length === 0) return undefined;
  allocate(patch.length);
  patch.extent();
  const top = patch.top - by;
  const bottom = patch.bottom + by;
  const left = patch.left - by;
  const right = patch.right + by;
  return outline(Math.min(top, bottom), Math.min(left, right), Math.max(top, bottom), Math.max(left, right));
}

function box(patch: Value): Value | undefined {
  return patch instanceof PatchSet && patch.length === 0 ? patch : outlineOf(patch, 0);
}

function outbox(patch: Value): Value | undefined {
  return outlineOf(patch, 1);
}

function inbox(patch: Value): Value | undefined {
  return outlineOf(patch, -1);
}

/** Cells of an object as offsets from its corner, by row. */
function occurrences(grid: Value, obj: Value): Value | undefined {
  if (!(grid instanceof Grid && obj instanceof PatchSet && obj.kind !== 0) || grid.width > 31) return undefined;
  obj.extent();
  const { height, width } = grid;
  const rows = height - (obj.bottom - obj.top);
  const columns = width - (obj.right - obj.left);
  if (rows <= 0 || columns <= 0) return EMPTY_SET;
  allocate(grid.cells.length + obj.length * rows);
  // one bit mask a row and colour: a set bit is a cell of that colour
  const planes: number[] = new Array(16 * height).fill(0);
  for (let i = 0, k = 0; i < height; i++) {
    for (let j = 0; j < width; j++, k++) planes[grid.cells[k]! * height + i]! |= 1 << j;
  }
  const ids: number[] = [];
  for (let i = 0; i < rows; i++) {
    let fitting = 2 ** columns - 1;
    for (let k = 0; k < obj.ids.length && fitting !== 0; k++) {
      const id = obj.ids[k]!;
      fitting &= planes[colourOf(id) * height + i + rowOf(id) - obj.top]! >>> (columnOf(id) - obj.left);
    }
    for (let j = 0; fitting !== 0; j++, fitting >>>= 1) if (fitting & 1) ids.push(locationId(i, j));
  }
  return new PatchSet(ids, () => copyIds(insertAll(ids)));
}

export const FAST_PATCHES: FastTheme = {
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
