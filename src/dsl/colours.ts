// Colours of grids and objects, and how often they occur. Source: docs/spec/dsl.md 3.4.
import { equal } from '../value/equal.ts';
import { allocate } from '../value/meter.ts';
import { count, item, iterate, lengthOf, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf } from '../value/set.ts';
import { Tuple, type Value } from '../value/value.ts';
import { byFrequency, first, lazily } from './containers.ts';
import type { Theme } from './table.ts';

/** The values of a tuple row by row, else the colours of an object in iteration order. */
function valuesOf(element: Value): readonly Value[] {
  return element instanceof Tuple ? valuesOfRows(element) : iterate(element).map((cell) => unpackTwo(cell)[0]);
}

/** The values of all rows, row by row. */
export function valuesOfRows(grid: Value): readonly Value[] {
  const values: Value[] = [];
  for (const row of iterate(grid)) {
    const items = iterate(row);
    allocate(items.length);
    for (const value of items) values.push(value);
  }
  return values;
}

/** Ties go by the order of the set of the values (docs/spec/dsl.md 1.4). */
export function mostcolor(element: Value): Value {
  return byFrequency(valuesOf(element), 1);
}

function leastcolor(element: Value): Value {
  return byFrequency(valuesOf(element), -1);
}

function colorcount(element: Value, value: Value): Value {
  if (element instanceof Tuple) return countInRows(element, value);
  return iterate(element).filter((cell) => equal(unpackTwo(cell)[0], value)).length;
}

export function countInRows(grid: Value, value: Value): number {
  let n = 0;
  for (const row of iterate(grid)) n += count(row, value);
  return n;
}

export function palette(element: Value): Value {
  return copyOf(setOf(valuesOf(element)));
}

function numcolors(element: Value): Value {
  return lengthOf(palette(element));
}

function color(obj: Value): Value {
  return item(first(obj), 0);
}

/** The test of the first cell is part of a lazy sequence: an empty member raises RuntimeError. */
function colorfilter(objs: Value, value: Value): Value {
  const members = iterate(objs);
  return setOf(lazily(() => members.filter((obj) => equal(color(obj), value))));
}

export const COLOURS: Theme = { mostcolor, leastcolor, colorcount, palette, numcolors, color, colorfilter };
