// Python's operators on values, with the exceptions they raise on wrong kinds. Source: docs/spec/dsl.md 1.3, 1.4.
import { identicalOrEqual } from './equal.ts';
import {
  ATTRIBUTE_ERROR,
  INDEX_ERROR,
  MEMORY_ERROR,
  OVERFLOW_ERROR,
  RECURSION_ERROR,
  TYPE_ERROR,
  VALUE_ERROR,
} from './errors.ts';
import { addInts, andInts, floorDivide, lessInts, modulo, multiplyInts, negate, orInts, subtractInts } from './int.ts';
import { allocate, charge } from './meter.ts';
import { PatchSet } from './patch.ts';
import { has, intersection, subtract, union } from './set.ts';
import { FrozenSet, Grid, isInt, isNumber, ListTuple, Tuple, type Value } from './value.ts';

const MAX_NESTING = 990;

/** A tuple of these items. The array is kept: it must not be changed afterwards. */
export function tuple(items: readonly Value[]): ListTuple {
  allocate(items.length);
  return new ListTuple(items);
}

/** bool(v) */
export function truthy(v: Value): boolean {
  if (typeof v === 'boolean') return v;
  if (typeof v === 'number') return v !== 0;
  if (v === null) return false;
  return v instanceof Tuple || v instanceof FrozenSet ? v.length > 0 : true;
}

/** len(v) */
export function lengthOf(v: Value): number {
  if (v instanceof Tuple || v instanceof FrozenSet) return v.length;
  throw TYPE_ERROR;
}

/** The items of a tuple or set in iteration order; the array must not be changed. */
export function iterate(v: Value): readonly Value[] {
  if (v instanceof Tuple || v instanceof FrozenSet) {
    charge(v.length);
    return v.items();
  }
  throw TYPE_ERROR;
}

/** `a, b = v`: exactly two items, of a tuple or a set. */
export function unpackTwo(v: Value): readonly [Value, Value] {
  const items = iterate(v);
  if (items.length !== 2) throw VALUE_ERROR;
  return items as [Value, Value];
}

/** v[k] */
export function item(v: Value, k: Value): Value {
  if (!(v instanceof Tuple) || !isNumber(k)) throw TYPE_ERROR;
  const n = v.length;
  const i = Number(k);
  const index = i < 0 ? i + n : i;
  if (index >= 0 && index < n) return v.at(index);
  throw isInt(k) ? INDEX_ERROR : TYPE_ERROR;
}

/** v[from:to] of a tuple. */
export function slice(v: Value, from: Value, to: Value): Tuple {
  if (!(v instanceof Tuple)) throw TYPE_ERROR;
  const n = v.length;
  const start = bound(from, n);
  const stop = Math.max(start, bound(to, n));
  allocate(stop - start);
  if (v instanceof Grid && start < stop) {
    if (start === 0 && stop === n) return v;
    return new Grid(stop - start, v.width, v.cells.slice(start * v.width, stop * v.width));
  }
  return new ListTuple(v.items().slice(start, stop));
}

function bound(k: Value, n: number): number {
  if (!isInt(k)) throw TYPE_ERROR;
  const i = Number(k);
  return i < 0 ? Math.max(0, i + n) : Math.min(i, n);
}

/** x + y */
export function plus(x: Value, y: Value): Value {
  if (isNumber(x) && isNumber(y)) return addInts(x, y);
  if (x instanceof Tuple && y instanceof Tuple) {
    allocate(x.length + y.length);
    return new ListTuple(x.items().concat(y.items()));
  }
  throw TYPE_ERROR;
}

/** x - y */
export function minus(x: Value, y: Value): Value {
  if (isNumber(x) && isNumber(y)) return subtractInts(x, y);
  if (x instanceof FrozenSet && y instanceof FrozenSet) return subtract(x, y);
  throw TYPE_ERROR;
}

/** x & y */
export function and(x: Value, y: Value): Value {
  if (isNumber(x) && isNumber(y)) return andInts(x, y);
  if (x instanceof FrozenSet && y instanceof FrozenSet) return intersection(x, y);
  throw TYPE_ERROR;
}

/** x | y */
export function or(x: Value, y: Value): Value {
  if (isNumber(x) && isNumber(y)) return orInts(x, y);
  if (x instanceof FrozenSet && y instanceof FrozenSet) return union(x, y);
  throw TYPE_ERROR;
}

/** 2^63: CPython counts items in signed words of 64 bits. */
const WORDS = 2n ** 63n;

