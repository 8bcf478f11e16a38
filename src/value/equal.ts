// Equality and hash of values, across representations. Source: docs/spec/dsl.md 1.2, 1.3, 2.1.
import { RECURSION_ERROR } from './errors.ts';
import { hashBigInt, hashInt, hashSet, mix, out, tupleEnd, tupleStart, tupleStep } from './hash.ts';
import { charge } from './meter.ts';
import { PatchSet } from './patch.ts';
import { has, type ListSet } from './set.ts';
import { Fn, FrozenSet, Grid, ListTuple, Tuple, type Value } from './value.ts';

/** CPython compares nested containers recursively, within its recursion limit. */
const MAX_NESTING = 990;

/** a == b; never raises, but for RecursionError on values nested too deeply. */
export function equal(a: Value, b: Value): boolean {
  return equalWithin(a, b, 0);
}

/** a is b or a == b: how containers compare their items. It differs from == for nan, of which there is one object. */
export function identicalOrEqual(a: Value, b: Value): boolean {
  return equalWithin(a, b, 1);
}

/** Compares items of a container where `depth` > 0. */
function equalWithin(a: Value, b: Value, depth: number): boolean {
  if (a === b) return true;
  if (typeof a === 'number' || typeof a === 'boolean') {
    if (typeof b !== 'number' && typeof b !== 'boolean') return false;
    return Number(a) === Number(b) || (depth > 0 && Number.isNaN(a) && Number.isNaN(b));
  }
  if (a instanceof Tuple) return b instanceof Tuple && equalTuples(a, b, depth);
  if (a instanceof FrozenSet) return b instanceof FrozenSet && equalSets(a, b);
  return false; // bigint (=== compares by value), None, functions
}

function equalTuples(a: Tuple, b: Tuple, depth: number): boolean {
  const n = a.length;
  if (n !== b.length) return false;
  charge(n);
  if (a instanceof Grid && b instanceof Grid) return equalGrids(a, b);
  if (a instanceof ListTuple && b instanceof ListTuple && a.id >= 0 && b.id >= 0) return a.id === b.id;
  if (depth > MAX_NESTING) throw RECURSION_ERROR;
  const x = a.items();
  const y = b.items();
  for (let i = 0; i < n; i++) if (!equalWithin(x[i]!, y[i]!, depth + 1)) return false;
  return true;
}

function equalGrids(a: Grid, b: Grid): boolean {
  if (a.width !== b.width) return false;
  const x = a.cells;
  const y = b.cells;
  const n = x.length;
  charge(n);
  for (let i = 0; i < n; i++) if (x[i] !== y[i]) return false;
  return true;
}

function equalSets(a: FrozenSet, b: FrozenSet): boolean {
  if (a.length !== b.length) return false;
  charge(a.length);
  if (a instanceof PatchSet && b instanceof PatchSet) return a.isSubsetOf(b);
  hashOf(a);
  const { lo, hi } = out;
  hashOf(b);
  if (lo !== out.lo || hi !== out.hi) return false;
  return a.items().every((item) => has(b, item));
}

/** Where None lies in memory decides its hash: that of Debian's CPython 3.11.2, which loads at a fixed address. */
const NONE_HASH = 612812;

/** Leaves the hash of `v` in `out`. */
export function hashOf(v: Value): void {
  if (typeof v === 'number') hashInt(v);
  else if (typeof v === 'boolean') hashInt(v ? 1 : 0);
  else if (v === null) hashInt(NONE_HASH);
  else if (typeof v === 'bigint') hashBigInt(v);
  else if (v instanceof Fn) hashInt(0x46000000 + v.serial);
  else {
    if (!v.hashed) {
      if (v instanceof Grid) hashGrid(v);
      else if (v instanceof Tuple) hashItems(v.items());
      else if (v instanceof PatchSet) v.hashIds();
      else hashElements(v as ListSet);
      v.hashed = true;
      v.lo = out.lo;
      v.hi = out.hi;
    }
    out.lo = v.lo;
    out.hi = v.hi;
  }
}

/** Hash of a tuple; the items' own hashes are computed first, since all share one accumulator. */
function hashItems(items: readonly Value[]): void {
  for (const item of items) if (item instanceof Tuple || item instanceof FrozenSet) hashOf(item);
  tupleStart();
  for (const item of items) {
    hashOf(item);
    tupleStep(out.lo, out.hi);
  }
  tupleEnd(items.length);
}

function hashGrid(grid: Grid): void {
  const { height, width, cells } = grid;
  const lo: number[] = [];
  const hi: number[] = [];
  for (let i = 0, k = 0; i < height; i++) {
    tupleStart();
    for (let j = 0; j < width; j++) tupleStep(cells[k++]!, 0);
    tupleEnd(width);
    lo.push(out.lo);
    hi.push(out.hi);
  }
  tupleStart();
  for (let i = 0; i < height; i++) tupleStep(lo[i]!, hi[i]!);
  tupleEnd(height);
}

function hashElements(set: ListSet): void {
  const { keys, lo, hi } = set.table();
  let xLo = 0;
  let xHi = 0;
  for (let slot = 0; slot < keys.length; slot++) {
    if (keys[slot]! < 0) continue;
    mix(lo[slot]!, hi[slot]!);
    xLo ^= out.lo;
    xHi ^= out.hi;
  }
  hashSet(xLo, xHi, set.length);
}
