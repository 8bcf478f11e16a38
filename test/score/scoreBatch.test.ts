import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import type { GridMatch } from '../../kernels/gridMatch/op.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import type { ArcGrid } from '../../src/arc/grid.ts';
import type { OutputGrid } from '../../src/engine/verdict.ts';
import { ScoreBatch } from '../../src/score/scoreBatch.ts';
import { ScoreTable } from '../../src/score/scoreTable.ts';

const grid = (...rows: number[][]): ArcGrid => ({
  height: rows.length,
  width: rows[0]!.length,
  cells: Uint8Array.from(rows.flat()),
});
const output = (height: number, width: number, fill: (i: number) => number): OutputGrid => ({
  height,
  width,
  cells: Array.from({ length: height * width }, (_, i) => fill(i)),
});
const input = grid([0]);

/** A table of one candidate on one demo sample with this expected grid, after the output was scored. */
function scoreOne(expected: ArcGrid, made: OutputGrid): ScoreTable {
  const table = new ScoreTable({ demo: [{ input, output: expected }], test: [] }, 1);
  const batch = new ScoreBatch();
  batch.add(table, 0, 0, made);
  batch.flush();
  expect(table.undecided).toBe(0);
  return table;
}

describe('verdicts of outputs', () => {
  const expected = grid([1, 2, 3], [4, 5, 6]);
  const cases: [string, OutputGrid, string, number][] = [
    ['the expected grid', grid([1, 2, 3], [4, 5, 6]), 'ok', 1],
    ['the same from a plain list', { height: 2, width: 3, cells: [1, 2, 3, 4, 5, 6] }, 'ok', 1],
    ['one cell off', grid([1, 2, 3], [4, 5, 7]), 'mismatch', 5 / 6],
    ['a part of it', grid([1, 2], [4, 5]), 'shape', 4 / 6],
    ['turned', grid([1, 4], [2, 5], [3, 6]), 'shape', 2 / 9],
    ['a cell -1', { height: 2, width: 3, cells: [1, 2, 3, 4, 5, -1] }, 'mismatch', 5 / 6],
    ['a cell 10', { height: 2, width: 3, cells: [1, 2, 3, 4, 5, 10] }, 'mismatch', 5 / 6],
    ['a cell 16', { height: 2, width: 3, cells: [1, 2, 3, 4, 5, 16] }, 'mismatch', 5 / 6],
    ['a cell 2^32 + 6', { height: 2, width: 3, cells: [1, 2, 3, 4, 5, 2 ** 32 + 6] }, 'mismatch', 5 / 6],
    ['a cell far off', { height: 2, width: 3, cells: [1, 2, 3, 4, 5, 1e300] }, 'mismatch', 5 / 6],
    ['31 rows', output(31, 3, (i) => i + 1), 'shape', 6 / 93],
    ['31 columns', output(1, 31, (i) => i + 1), 'shape', 3 / 62],
    ['100 × 100 cells', output(100, 100, () => 1), 'shape', 1 / 10_000],
  ];
  test.each(cases)('%s', (_, made, verdict, share) => {
    const table = scoreOne(expected, made);
    expect(table.verdict(0, 0)).toBe(verdict);
    expect(table.isMatch(0, 0)).toBe(verdict === 'ok');
    expect(table.score(0).cells).toBe(Math.round(share * 1e6) / 1e6);
  });

  test('a grid of a sample without an expected one is ok and matches nothing', () => {
    const table = new ScoreTable({ demo: [{ input, output: input }], test: [{ input, output: null }] }, 1);
    const batch = new ScoreBatch();
    batch.add(table, 0, 0, grid([0]));
    batch.add(
      table,
      0,
      1,
      output(50, 50, () => -3),
    );
    batch.flush();
    expect(table.verdict(0, 1)).toBe('ok');
    expect(table.isMatch(0, 1)).toBe(false);
    expect(table.score(0)).toEqual({ oScore: 1, demo: [1, 1], test: null, cells: 1, verdicts: { ok: 2 } });
  });
});

describe('ScoreBatch', () => {
  test('is launched when full, and once by flush', () => {
    const sizes: number[] = [];
    const gridMatch: GridMatch = (...args) => {
      sizes.push(args[2].length);
      return gridMatchReference(...args);
    };
    const table = new ScoreTable({ demo: [{ input, output: input }], test: [] }, 7);
    const batch = new ScoreBatch({ capacity: 3, backend: { ...openCpu(), gridMatch } });
    for (let candidate = 0; candidate < 7; candidate++) batch.add(table, candidate, 0, grid([candidate % 2]));
    expect(sizes).toEqual([3, 3]);
    expect(table.undecided).toBe(1);
    batch.flush();
    batch.flush();
    expect(sizes).toEqual([3, 3, 1]);
    expect(table.undecided).toBe(0);
  });

  test('reads the cells of an output at once', () => {
    const made = grid([5, 5]);
    const table = new ScoreTable({ demo: [{ input, output: grid([5, 5]) }], test: [] }, 1);
    const batch = new ScoreBatch();
    batch.add(table, 0, 0, made);
    made.cells.fill(0);
    batch.flush();
    expect(table.isMatch(0, 0)).toBe(true);
  });

  test('refuses a capacity that is no positive integer', () => {
    for (const capacity of [0, -1, 1.5, Number.NaN]) {
      expect(() => new ScoreBatch({ capacity })).toThrow('expected an integer from 1');
    }
  });

  test('outputs of many tasks mix in any order, at any capacity', () => {
    const small = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.nat(2))
      .map(([h, w, colour]) => {
        return { height: h, width: w, cells: new Uint8Array(h * w).fill(colour) };
      });
    const task = fc.array(small, { minLength: 1, maxLength: 4 });
    const rows = fc.array(fc.tuple(fc.nat(), fc.nat(), small), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(task, { minLength: 1, maxLength: 40 }),
        rows,
        fc.integer({ min: 1, max: 20 }),
        (tasks, made, capacity) => {
          const tables = tasks.map((outputs) => {
            return new ScoreTable({ demo: outputs.map((grid) => ({ input, output: grid })), test: [] }, made.length);
          });
          const batch = new ScoreBatch({ capacity });
          const placed = made.map(([t, s, grid], candidate) => {
            const table = tables[t % tables.length]!;
            const sample = s % table.samples;
            batch.add(table, candidate, sample, grid);
            return { table, candidate, sample, grid };
          });
          batch.flush();
          for (const { table, candidate, sample, grid } of placed) {
            const want = table.expected[sample]!;
            const sameShape = grid.height === want.height && grid.width === want.width;
            const same = sameShape && grid.cells[0] === want.cells[0];
            expect(table.verdict(candidate, sample)).toBe(same ? 'ok' : sameShape ? 'mismatch' : 'shape');
          }
          const undecided = tables.reduce((sum, table) => sum + table.undecided, 0);
          expect(undecided).toBe(tables.reduce((sum, table) => sum + table.samples * made.length, 0) - made.length);
        },
      ),
    );
  });
});
