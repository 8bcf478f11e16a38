// Drawing on packed grids (docs/spec/dsl.md 3.9): patches are walked as ids, bounds are tested in id space.
import { colourOf, isColour, kindOf, locationOf, ORIGIN, ROW_SHIFT } from '../../value/ids.ts';
import { allocate } from '../../value/meter.ts';
import { newMarks, PatchSet } from '../../value/patch.ts';
import { Grid, type Value } from '../../value/value.ts';
import type { FastTheme } from '../table.ts';
import { backgroundOf } from './colours.ts';
import { shifted } from './patches.ts';
import { pairOf } from './shape.ts';

const COLUMN = (1 << ROW_SHIFT) - 1;

/** The place of a location in the grid's cells, or -1 outside the grid. */
function placeOf(grid: Grid, id: number): number {
  const location = locationOf(id);
  const row = (location >> ROW_SHIFT) - ORIGIN;
  const column = (location & COLUMN) - ORIGIN;
  return row >= 0 && row < grid.height && column >= 0 && column < grid.width ? row * grid.width + column : -1;
}

/** The grid with `value` at the patch's locations; with `onlyOn` >= 0 just where the grid has that colour. */
function filled(grid: Grid, value: number, patch: PatchSet, onlyOn: number): Grid {
  allocate(grid.cells.length + patch.length);
  const cells = grid.cells.slice();
  const ids = patch.ids;
  for (let k = 0; k < ids.length; k++) {
    const place = placeOf(grid, ids[k]!);
    if (place >= 0 && (onlyOn < 0 || cells[place] === onlyOn)) cells[place] = value;
  }
  return new Grid(grid.height, grid.width, cells);
}

/** Whether no location occurs twice in a non-empty set of cells. */
function isFlat(object: PatchSet): boolean {
  const { marks, mark } = newMarks();
  const ids = object.ids;
  for (let k = 0; k < ids.length; k++) {
    const location = locationOf(ids[k]!);
    if (marks[location] === mark) return false;
    marks[location] = mark;
  }
  return true;
}

/** The grid with the object's cells; those of one location in iteration order, the last one stays. */
function painted(grid: Grid, object: PatchSet, onlyOn: number): Grid {
  allocate(grid.cells.length + object.length);
  const cells = grid.cells.slice();
  const ids = isFlat(object) ? object.ids : object.order();
  for (let k = 0; k < ids.length; k++) {
    const id = ids[k]!;
    const place = placeOf(grid, id);
    if (place >= 0 && (onlyOn < 0 || cells[place] === onlyOn)) cells[place] = colourOf(id);
  }
  return new Grid(grid.height, grid.width, cells);
}

/** Packed grid and patch: what the fast ways are for. The empty patch holds neither locations nor cells. */
function isPatch(v: Value): v is PatchSet {
  return v instanceof PatchSet;
}

function isObject(v: Value): v is PatchSet {
  return v instanceof PatchSet && (v.length === 0 || kindOf(v.ids[0]!) !== 0);
}

function fill(grid: Value, value: Value, patch: Value): Value | undefined {
  if (!(grid instanceof Grid && isPatch(patch)) || !isColour(value)) return undefined;
  return patch.length === 0 ? grid : filled(grid, value, patch, -1);
}

function paint(grid: Value, obj: Value): Value | undefined {
  if (!(grid instanceof Grid && isObject(obj))) return undefined;
  return obj.length === 0 ? grid : painted(grid, obj, -1);
}

function underfill(grid: Value, value: Value, patch: Value): Value | undefined {
  if (!(grid instanceof Grid && isPatch(patch)) || !isColour(value)) return undefined;
  return patch.length === 0 ? grid : filled(grid, value, patch, backgroundOf(grid));
}

function underpaint(grid: Value, obj: Value): Value | undefined {
  if (!(grid instanceof Grid && isObject(obj))) return undefined;
  return obj.length === 0 ? grid : painted(grid, obj, backgroundOf(grid));
}

function cover(grid: Value, patch: Value): Value | undefined {
  if (!(grid instanceof Grid && isPatch(patch))) return undefined;
  return patch.length === 0 ? grid : filled(grid, backgroundOf(grid), patch, -1);
}

function move(grid: Value, obj: Value, offset: Value): Value | undefined {
  if (!(grid instanceof Grid && isObject(obj))) return undefined;
  const by = pairOf(offset);
  if (by === undefined || (offset as { length: number }).length !== 2) return undefined;
  if (obj.length === 0) return grid;
  const moved = shifted(obj, by[0], by[1]);
  return moved && painted(filled(grid, backgroundOf(grid), obj, -1), moved, -1);
}

export const FAST_DRAWING: FastTheme = { fill, paint, underfill, underpaint, cover, move };
