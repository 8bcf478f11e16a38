// How patches lie to each other and to a grid, and the periods of objects. Source: docs/spec/dsl.md 3.5.

import { equal } from '../value/equal.ts';
import { VALUE_ERROR } from '../value/errors.ts';
import { charge } from '../value/meter.ts';
import {
  contains,
  item,
  iterate,
  lengthOf,
  less,
  minus,
  minusOf,
  plus,
  times,
  tuple,
  unpackTwo,
} from '../value/protocol.ts';
import { intersection, setOf } from '../value/set.ts';
import type { FrozenSet, Value } from '../value/value.ts';
import {
  center,
  centerofmass,
  corners,
  height,
  hline,
  leftmost,
  llcorner,
  lowermost,
  lrcorner,
  portrait,
  rightmost,
  shape,
  square,
  ulcorner,
  uppermost,
  urcorner,
  vline,
  width,
} from './bounds.ts';
import { shift, toindices } from './indices.ts';
import { type CellLayout, NESTED } from './layout.ts';
import { normalize } from './patches.ts';
import type { Theme } from './table.ts';

function hmatching(a: Value, b: Value): Value {
  return shareCoordinate(a, b, 0);
}

function vmatching(a: Value, b: Value): Value {
  return shareCoordinate(a, b, 1);
}

function shareCoordinate(a: Value, b: Value, axis: 0 | 1): boolean {
  const ofA = coordinateSet(toindices(a), axis);
  return intersection(ofA, coordinateSet(toindices(b), axis)).length > 0;
}

export function coordinateSet(locations: Value, axis: 0 | 1): FrozenSet {
  return setOf(iterate(locations).map((location) => unpackTwo(location)[axis]));
}

function manhattan(a: Value, b: Value): Value {
  return leastDistance(toindices(a), () => toindices(b));
}

/** What CPython spends on the distance of two locations, in units of the budget. */
export const UNITS_PER_DISTANCE = 6;

/**
 * docs/spec/dsl.md 3.5. `second` is first called when a location of `first` is there and unpacked
 * (docs/spec/dsl.md 1.5).
 */
export function leastDistance(first: Value, second: () => Value): Value {
  let least: Value | undefined;
  let others: readonly Value[] | undefined;
  for (const location of iterate(first)) {
    const [rowA, columnA] = unpackTwo(location);
    if (others === undefined) {
      others = iterate(second());
      charge(UNITS_PER_DISTANCE * lengthOf(first) * others.length);
    }
    for (const other of others) {
      const [rowB, columnB] = unpackTwo(other);
      const distance = plus(absolute(minus(rowA, rowB)), absolute(minus(columnA, columnB)));
      if (least === undefined || less(distance, least)) least = distance;
    }
  }
  if (least === undefined) throw VALUE_ERROR;
  return least;
}

function absolute(n: Value): Value {
  return less(n, 0) ? minusOf(n) : n;
}

function adjacent(a: Value, b: Value): Value {
  return equal(manhattan(a, b), 1);
}

/** docs/spec/dsl.md 3.5: the order of the tests matters, and the grid is first needed by the third. */
function bordering(patch: Value, grid: Value): Value {
  return (
    equal(uppermost(patch), 0) ||
    equal(leftmost(patch), 0) ||
    equal(lowermost(patch), lengthOf(grid) - 1) ||
    equal(rightmost(patch), lengthOf(item(grid, 0)) - 1)
  );
}

function position(a: Value, b: Value): Value {
  const centerA = unpackTwo(center(toindices(a)));
  return sideOf(centerA, unpackTwo(center(toindices(b))));
}

type Pair = readonly [Value, Value];

/** Where the second of two centers lies, seen from the first (docs/spec/dsl.md 3.5). */
export function sideOf([rowA, columnA]: Pair, [rowB, columnB]: Pair): Value {
  const down = less(rowA, rowB) ? 1 : -1;
  const right = less(columnA, columnB) ? 1 : -1;
  if (equal(rowA, rowB)) return tuple([0, right]);
  if (equal(columnA, columnB)) return tuple([down, 0]);
  return tuple([down, right]);
}

/** Most steps that `gravitate` tries. */
const MAX_STEPS = 42;

function gravitate(source: Value, destination: Value): Value {
  return fall(source, destination, { center, vmatching, adjacent, shift });
}

type Binary = (a: Value, b: Value) => Value;

/** docs/spec/dsl.md 3.5, with the functions of a dialect. */
export function fall(
  source: Value,
  destination: Value,
  own: Record<'vmatching' | 'adjacent' | 'shift', Binary> & { readonly center: (patch: Value) => Value },
): Value {
  const { center, vmatching, adjacent, shift } = own;
  const [row, column] = unpackTwo(center(source));
  const [goalRow, goalColumn] = unpackTwo(center(destination));
  const step = vmatching(source, destination)
    ? tuple([less(row, goalRow) ? 1 : -1, 0])
    : tuple([0, less(column, goalColumn) ? 1 : -1]);
  let moved = source;
  let steps = 0;
  while (steps < MAX_STEPS && !adjacent(moved, destination)) {
    moved = shift(moved, step);
    steps++;
  }
  return tuple(step.list.map((component) => times(component, steps)));
}

function hperiod(obj: Value): Value {
  const normal = normalize(obj);
  return period(normal, width(normal), 1, NESTED);
}

function vperiod(obj: Value): Value {
  const normal = normalize(obj);
  return period(normal, height(normal), 0, NESTED);
}

/** Least p >= 1 below `size` such that every cell of `obj`, moved back by p on an axis, is beyond its edge or in it. */
export function period(obj: Value, size: Value, axis: 0 | 1, layout: CellLayout): Value {
  const cells = iterate(obj);
  for (let p = 1; less(p, size); p++) {
    const repeats = cells.every((cell) => {
      const [colour, row, column] = layout.parts(cell);
      const moved: Pair = axis === 0 ? [minus(row, p), column] : [row, minus(column, p)];
      return less(moved[axis], 0) || contains(obj, layout.cell(colour, ...moved));
    });
    if (repeats) return p;
  }
  return size;
}

export const EXTENT: Theme = {
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
