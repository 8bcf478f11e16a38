import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entrant, shortlist } from '../../../src/pipeline/answer/shortlist.ts';

const entrant = (number: number, demo: number, nearness: number, size: number): Entrant => ({
  number,
  demo,
  nearness,
  size,
});
const numbers = (entrants: Iterable<Entrant>): number[] => shortlist(entrants).map(({ number }) => number);

test('by demo matches, then right demo cells, then fewest statements, then number', () => {
  const entrants = [
    entrant(0, 1, 0.9, 1),
    entrant(1, 2, 0.5, 9),
    entrant(2, 2, 0.7, 9),
    entrant(3, 2, 0.7, 8),
    entrant(4, 2, 0.7, 8),
    entrant(5, 3, 0.1, 99),
  ];
  expect(numbers(entrants)).toEqual([5, 3, 4, 2, 1, 0]);
});

test('of those that match no demo sample only the nearest, to make four; none without a right cell', () => {
  const unmatched = Array.from({ length: 9 }, (_, k) => entrant(k, 0, k / 10, 1));
  expect(numbers(unmatched)).toEqual([8, 7, 6, 5]);
  expect(numbers([...unmatched, entrant(20, 1, 0.2, 1)])).toEqual([20, 8, 7, 6]);
  const five = Array.from({ length: 5 }, (_, k) => entrant(20 + k, 1, 0.2, 1));
  expect(numbers([...unmatched, ...five])).toEqual([20, 21, 22, 23, 24]);
  expect(numbers([entrant(0, 0, 0, 1), entrant(1, 0, 0.1, 1)])).toEqual([1]);
});

test('is the head of the whole ranking, at most 64, in whatever order they come', () => {
  const some = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 })), {
    minLength: 1,
    maxLength: 150,
  });
  fc.assert(
    fc.property(some, fc.infiniteStream(fc.nat()), (figures, keys) => {
      const entrants = figures.map(([demo, quarters, size], k) => entrant(k, demo, quarters / 4, size));
      const ranked = entrants
        .slice()
        .sort((a, b) => b.demo - a.demo || b.nearness - a.nearness || a.size - b.size || a.number - b.number);
      const matching = entrants.filter(({ demo }) => demo > 0).length;
      const expected = ranked.slice(0, Math.min(64, Math.max(4, matching))).map(({ number }) => number);
      expect(numbers(entrants)).toEqual(expected);
      const shuffled = entrants
        .map((one) => ({ one, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(numbers(shuffled)).toEqual(expected);
    }),
  );
});
