// Tuples and sets as containers. Source: docs/spec/dsl.md 3.2; laziness 1.5, extremes and frequencies 1.4, building of
// sets 2.4.
import { equal, identicalOrEqual } from '../value/equal.ts';
import { ATTRIBUTE_ERROR, fromLazy, STOP_ITERATION, TYPE_ERROR, VALUE_ERROR } from '../value/errors.ts';
import { allocate, charge } from '../value/meter.ts';
import { and, contains, iterate, lengthOf, less, maxOf, minOf, truthy, tuple } from '../value/protocol.ts';
import { setOf, union } from '../value/set.ts';
import { call1, FrozenSet, isInt, ListTuple, Tuple, type Value } from '../value/value.ts';
import { sorted } from './sorting.ts';
import type { Theme } from './table.ts';

/** What runs while a lazy sequence is consumed: its StopIteration comes out as RuntimeError. */
export function lazily<T>(consume: () => T): T {
  try {
    return consume();
  } catch (error) {
    throw fromLazy(error);
  }
}

/** The items as a tuple where `like` is one, else as a frozenset (path SEQ). */
export function sameKind(like: Value, items: readonly Value[]): Value {
  return like instanceof Tuple ? tuple(items) : setOf(items);
}

/**
 * The first item with the greatest (`sign` 1) or the smallest (`sign` -1) key; `items` are not empty. A key is compared
 * before the next one is computed. Python takes None for no key function.
 */
function best(items: readonly Value[], compfunc: Value, sign: 1 | -1): Value {
  const keyOf = (item: Value): Value => (compfunc === null ? item : call1(compfunc, item));
  let winner = items[0]!;
  let record = keyOf(winner);
  for (let k = 1; k < items.length; k++) {
    const key = keyOf(items[k]!);
    if (sign === 1 ? less(record, key) : less(key, record)) {
      winner = items[k]!;
      record = key;
    }
  }
  return winner;
}

/** The most (`sign` 1) or the least (`sign` -1) common item; ties go by the order of the set of the items. */
export function byFrequency(
  items: readonly Value[],
  sign: 1 | -1,
  candidates: readonly Value[] = setOf(items).items(),
): Value {
  if (candidates.length === 0) throw VALUE_ERROR;
  let winner = candidates[0]!;
  let record = occurrencesOf(winner, items);
  for (let k = 1; k < candidates.length; k++) {
    const n = occurrencesOf(candidates[k]!, items);
    if (sign === 1 ? n > record : n < record) {
      winner = candidates[k]!;
      record = n;
    }
  }
  return winner;
}

export function occurrencesOf(value: Value, items: readonly Value[]): number {
  charge(items.length);
  let n = 0;
  for (const item of items) if (identicalOrEqual(item, value)) n++;
  return n;
}

function contained(value: Value, container: Value): Value {
  return contains(container, value);
}

function combine(a: Value, b: Value): Value {
  const head = iterate(a);
  return sameKind(a, [...head, ...iterate(b)]);
}

function intersection(a: Value, b: Value): Value {
  return and(a, b);
}

function difference(a: Value, b: Value): Value {
  const items = iterate(a);
  return sameKind(
    a,
    items.filter((item) => !contains(b, item)),
  );
}

function dedupe(tup: Value): Value {
  const items = iterate(tup);
  if (items.length > 0 && !(tup instanceof Tuple)) throw ATTRIBUTE_ERROR;
  const distinct: Value[] = [];
  for (const item of items) {
    charge(distinct.length);
    if (!distinct.some((earlier) => identicalOrEqual(earlier, item))) distinct.push(item);
  }
  return tuple(distinct);
}

/** All keys are computed before the first comparison. Python takes None for no key function. */
function order(container: Value, compfunc: Value): Value {
  const items = iterate(container);
  const keys = compfunc === null ? items : items.map((item) => call1(compfunc, item));
  return tuple(sorted(items, keys));
}

function repeat(item: Value, num: Value): Value {
  if (!isInt(num)) throw TYPE_ERROR;
  const n = Math.max(0, Number(num));
  allocate(n);
  return tuple(new Array<Value>(n).fill(item));
}

function size(container: Value): Value {
  return lengthOf(container);
}

/** The items of all members, as a container of the outer kind. */
export function merge(containers: Value): Value {
  const members = iterate(containers).map(iterate);
  allocate(members.reduce((sum, { length }) => sum + length, 0));
  const items: Value[] = [];
  for (const member of members) for (const item of member) items.push(item);
  return containers instanceof Tuple ? new ListTuple(items) : setOf(items);
}

