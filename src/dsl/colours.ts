// Colours of grids and objects, and how often they occur. Source: SPEC 3.4.
import { equal } from '../value/equal.ts';
import { count, item, iterate, lengthOf, unpackTwo } from '../value/protocol.ts';
import { copyOf, setOf } from '../value/set.ts';
import { Tuple, type Value } from '../value/value.ts';
import { byFrequency, first, lazily } from './containers.ts';
import type { Theme } from './table.ts';

/** The values of a tuple row by row, else the colours of an object in iteration order. */
function valuesOf(element: Value): readonly Value[] {
  const members = iterate(element);
  if (!(element instanceof Tuple)) return members.map((cell) => unpackTwo(cell)[0]);
  const values: Value[] = [];
  for (const row of members) for (const value of iterate(row)) values.push(value);
  return values;
}

/** Ties go by the order of the set of the values (SPEC 1.4). */
export function mostcolor(element: Value): Value {
  return byFrequency(valuesOf(element), 1);
}

function leastcolor(element: Value): Value {
  return byFrequency(valuesOf(element), -1);
}

function colorcount(element: Value, value: Value): Value {
  const members = iterate(element);
  let n = 0;
  if (element instanceof Tuple) for (const row of members) n += count(row, value);
  else for (const cell of members) if (equal(unpackTwo(cell)[0], value)) n++;
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
