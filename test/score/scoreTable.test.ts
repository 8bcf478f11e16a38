import { expect, test } from 'vitest';
import { ScoreTable } from '../../src/score/scoreTable.ts';

const grid = { height: 1, width: 2, cells: Uint8Array.of(1, 2) };
const known = { input: grid, output: grid };
const unknown = { input: grid, output: null };

test('a candidate has its matches of demo and test apart, its mean share of cells and all its verdicts', () => {
  const table = new ScoreTable({ demo: [known, known, known], test: [known, known] }, 2);
  table.match(1, 0, true, true, 2, 2);
  table.match(1, 1, false, true, 1, 2);
  table.match(1, 2, false, false, 2, 6);
  table.match(1, 3, true, true, 2, 2);
  table.end(1, 4, 'error:TypeError');
  expect(table.score(1)).toEqual({
    oScore: 2,
    demo: [1, 3],
    test: [1, 2],
    cells: 0.566667,
    verdicts: { ok: 2, mismatch: 1, shape: 1, 'error:TypeError': 1 },
  });
  expect(table.score(0)).toEqual({ oScore: 0, demo: [0, 3], test: [0, 2], cells: 0, verdicts: { not_run: 5 } });
  expect(table.undecided).toBe(5);
});

test('every verdict is kept as it is', () => {
  const verdicts = [
    'ok',
    'not_grid',
    'budget',
    'timeout',
    'crash',
    'not_run',
    'error:KeyError',
    'error:RuntimeError',
  ] as const;
  const table = new ScoreTable({ demo: verdicts.map(() => unknown), test: [] }, 1);
  verdicts.forEach((verdict, sample) => {
    table.end(0, sample, verdict);
  });
  expect(verdicts.map((_, sample) => table.verdict(0, sample))).toEqual(verdicts);
  expect(table.score(0)).toEqual({
    oScore: 0,
    demo: [0, 0],
    test: null,
    cells: 0,
    verdicts: Object.fromEntries(verdicts.map((verdict) => [verdict, 1])),
  });
  expect(table.undecided).toBe(0);
});

test('test counts the samples with an expected grid, and is null where there are none', () => {
  const table = new ScoreTable({ demo: [known], test: [unknown, known] }, 1);
  for (const sample of [0, 2]) table.match(0, sample, true, true, 2, 2);
  table.end(0, 1, 'ok');
  expect(table.score(0)).toEqual({ oScore: 2, demo: [1, 1], test: [1, 1], cells: 1, verdicts: { ok: 3 } });
});

test('a second verdict for a pair is refused', () => {
  const table = new ScoreTable({ demo: [known], test: [] }, 2);
  table.end(1, 0, 'error:ValueError');
  expect(() => table.match(1, 0, true, true, 2, 2)).toThrow(
    'candidate 1, sample 0: a second verdict, after error:ValueError',
  );
  table.end(0, 0, 'not_run');
  expect(() => table.end(0, 0, 'budget')).toThrow('candidate 0, sample 0: a second verdict, after not_run');
});

test('no candidates, no pairs', () => {
  expect(new ScoreTable({ demo: [known], test: [known] }, 0).undecided).toBe(0);
});