/** An int as CPython takes a count of items; OverflowError when no machine word holds it. */
export function machineWord(n: number | bigint | boolean): number {
  if (typeof n === 'bigint' && (n < -WORDS || n >= WORDS)) throw OVERFLOW_ERROR;
  return Number(n);
}

/** Items whose pointers fill 1 TiB: more memory than CPython is taken to get for one tuple. */
const MOST_ITEMS = 2 ** 37;

/** The number of items of a tuple that CPython allocates at once; MemoryError when the machine cannot. */
export function tupleSize(items: number): number {
  if (items >= MOST_ITEMS) throw MEMORY_ERROR;
  return items;
}

/** x * y */
export function times(x: Value, y: Value): Value {
  if (isNumber(x) && isNumber(y)) return multiplyInts(x, y);
  if (x instanceof Tuple && isInt(y)) return repeated(x, y);
  if (isInt(x) && y instanceof Tuple) return repeated(y, x);
  throw TYPE_ERROR;
}

function repeated(t: Tuple, count: number | bigint | boolean): Tuple {
  const n = t.length;
  const total = tupleSize(n * Math.max(0, machineWord(count)));
  allocate(total);
  const items = t.items();
  const result: Value[] = new Array(total);
  for (let k = 0; k < total; k++) result[k] = items[k % n]!;
  return new ListTuple(result);
}

/** x // y */
export function over(x: Value, y: Value): Value {
  if (!isNumber(x) || !isNumber(y)) throw TYPE_ERROR;
  return floorDivide(x, y);
}

/** x % y */
export function remainder(x: Value, y: Value): Value {
  if (!isNumber(x) || !isNumber(y)) throw TYPE_ERROR;
  return modulo(x, y);
}

/** -x */
export function minusOf(x: Value): Value {
  if (!isNumber(x)) throw TYPE_ERROR;
  return negate(x);
}

/** x < y: ints; tuples lexicographically; sets as proper subsets. */
export function less(x: Value, y: Value): boolean {
  return lessWithin(x, y, 0);
}

function lessWithin(x: Value, y: Value, depth: number): boolean {
  if (typeof x === 'number' && typeof y === 'number') return x < y;
  if (isNumber(x) && isNumber(y)) return lessInts(x, y);
  if (x instanceof Tuple && y instanceof Tuple) {
    if (depth > MAX_NESTING) throw RECURSION_ERROR;
    const a = x.items();
    const b = y.items();
    const n = Math.min(a.length, b.length);
    for (let k = 0; k < n; k++) {
      charge(1);
      if (!identicalOrEqual(a[k]!, b[k]!)) return lessWithin(a[k]!, b[k]!, depth + 1);
    }
    return a.length < b.length;
  }
  if (x instanceof FrozenSet && y instanceof FrozenSet) return x.length < y.length && isSubset(x, y);
  throw TYPE_ERROR;
}

function isSubset(x: FrozenSet, y: FrozenSet): boolean {
  charge(x.length);
  if (x instanceof PatchSet && y instanceof PatchSet) return x.isSubsetOf(y);
  return x.items().every((value) => has(y, value));
}

/** value in container: linear by == in a tuple, by hash in a set. */
export function contains(container: Value, value: Value): boolean {
  if (container instanceof FrozenSet) {
    charge(1);
    return has(container, value);
  }
  if (!(container instanceof Tuple)) throw TYPE_ERROR;
  charge(container.length);
  return container.items().some((member) => identicalOrEqual(member, value));
}

/** t.count(value); AttributeError when `t` is no tuple. */
export function count(t: Value, value: Value): number {
  if (!(t instanceof Tuple)) throw ATTRIBUTE_ERROR;
  charge(t.length);
  let n = 0;
  for (const member of t.items()) if (identicalOrEqual(member, value)) n++;
  return n;
}

/** The first item with the greatest (`sign` 1) or the smallest (`sign` -1) key; ValueError when there is none. */
function extreme(items: readonly Value[], keys: readonly Value[], sign: 1 | -1): Value {
  if (items.length === 0) throw VALUE_ERROR;
  charge(items.length);
  let best = 0;
  for (let k = 1; k < items.length; k++) {
    if (sign === 1 ? less(keys[best]!, keys[k]!) : less(keys[k]!, keys[best]!)) best = k;
  }
  return items[best]!;
}

/** max(items); ValueError when empty. */
export function maxOf(items: readonly Value[]): Value {
  return extreme(items, items, 1);
}

/** min(items); ValueError when empty. */
export function minOf(items: readonly Value[]): Value {
  return extreme(items, items, -1);
}
