// Digests of results: two results of a program are counted as equal when their digests are (docs/spec/battery.md 5.1),
// whichever thread made them.
import { MAX_SIDE } from '../arc/grid.ts';
import { Fn, type FrozenSet, Grid, Tuple, type Value } from '../value/value.ts';
import type { OutputGrid } from './verdict.ts';

/** Items that are looked at in one value; values that agree so far, in all sizes too, count as equal. */
const MOST_ITEMS = 1 << 20;
const DEEPEST = 200;

const INT = 1;
const BIG = 2;
const NONE = 3;
const NAMED = 4;
const CLOSURE = 5;
const TUPLE = 6;
const SET = 7;
const CUT = 8;
const FLOAT = 9;
const COLOURS = 10;

const MODULUS = (1n << 61n) - 1n;

let lo = 0;
let hi = 0;
let items = 0;
let closures = 0;

/**
 * 53 bits that are equal for equal values, however they are represented, and else differ but by rare chance; NaN, which
 * equals nothing, for a value with a closure in it.
 */
export function digestOf(value: Value): number {
  items = 0;
  closures = 0;
  visit(value, 0);
  return closures === 0 ? digest() : Number.NaN;
}

/** The digest of a result that is a grid. */
export function digestOfGrid(grid: OutputGrid, value: Value): number {
  return digestOfColours(grid) ?? digestOf(value);
}

/** The digest of a grid of ints 0..15 and at most 256 × 256, as most are, eight cells at a time; undefined for any other. */
function digestOfColours({ height, width, cells }: OutputGrid): number | undefined {
  // of larger ones not all cells are there
  if (height > MAX_SIDE || width > MAX_SIDE) return undefined;
  step(COLOURS, COLOURS, height, width);
  const size = height * width;
  let word = 0;
  for (let k = 0; k < size; k++) {
    const cell = cells[k]!;
    if (cell < 0 || cell > 15) return undefined;
    word = (word << 4) | cell;
    if ((k & 7) === 7) step(lo, hi, word, k);
  }
  step(lo, hi, word, size);
  return digest();
}

function digest(): number {
  return (hi & 0x1fffff) * 2 ** 32 + (lo >>> 0);
}

// Leaves the digest of a value in `lo` and `hi`. Python's own hash would not do: hash(-1) == hash(-2).
function visit(value: Value, depth: number): void {
  items++;
  if (typeof value === 'number' || typeof value === 'boolean') takeNumber(INT, INT, Number(value));
  else if (value === null) step(NONE, NONE, 0, 0);
  else if (typeof value === 'bigint') {
    const rest = value % MODULUS;
    step(BIG, BIG, Number(BigInt.asIntN(32, rest)), Number(BigInt.asIntN(32, rest >> 32n)));
  } else if (value instanceof Fn) visitFunction(value);
  else if (depth > DEEPEST || items > MOST_ITEMS) step(CUT, CUT, value.length, 0);
  else if (value instanceof Grid) visitGrid(value);
  else if (value instanceof Tuple) visitItems(value.items(), depth);
  else visitSet(value, depth);
}

// A function with a name is one object on every sample; any other is made anew by each run, so it equals nothing but itself.
function visitFunction({ name }: Fn): void {
  if (name === null) {
    closures++;
    step(CLOSURE, closures, closures, 0);
    return;
  }
  step(NAMED, NAMED, name.length, 0);
  for (let k = 0; k < name.length; k++) step(lo, hi, name.charCodeAt(k), 0);
}

function visitItems(list: readonly Value[], depth: number): void {
  step(TUPLE, TUPLE, list.length, 0);
  for (let k = 0; k < list.length && items <= MOST_ITEMS; k++) {
    const item = list[k]!;
    if (typeof item === 'number' || typeof item === 'boolean') {
      items++;
      takeNumber(lo, hi, Number(item));
      continue;
    }
    const a = lo;
    const b = hi;
    visit(item, depth + 1);
    step(a, b, lo, hi);
  }
}

// As the tuple of tuples that it is, without making one.
function visitGrid({ height, width, cells }: Grid): void {
  items += cells.length;
  step(TUPLE, TUPLE, height, 0);
  for (let r = 0, k = 0; r < height; r++) {
    const a = lo;
    const b = hi;
    step(TUPLE, TUPLE, width, 0);
    for (let c = 0; c < width; c++) step(lo, hi, cells[k++]!, INT);
    step(a, b, lo, hi);
  }
}

// A set has no order here: the digests of its elements are added up.
function visitSet(set: FrozenSet, depth: number): void {
  let a = 0;
  let b = 0;
  for (const element of set.length + items > MOST_ITEMS ? [] : set.elements()) {
    visit(element, depth + 1);
    step(SET, SET, lo, hi);
    a = (a + lo) | 0;
    b = (b + hi) | 0;
  }
  step(SET, set.length, a, b);
}

// A number; among floats there are nan and the infinities.
function takeNumber(a: number, b: number, n: number): void {
  if (Number.isFinite(n)) step(a, b, n | 0, INT ^ Math.floor(n / 2 ** 32));
  else step(a, b, Number(n > 0) - Number(n < 0), FLOAT);
}

// Mixes the digest (x, y) into the state (a, b): two MurmurHash3 steps that take from each other.
function step(a: number, b: number, x: number, y: number): void {
  let k = Math.imul(x ^ (y << 11), 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  let h = a ^ k;
  h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  let m = Math.imul(y ^ (x >>> 7) ^ h, 0x85ebca6b);
  m = Math.imul((m << 16) | (m >>> 16), 0xc2b2ae35);
  let g = b ^ m;
  g = (Math.imul((g << 17) | (g >>> 15), 5) + 0x38b34ae5) | 0;
  lo = (h ^ (g >>> 13)) | 0;
  hi = g;
}
