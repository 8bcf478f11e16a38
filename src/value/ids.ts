// Locations and cells as small integers ("ids"), with their tuple hashes and set mixes in tables.
//
// id = plane << 19 | (row + 64) << 9 | (column + 64), where the plane says what the id stands for: 0 a location
// (row, column), colour + 1 a cell (colour, (row, column)), colour + 17 a flat cell (row, column, colour) as the S/I/C
// dialect has them.
// Rows run from -64 to 959, columns from -64 to 447, colours from 0 to 15; whatever lies outside takes the generic path.
// There are more rows than columns because programs number things, up to all 900 cells of a grid, and take the numbers for rows.
import { mix, out, tupleEnd, tupleStart, tupleStep } from './hash.ts';

export const ROW_SHIFT = 9;
export const COLOUR_SHIFT = 19;
export const ORIGIN = 64;
export const LOW = -64;
export const HIGHEST_ROW = 959;
export const HIGHEST_COLUMN = 447;
const LOCATION_MASK = (1 << COLOUR_SHIFT) - 1;
const COLUMN_MASK = (1 << ROW_SHIFT) - 1;

/** Planes in which the ids of cells and of flat cells begin. */
export const NESTED_CELL = 1;
export const FLAT_CELL = 17;
const PLANES = 33;

/** Ids are below this. */
export const ID_COUNT: number = PLANES << COLOUR_SHIFT;

/** The id of a location inside the bounds. */
export function locationId(row: number, column: number): number {
  return ((row + ORIGIN) << ROW_SHIFT) | (column + ORIGIN);
}

/** The id of a cell: `colour` 0..15 at a location id; `plane` is `NESTED_CELL` or `FLAT_CELL`. */
export function cellId(colour: number, location: number, plane: number = NESTED_CELL): number {
  return ((colour + plane) << COLOUR_SHIFT) | location;
}

/** What an id stands for: 0 a location, else `NESTED_CELL` or `FLAT_CELL`. */
export function kindOf(id: number): number {
  return id <= LOCATION_MASK ? 0 : id >> COLOUR_SHIFT < FLAT_CELL ? NESTED_CELL : FLAT_CELL;
}

/** The location of a cell id (a location id is returned as it is). */
export function locationOf(id: number): number {
  return id & LOCATION_MASK;
}

export function colourOf(id: number): number {
  return ((id >> COLOUR_SHIFT) - 1) & 15;
}

export function rowOf(id: number): number {
  return ((id & LOCATION_MASK) >> ROW_SHIFT) - ORIGIN;
}

export function columnOf(id: number): number {
  return (id & COLUMN_MASK) - ORIGIN;
}

/** Whether a row is an id's: an integer from -64 to 959 (booleans are not, they print differently). */
export function isRow(x: unknown): x is number {
  return typeof x === 'number' && x >= LOW && x <= HIGHEST_ROW && Number.isInteger(x);
}

/** Whether a column is an id's: an integer from -64 to 447. */
export function isColumn(x: unknown): x is number {
  return typeof x === 'number' && x >= LOW && x <= HIGHEST_COLUMN && Number.isInteger(x);
}

export function isColour(x: unknown): x is number {
  return typeof x === 'number' && x >= 0 && x <= 15 && Number.isInteger(x);
}

/**
 * Four words an id: hash low, hash high, mix low, mix high, filled when first needed (a filled entry is never all zero).
 * One table a colour plane, made when the plane is first used, so that a small run touches little memory.
 */
const planes: (Int32Array | undefined)[] = new Array(PLANES).fill(undefined);

function planeOf(index: number): Int32Array {
  let plane = planes[index];
  if (plane === undefined) {
    plane = new Int32Array(4 << COLOUR_SHIFT);
    planes[index] = plane;
  }
  return plane;
}

/** The table that holds `id`'s words from `wordOf(id)` on; all ids of one colour share it. */
export function hashPlane(id: number): Int32Array {
  const plane = planeOf(id >> COLOUR_SHIFT);
  const at = (id & LOCATION_MASK) << 2;
  if (plane[at] === 0 && plane[at + 1] === 0) fill(plane, at, id);
  return plane;
}

export function wordOf(id: number): number {
  return (id & LOCATION_MASK) << 2;
}

function fill(plane: Int32Array, at: number, id: number): void {
  const kind = kindOf(id);
  if (kind === NESTED_CELL) {
    const location = locationOf(id);
    const locations = hashPlane(location);
    const lo = locations[wordOf(location)]!;
    const hi = locations[wordOf(location) + 1]!;
    tupleStart();
    tupleStep(colourOf(id), 0);
    tupleStep(lo, hi);
  } else {
    tupleStart();
    stepSmall(rowOf(id));
    stepSmall(columnOf(id));
    if (kind === FLAT_CELL) tupleStep(colourOf(id), 0);
  }
  tupleEnd(kind === FLAT_CELL ? 3 : 2);
  plane[at] = out.lo;
  plane[at + 1] = out.hi;
  mix(out.lo, out.hi);
  plane[at + 2] = out.lo;
  plane[at + 3] = out.hi;
}

function stepSmall(n: number): void {
  const lo = n === -1 ? -2 : n;
  tupleStep(lo, lo < 0 ? -1 : 0);
}
