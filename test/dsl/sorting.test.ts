// Sorting by keys without a total order, against what CPython 3.11 gives.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sorted } from '../../src/dsl/sorting.ts';
import { repr } from '../../src/report/repr.ts';
import { meter } from '../../src/value/meter.ts';
import type { Value } from '../../src/value/value.ts';
import { s } from './values.ts';

const { NaN: nan } = Number;

function order(keys: readonly Value[], reverse: boolean): readonly Value[] {
  meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const places = keys.map((_, k) => k);
  return sorted(places, keys, reverse);
}

const orders: [readonly Value[], boolean, readonly number[]][] = [
  [[s(2), s(1), s(0, 2), s(), s(0, 1), s(), s(1), s(), s()], false, [3, 5, 7, 8, 0, 1, 2, 6, 4]],
  [[s(0, 2), s(1, 2), s(0, 2), s(0, 2), s(), s(), s(), s(), s(0, 1)], true, [0, 1, 2, 3, 8, 4, 5, 6, 7]],
  [[2, 3, 4, 1, 4, 1, 5, 2, 3], false, [3, 5, 0, 7, 1, 8, 2, 4, 6]],
  [[nan, 5, nan, 3, 5, 2, 3, 4, nan], true, [0, 1, 2, 4, 7, 3, 6, 5, 8]],
  [[], true, []],
  [[null], false, [0]],
];
test.each(
  orders.map(([keys, reverse, expected]) => [keys.map((key) => repr(key)).join(' '), reverse, keys, expected] as const),
)('keys %s, reversed %s', (_, reverse, keys, expected) => {
  expect(order(keys, reverse)).toEqual(expected);
});

test('ints are sorted stably, ascending and descending, in lists of any length', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200 }), fc.boolean(), (keys, reverse) => {
      const places = keys.map((_, k) => k);
      const expected = places.sort((a, b) => (reverse ? keys[b]! - keys[a]! : keys[a]! - keys[b]!) || a - b);
      expect(order(keys, reverse)).toEqual(expected);
    }),
  );
});
