// Sorting as CPython 3.11's list.sort does it, comparison by comparison: the outcome for keys without a total order (sets,
// nan), and the exception for keys that cannot be compared, depend on which pairs are compared. Source: docs/spec/dsl.md 1.4.
import { charge } from '../value/meter.ts';
import { less } from '../value/protocol.ts';
import type { Value } from '../value/value.ts';
import { Merger } from './merging.ts';

/** Lists below this length are sorted by insertion alone. */
const SHORTEST_MERGED = 64;

/** The items sorted by key, stable; `reverse` is descending, still stable. */
export function sorted(items: readonly Value[], keys: readonly Value[], reverse = false): readonly Value[] {
  if (!reverse) return ascending(items, keys);
  return ascending(items.toReversed(), keys.toReversed()).toReversed();
}

function ascending(items: readonly Value[], keys: readonly Value[]): Value[] {
  charge(items.length * (1 + Math.ceil(Math.log2(items.length + 1))));
  const places = items.map((_, k) => k);
  sortPlaces(places, (a, b) => less(keys[a]!, keys[b]!));
  return places.map((k) => items[k]!);
}

type Before = (a: number, b: number) => boolean;

/** Finds the runs from left to right, lengthens short ones, and merges them in the order of powersort. */
export function sortPlaces(places: number[], before: Before): void {
  const n = places.length;
  if (n < SHORTEST_MERGED) {
    extendRun(places, 0, n, before);
    return;
  }
  const least = leastRun(n);
  const merger = new Merger(places, before);
  for (let from = 0; from < n; ) {
    const to = extendRun(places, from, Math.min(n, from + least), before);
    merger.addRun(from, to - from);
    from = to;
  }
  merger.mergeAll();
}

/** Makes a sorted stretch that begins at `from` and ends at `end` or, where there is a run so long, behind it; gives its end. */
function extendRun(places: number[], from: number, end: number, before: Before): number {
  let to = from + runLength(places, from, before);
  for (; to < end; to++) insert(places, from, to, before);
  return to;
}

/** The leading six bits of `n`, one more if any of the others is set: n over it is at most a power of two. */
function leastRun(n: number): number {
  let bits = n;
  let rest = 0;
  while (bits >= SHORTEST_MERGED) {
    rest |= bits & 1;
    bits >>= 1;
  }
  return bits + rest;
}

/** The length of the run that begins at `from`; one that descends strictly is turned round. */
function runLength(places: number[], from: number, before: Before): number {
  const n = places.length;
  if (n - from < 2) return n - from;
  const descends = before(places[from + 1]!, places[from]!);
  let to = from + 2;
  while (to < n && before(places[to]!, places[to - 1]!) === descends) to++;
  if (descends) for (let i = from, j = to - 1; i < j; i++, j--) [places[i], places[j]] = [places[j]!, places[i]!];
  return to - from;
}

/** Inserts the place at `at` behind all in the sorted stretch from `from` on that are not greater. */
function insert(places: number[], from: number, at: number, before: Before): void {
  const pivot = places[at]!;
  let low = from;
  let high = at;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(pivot, places[middle]!)) high = middle;
    else low = middle + 1;
  }
  for (let k = at; k > low; k--) places[k] = places[k - 1]!; // copyWithin of an array is slower
  places[low] = pivot;
}
