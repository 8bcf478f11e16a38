// Extent and relations of packed grids and patches (docs/spec/dsl.md 3.5): from the bounding box, without building any
// set.
import {
  columnOf,
  HIGHEST_COLUMN,
  HIGHEST_ROW,
  LOW,
  locationId,
  locationOf,
  ROW_SHIFT,
  rowOf,
} from '../../value/ids.ts';
import { copyIds, insertAll } from '../../value/idTable.ts';
import { charge } from '../../value/meter.ts';
import { distinct, EMPTY_SET, newMarks, PatchSet, tupleOf } from '../../value/patch.ts';
import { EMPTY_TUPLE, Grid, ListTuple, type Value } from '../../value/value.ts';
import { UNITS_PER_DISTANCE } from '../extent.ts';
import type { FastTheme } from '../table.ts';
import { locationsOf, shifted } from './patches.ts';

/** A packed patch with something in it, measured. */
function measured(v: Value): v is PatchSet {
  if (!(v instanceof PatchSet) || v.length === 0) return false;
  charge(v.length);
  v.extent();
  return true;
}

function pair(row: number, column: number): Value {
  return tupleOf(locationId(row, column));
}

function height(piece: Value): Value | undefined {
  if (piece instanceof Grid) return piece.height;
  return measured(piece) ? piece.bottom - piece.top + 1 : undefined;
}

function width(piece: Value): Value | undefined {
  if (piece instanceof Grid) return piece.width;
  return measured(piece) ? piece.right - piece.left + 1 : undefined;
}

function shape(piece: Value): Value | undefined {
  if (piece instanceof Grid) return new ListTuple([piece.height, piece.width]);
  return measured(piece) ? new ListTuple([piece.bottom - piece.top + 1, piece.right - piece.left + 1]) : undefined;
}

function portrait(piece: Value): Value | undefined {
  if (piece instanceof Grid) return piece.height > piece.width;
  return measured(piece) ? piece.bottom - piece.top > piece.right - piece.left : undefined;
}

function square(piece: Value): Value | undefined {
  if (piece instanceof Grid) return piece.height === piece.width;
  if (!measured(piece)) return undefined;
  const side = piece.bottom - piece.top + 1;
  return side === piece.right - piece.left + 1 && side * side === piece.length;
}

function vline(patch: Value): Value | undefined {
  if (!measured(patch)) return undefined;
  return patch.left === patch.right && patch.bottom - patch.top + 1 === patch.length;
}

function hline(patch: Value): Value | undefined {
  if (!measured(patch)) return undefined;
  return patch.top === patch.bottom && patch.right - patch.left + 1 === patch.length;
}

function uppermost(patch: Value): Value | undefined {
  return measured(patch) ? patch.top : undefined;
}

function lowermost(patch: Value): Value | undefined {
  return measured(patch) ? patch.bottom : undefined;
}

function leftmost(patch: Value): Value | undefined {
  return measured(patch) ? patch.left : undefined;
}

function rightmost(patch: Value): Value | undefined {
  return measured(patch) ? patch.right : undefined;
}

/** A corner of a patch; of an empty one `()`. */
function cornerOf(patch: Value, row: 'top' | 'bottom', column: 'left' | 'right'): Value | undefined {
  if (measured(patch)) return pair(patch[row], patch[column]);
  return patch === EMPTY_SET ? EMPTY_TUPLE : undefined;
}

function ulcorner(patch: Value): Value | undefined {
  return cornerOf(patch, 'top', 'left');
}

function urcorner(patch: Value): Value | undefined {
  return cornerOf(patch, 'top', 'right');
}

function llcorner(patch: Value): Value | undefined {
  return cornerOf(patch, 'bottom', 'left');
}

function lrcorner(patch: Value): Value | undefined {
  return cornerOf(patch, 'bottom', 'right');
}

function corners(patch: Value): Value | undefined {
  if (!measured(patch)) return undefined;
  const { top, bottom, left, right } = patch;
  const ids = distinct([
    locationId(top, left),
    locationId(top, right),
    locationId(bottom, left),
    locationId(bottom, right),
  ]);
  return new PatchSet(ids, () => copyIds(insertAll(ids)));
}

/** Row and column of `center` of a measured patch. */
function centerRow(patch: PatchSet): number {
  return patch.top + ((patch.bottom - patch.top + 1) >> 1);
}

function centerColumn(patch: PatchSet): number {
  return patch.left + ((patch.right - patch.left + 1) >> 1);
}

function center(patch: Value): Value | undefined {
  return measured(patch) ? pair(centerRow(patch), centerColumn(patch)) : undefined;
}

function centerofmass(patch: Value): Value | undefined {
  if (!measured(patch)) return undefined;
  let rows = 0;
  let columns = 0;
  const ids = locationsOf(patch).ids;
  for (const id of ids) {
    rows += rowOf(id);
    columns += columnOf(id);
  }
  return pair(Math.floor(rows / patch.length), Math.floor(columns / patch.length));
}

/** Whether two packed patches share a line; `line` numbers them from 0. */
function share(a: PatchSet, b: PatchSet, line: (id: number) => number): boolean {
  const { marks, mark } = newMarks();
  for (const id of a.ids) marks[line(id)] = mark;
  return b.ids.some((id) => marks[line(id)] === mark);
}