function maximum(container: Value): Value {
  const items = iterate(container);
  return items.length === 0 ? 0 : maxOf(items);
}

function minimum(container: Value): Value {
  const items = iterate(container);
  return items.length === 0 ? 0 : minOf(items);
}

function valmax(container: Value, compfunc: Value): Value {
  const items = iterate(container);
  return call1(compfunc, items.length === 0 ? 0 : best(items, compfunc, 1));
}

function valmin(container: Value, compfunc: Value): Value {
  const items = iterate(container);
  return call1(compfunc, items.length === 0 ? 0 : best(items, compfunc, -1));
}

function argmax(container: Value, compfunc: Value): Value {
  const items = iterate(container);
  if (items.length === 0) throw VALUE_ERROR;
  return best(items, compfunc, 1);
}

function argmin(container: Value, compfunc: Value): Value {
  const items = iterate(container);
  if (items.length === 0) throw VALUE_ERROR;
  return best(items, compfunc, -1);
}

function mostcommon(container: Value): Value {
  const items = iterate(container);
  if (!(container instanceof Tuple)) throw ATTRIBUTE_ERROR;
  return byFrequency(items, 1);
}

function leastcommon(container: Value): Value {
  const items = iterate(container);
  if (!(container instanceof Tuple)) throw ATTRIBUTE_ERROR;
  return byFrequency(items, -1);
}

/** COPY of a one-element set is laid out as the set itself. */
function initset(value: Value): Value {
  return setOf([value]);
}

function sfilter(container: Value, condition: Value): Value {
  const items = iterate(container);
  const kept = lazily(() => items.filter((item) => truthy(call1(condition, item))));
  return sameKind(container, kept);
}

function mfilter(container: Value, condition: Value): Value {
  return merge(sfilter(container, condition));
}

/** Only the callback is lazy: that nothing is found stays StopIteration. */
function extract(container: Value, condition: Value): Value {
  const items = iterate(container);
  const index = lazily(() => items.findIndex((item) => truthy(call1(condition, item))));
  if (index < 0) throw STOP_ITERATION;
  return items[index]!;
}

function totuple(container: Value): Value {
  return container instanceof Tuple ? container : tuple(iterate(container));
}

export function first(container: Value): Value {
  const items = iterate(container);
  if (items.length === 0) throw STOP_ITERATION;
  return items[0]!;
}

function last(container: Value): Value {
  const items = iterate(container);
  if (items.length === 0) throw VALUE_ERROR;
  return items[items.length - 1]!;
}

function insert(value: Value, container: Value): Value {
  if (!(container instanceof FrozenSet)) throw ATTRIBUTE_ERROR;
  return union(container, setOf([value]));
}

function remove(value: Value, container: Value): Value {
  const items = iterate(container);
  return sameKind(
    container,
    items.filter((item) => !equal(item, value)),
  );
}

function other(container: Value, value: Value): Value {
  return first(remove(value, container));
}

/** The outer loop runs over `b`; `a` is not looked at when `b` is empty. */
function product(a: Value, b: Value): Value {
  const outer = iterate(b);
  if (outer.length === 0) return setOf([]);
  const inner = iterate(a);
  allocate(inner.length * outer.length);
  return setOf(outer.flatMap((j) => inner.map((i) => tuple([i, j]))));
}

function pair(a: Value, b: Value): Value {
  return tuple(zip(a, b).map(([i, j]) => tuple([i, j])));
}

/** The items of two containers side by side, cut at the shorter. */
export function zip(a: Value, b: Value): [Value, Value][] {
  const left = iterate(a);
  const right = iterate(b);
  const pairs: [Value, Value][] = [];
  for (let k = 0; k < left.length && k < right.length; k++) pairs.push([left[k]!, right[k]!]);
  return pairs;
}

function sizefilter(container: Value, n: Value): Value {
  return setOf(iterate(container).filter((item) => equal(lengthOf(item), n)));
}

export const CONTAINERS: Theme = {
  contained,
  combine,
  intersection,
  difference,
  dedupe,
  order,
  repeat,
  size,
  merge,
  maximum,
  minimum,
  valmax,
  valmin,
  argmax,
  argmin,
  mostcommon,
  leastcommon,
  initset,
  sfilter,
  mfilter,
  extract,
  totuple,
  first,
  last,
  insert,
  remove,
  other,
  product,
  pair,
  sizefilter,
};
