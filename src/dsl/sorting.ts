// Sorting as CPython's list.sort does it, so that keys without a total order (sets, nan) end up where they do there.
import { charge } from '../value/meter.ts';
import { less, sortedBy } from '../value/protocol.ts';
import type { Value } from '../value/value.ts';

/** From this length on CPython sorts in runs and merges them; then only keys with a total order are sorted as there. */
const RUNS = 64;

/** The items sorted by key, stable; `reverse` is descending, still stable. */
export function sorted(items: readonly Value[], keys: readonly Value[], reverse = false): readonly Value[] {
  if (!reverse) return ascending(items, keys);
  return ascending(items.toReversed(), keys.toReversed()).toReversed();
}

function ascending(items: readonly Value[], keys: readonly Value[]): Value[] {
  if (items.length >= RUNS) return sortedBy(items, keys);
  charge(items.length * (1 + Math.ceil(Math.log2(items.length + 1))));
  const run = firstRun(keys);
  const isDescending = run < 0;
  const places = Array.from({ length: Math.abs(run) }, (_, k) => k);
  if (isDescending) places.reverse();
  for (let k = places.length; k < items.length; k++) insert(places, k, keys);
  return places.map((k) => items[k]!);
}

/** The length of the run at the start, negative when it descends strictly. */
function firstRun(keys: readonly Value[]): number {
  const n = keys.length;
  if (n < 2) return n;
  const descends = less(keys[1]!, keys[0]!);
  let k = 2;
  while (k < n && less(keys[k]!, keys[k - 1]!) === descends) k++;
  return descends ? -k : k;
}

/** Inserts place `k` behind all that are not greater. */
function insert(places: number[], k: number, keys: readonly Value[]): void {
  let from = 0;
  let to = places.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (less(keys[k]!, keys[places[middle]!]!)) to = middle;
    else from = middle + 1;
  }
  places.splice(from, 0, k);
}