const rowLine = (id: number): number => locationOf(id) >> ROW_SHIFT;
const columnLine = (id: number): number => id & ((1 << ROW_SHIFT) - 1);

function hmatching(a: Value, b: Value): Value | undefined {
  return measured(a) && measured(b) ? share(a, b, rowLine) : undefined;
}

function vmatching(a: Value, b: Value): Value | undefined {
  return measured(a) && measured(b) ? share(a, b, columnLine) : undefined;
}

function manhattan(a: Value, b: Value): Value | undefined {
  if (!measured(a) || !measured(b)) return undefined;
  charge(UNITS_PER_DISTANCE * a.length * b.length);
  let least = Number.POSITIVE_INFINITY;
  for (const p of a.ids) {
    const row = rowOf(p);
    const column = columnOf(p);
    for (const q of b.ids) {
      const d = Math.abs(row - rowOf(q)) + Math.abs(column - columnOf(q));
      if (d < least) least = d;
    }
  }
  return least;
}

/** Whether the nearest locations of two patches, `a` moved by a step in id space, are exactly one apart. */
function touching(a: PatchSet, by: number, b: PatchSet): boolean {
  const { marks, mark } = newMarks();
  for (const id of b.ids) marks[locationOf(id)] = mark;
  let beside = false;
  for (const id of a.ids) {
    const at = locationOf(id) + by;
    if (marks[at] === mark) return false;
    beside ||=
      marks[at - 1] === mark ||
      marks[at + 1] === mark ||
      marks[at - (1 << ROW_SHIFT)] === mark ||
      marks[at + (1 << ROW_SHIFT)] === mark;
  }
  return beside;
}

/** Rows and columns between which a patch may lie so that a location and its neighbours are distinct ids. */
function isInside(patch: PatchSet, margin: number): boolean {
  return (
    Math.min(patch.top, patch.left) > LOW + margin &&
    patch.bottom < HIGHEST_ROW - margin &&
    patch.right < HIGHEST_COLUMN - margin
  );
}

function adjacent(a: Value, b: Value): Value | undefined {
  if (!measured(a) || !measured(b) || !isInside(a, 1) || !isInside(b, 1)) return undefined;
  charge(a.length + b.length);
  return touching(a, 0, b);
}

function bordering(patch: Value, grid: Value): Value | undefined {
  if (!measured(patch) || !(grid instanceof Grid)) return undefined;
  const { top, bottom, left, right } = patch;
  return top === 0 || left === 0 || bottom === grid.height - 1 || right === grid.width - 1;
}

function position(a: Value, b: Value): Value | undefined {
  if (!measured(a) || !measured(b)) return undefined;
  const ai = centerRow(a);
  const aj = centerColumn(a);
  const bi = centerRow(b);
  const bj = centerColumn(b);
  const side = aj < bj ? 1 : -1;
  if (ai === bi) return pair(0, side);
  const way = ai < bi ? 1 : -1;
  return pair(way, aj === bj ? 0 : side);
}

const MOST_STEPS = 42;

function gravitate(source: Value, destination: Value): Value | undefined {
  if (!measured(source) || !measured(destination)) return undefined;
  if (!isInside(source, MOST_STEPS + 1) || !isInside(destination, 1)) return undefined;
  let down = 0;
  let right = 0;
  if (share(source, destination, columnLine)) down = centerRow(source) < centerRow(destination) ? 1 : -1;
  else right = centerColumn(source) < centerColumn(destination) ? 1 : -1;
  const step = down * (1 << ROW_SHIFT) + right;
  let count = 0;
  while (count < MOST_STEPS) {
    charge(source.length + destination.length);
    if (touching(source, count * step, destination)) break;
    count++;
  }
  return pair(down * count + 0, right * count + 0);
}

/** Smallest p >= 1 below the extent such that the object moved back by p lies on itself; else the extent. */
function period(obj: Value, axis: 'row' | 'column'): Value | undefined {
  if (!measured(obj) || !obj.cells) return undefined;
  const object = shifted(obj, -obj.top, -obj.left);
  if (object === undefined) return undefined;
  const extent = axis === 'row' ? object.bottom + 1 : object.right + 1;
  const { marks, mark } = newMarks();
  const ids = object.ids;
  for (let k = 0; k < ids.length; k++) marks[ids[k]!] = mark;
  const unit = axis === 'row' ? 1 << ROW_SHIFT : 1;
  const place = axis === 'row' ? rowOf : columnOf;
  for (let p = 1; p < extent; p++) {
    let k = 0;
    while (k < ids.length && (place(ids[k]!) < p || marks[ids[k]! - p * unit] === mark)) k++;
    charge(k + 1);
    if (k === ids.length) return p;
  }
  return extent;
}

function hperiod(obj: Value): Value | undefined {
  return period(obj, 'column');
}

function vperiod(obj: Value): Value | undefined {
  return period(obj, 'row');
}

export const FAST_EXTENT: FastTheme = {
  height,
  width,
  shape,
  portrait,
  square,
  vline,
  hline,
  uppermost,
  lowermost,
  leftmost,
  rightmost,
  ulcorner,
  urcorner,
  llcorner,
  lrcorner,
  corners,
  center,
  centerofmass,
  hmatching,
  vmatching,
  manhattan,
  adjacent,
  bordering,
  position,
  gravitate,
  hperiod,
  vperiod,
};
