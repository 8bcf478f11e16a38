import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packInvalid, packRecord, RECORD_WORDS } from '../../../kernels/record.ts';
import { attemptsOf } from '../../../src/pipeline/answer/attempts.ts';

/** Demo matches, statements, and the output: the colours of a grid of one row; null for none. */
type Given = readonly [demo: number, size: number, output: readonly number[] | null];

function attempts(given: readonly Given[]): ReturnType<typeof attemptsOf> {
  const records = new Int32Array(given.length * RECORD_WORDS);
  given.forEach(([, , output], k) => {
    if (output === null) packInvalid(records, k);
    else packRecord(records, k, 1, output.length, output);
  });
  return attemptsOf(
    given.map(([demo, size], number) => ({ number, demo, size, nearness: 1 })),
    records,
  );
}
const grids = (given: readonly Given[]): string[] => attempts(given).map(({ grid }) => grid);

test('demo matches come first, whatever the votes', () => {
  expect(
    grids([
      [1, 1, [1]],
      [1, 1, [1]],
      [2, 9, [2]],
      [0, 1, [3]],
    ]),
  ).toEqual(['2', '1', '3']);
});

test('then votes, then statements, then the number', () => {
  expect(
    grids([
      [2, 9, [4]],
      [2, 5, [3]],
      [2, 5, [2]],
      [2, 8, [1]],
      [2, 8, [1]],
    ]),
  ).toEqual(['1', '3', '2', '4']);
});

test('only candidates with the most demo matches for an output vote, and stand for it', () => {
  expect(
    attempts([
      [1, 1, [7, 7]],
      [3, 6, [7, 7]],
      [3, 4, [7, 7]],
      [3, 4, [7, 7]],
      [2, 2, [7, 7]],
    ]),
  ).toEqual([{ grid: '77', demo: 3, votes: 2 + 1, size: 4, candidate: 2 }]);
});

test('what is no grid, has another shape or a colour over 9 is told apart', () => {
  expect(
    grids([
      [3, 1, null],
      [2, 1, [10]],
      [1, 1, [0, 0]],
      [1, 2, [0]],
    ]),
  ).toEqual(['00', '0']);
  expect(grids([[3, 1, null]])).toEqual([]);
  expect(grids([])).toEqual([]);
});

test('eight at most', () => {
  expect(grids(Array.from({ length: 20 }, (_, k): Given => [1, 20 - k, [k % 10, k >> 3]])).length).toBe(8);
});

test('is what a plain count gives', () => {
  const given = fc.array(
    fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.option(fc.array(fc.nat(1), { minLength: 1, maxLength: 2 }))),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(given, (list) => {
      const found = attempts(list);
      const texts = new Set(list.flatMap(([, , output]) => (output === null ? [] : [output.join('')])));
      expect(new Set(found.map(({ grid }) => grid))).toEqual(texts);
      for (const { grid, demo, votes, size, candidate } of found) {
        const alike = list.flatMap(([d, s, output], k) => (output?.join('') === grid ? [{ d, s, k }] : []));
        const most = Math.max(...alike.map(({ d }) => d));
        const voters = alike.filter(({ d }) => d === most);
        const least = Math.min(...voters.map(({ s }) => s));
        expect([demo, votes, size, candidate]).toEqual([
          most,
          voters.length,
          least,
          voters.find(({ s }) => s === least)!.k,
        ]);
      }
      for (let k = 1; k < found.length; k++) {
        const [a, b] = [found[k - 1]!, found[k]!];
        expect(b.demo - a.demo || b.votes - a.votes || a.size - b.size || a.candidate - b.candidate).toBeLessThan(0);
      }
    }),
  );
});
