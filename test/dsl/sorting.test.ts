// Sorting by keys without a total order, against what CPython 3.11 gives; where there is one, against that itself.
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sorted, sortPlaces } from '../../src/dsl/sorting.ts';
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

/** Relations of ints that `<` may be: a total order, proper subsets of bits, and one that is no order at all. */
const RELATIONS = {
  total: (a: number, b: number) => a < b,
  subset: (a: number, b: number) => a !== b && (a & b) === a,
  noise: (a: number, b: number) => (a * 7 + b * 13) % 5 < 2,
};
type Relation = keyof typeof RELATIONS;

/** Sorts lists of keys, each under its relation; gives the places in their new order and the pairs that were compared. */
const PYTHON = `
import json, sys
RELATIONS = {
    'total': lambda a, b: a < b,
    'subset': lambda a, b: a != b and a & b == a,
    'noise': lambda a, b: (a * 7 + b * 13) % 5 < 2,
}
class Key:
    def __init__(self, place): self.place = place
    def __lt__(self, other):
        log.append([self.place, other.place])
        return relation(keys[self.place], keys[other.place])
for keys, name in json.load(sys.stdin):
    relation, log = RELATIONS[name], []
    print(json.dumps([sorted(range(len(keys)), key=Key), log]))
`;

const VERSION = 'import sys; print(sys.version_info[:2] == (3, 11))';
const hasPython = spawnSync('python3', ['-c', VERSION], { encoding: 'utf8' }).stdout?.trim() === 'True';
if (!hasPython) console.warn('left out: list.sort of CPython itself (python3 is missing or no 3.11)');

/** Lists with what makes runs: random keys, sorted and reversed stretches, equal ones. */
const keyLists = fc
  .array(fc.tuple(fc.array(fc.nat(63), { maxLength: 150 }), fc.constantFrom('as it is', 'up', 'down', 'equal')), {
    maxLength: 9,
    size: 'max',
  })
  .map((stretches) =>
    stretches.flatMap(([keys, form]) => {
      if (form === 'up') return keys.toSorted((a, b) => a - b);
      if (form === 'down') return keys.toSorted((a, b) => b - a);
      return form === 'equal' ? keys.map(() => keys[0]!) : keys;
    }),
  );

describe.skipIf(!hasPython)("CPython's own list.sort", () => {
  test('compares the same pairs in the same order, and gives the same', () => {
    const cases = fc.sample(fc.tuple(keyLists, fc.constantFrom<Relation[]>('total', 'subset', 'noise')), {
      numRuns: 300,
      seed: 7,
    });
    const { stdout } = spawnSync('python3', ['-c', PYTHON], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    const answers = stdout.trim().split('\n');
    expect(answers).toHaveLength(cases.length);
    cases.forEach(([keys, relation], k) => {
      const log: [number, number][] = [];
      const places = keys.map((_, place) => place);
      sortPlaces(places, (a, b) => {
        log.push([a, b]);
        return RELATIONS[relation](keys[a]!, keys[b]!);
      });
      expect(JSON.stringify([places, log]) === answers[k]!.replaceAll(' ', ''), `case ${k}, ${relation}`).toBe(true);
    });
  });
});
