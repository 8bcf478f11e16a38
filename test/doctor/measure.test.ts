// What is measured, and on what.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { EXACT, MATCH_WORDS, SAME_SHAPE } from '../../kernels/gridMatch/op.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import type { CrossoverPoint } from '../../src/backend/crossover.ts';
import { makeComparisons } from '../../src/doctor/comparisons.ts';
import { isFrom } from '../../src/doctor/host.ts';
import { measure } from '../../src/doctor/measure.ts';

describe('the comparisons', () => {
  test('are the same every time: right ones, wrong cells and wrong shapes', () => {
    const { outputs, expected, index } = makeComparisons(openCpu(), 900);
    const again = makeComparisons(openCpu(), 900);
    expect(outputs).toEqual(again.outputs);
    const rows = gridMatchReference(outputs, expected, index);
    const share = (word: number) => rows.filter((bit, at) => at % MATCH_WORDS === word && bit === 1).length / 900;
    expect(share(EXACT)).toBeGreaterThan(0.33);
    expect(share(EXACT)).toBeLessThan(0.45);
    expect(share(SAME_SHAPE)).toBeGreaterThan(0.65);
    expect(share(SAME_SHAPE)).toBeLessThan(0.9);
  });
});

describe('measure', () => {
  test('sizes one after the other, batch by batch, with the results of all', async () => {
    const cpu = openCpu();
    let compared = 0;
    const counting = {
      ...cpu,
      batchRows: 300,
      gridMatch: (...args: Parameters<typeof cpu.gridMatch>) => {
        compared += args[2].length;
        expect(args[2].length).toBeLessThanOrEqual(300);
        return cpu.gridMatch(...args);
      },
    };
    const points: CrossoverPoint[] = [];
    const totals: number[] = [];
    await measure(counting, (point) => {
      points.push(point);
      totals.push(compared);
    });
    expect(points.map(({ comparisons }) => comparisons)).toEqual([1e3, 1e4, 1e5, 1e6].slice(0, points.length));
    expect(points.length).toBeGreaterThan(0);
    for (const { seconds } of points) expect(seconds).toBeGreaterThan(0);
    // one to warm up and three at least
    for (const [k, { comparisons }] of points.entries()) {
      expect(totals[k]! - (totals[k - 1] ?? 0)).toBeGreaterThanOrEqual(4 * comparisons);
    }
  });

  test('a slow backend is left in time', async () => {
    const cpu = openCpu();
    let milliseconds = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => milliseconds);
    onTestFinished(() => void vi.restoreAllMocks());
    const slow = {
      ...cpu,
      batchRows: 1 << 20,
      async gridMatch(...args: Parameters<typeof cpu.gridMatch>) {
        milliseconds += args[2].length / 10; // 10,000 a second
        return cpu.gridMatch(...args);
      },
    };
    const points: CrossoverPoint[] = [];
    await measure(slow, (point) => points.push(point));
    expect(points.map(({ comparisons }) => comparisons)).toEqual([1e3]);
  });
});

test('isFrom: which versions of Node are supported', () => {
  const found = ['v20.18.9', 'v20.19.0', 'v20.20.2', 'v18.99.0', 'v24.0.0', 'v20.19.0-nightly'].map((version) =>
    isFrom(version, '>=20.19'),
  );
  expect(found).toEqual([false, true, true, false, true, true]);
});
