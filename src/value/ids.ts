// Locations and cells as small integers ("ids"), with their tuple hashes and set mixes in tables.
//
// id = (colour + 1) << 18 | (row + 64) << 9 | (column + 64) for a cell, with 0 in place of colour + 1 for a location.
// Rows and columns run from -64 to 447, colours from 0 to 15; whatever lies outside takes the generic path.
import { mix, out, tupleEnd, tupleStart, tupleStep } from './hash.ts';

export const ROW_SHIFT = 9;
export const COLOUR_SHIFT = 18;
export const ORIGIN = 64;
export const LOW = -64;
export const HIGH = 447;
const LOCATION_MASK = (1 << COLOUR_SHIFT) - 1;
const AXIS_MASK = (1 << ROW_SHIFT) - 1;

/** Ids are below this. */
export const ID_COUNT: number = 17 << COLOUR_SHIFT;

/** The id of a location inside the bounds. */
export function locationId(row: number, column: number): number {
  return ((row + ORIGIN) << ROW_SHIFT) | (column + ORIGIN);
}

/** The id of a cell: `colour` 0..15 at a location id. */
export function cellId(colour: number, location: number): number {
  return ((colour + 1) << COLOUR_SHIFT) | location;
}

export function isCellId(id: number): boolean {
  return id > LOCATION_MASK;
}

/** The location of a cell id (a location id is returned as it is). */
export function locationOf(id: number): number {
  return id & LOCATION_MASK;
}

export function colourOf(id: number): number {
  return (id >> COLOUR_SHIFT) - 1;
}

export function rowOf(id: number): number {
  return ((id & LOCATION_MASK) >> ROW_SHIFT) - ORIGIN;
}

export function columnOf(id: number): number {
  return (id & AXIS_MASK) - ORIGIN;
}

/** Whether a row or column is an id's: an integer from -64 to 447 (booleans are not, they print differently). */
export function isCoordinate(x: unknown): x is number {
  return typeof x === 'number' && x >= LOW && x <= HIGH && Number.isInteger(x);
}

export function isColour(x: unknown): x is number {
  return typeof x === 'number' && x >= 0 && x <= 15 && Number.isInteger(x);
}

/**
 * Four words an id: hash low, hash high, mix low, mix high, filled when first needed (a filled entry is never all zero).
 * One table a colour plane, made when the plane is first used, so that a small run touches little memory.
 */
const planes: (Int32Array | undefined)[] = new Array(17).fill(undefined);

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
  if (isCellId(id)) {
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
  }
  tupleEnd(2);
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
