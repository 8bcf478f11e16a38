import { expect, test } from 'vitest';
import type { ArcGrid } from '../../../src/arc/grid.ts';
import type { Task } from '../../../src/arc/task.ts';
import { parseBattery } from '../../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../../src/pipeline/read/candidates.ts';
import { scoreTask } from '../../../src/pipeline/score/scoreTask.ts';

function grid(...rows: number[][]): ArcGrid {
  return { height: rows.length, width: rows[0]!.length, cells: Uint8Array.from(rows.flat()) };
}

const task: Task = {
  id: 'flip',
  demo: [
    { input: grid([1, 2]), output: grid([2, 1]) },
    { input: grid([3, 3]), output: grid([3, 3]) },
  ],
  test: [{ input: grid([4, 5, 6]), output: grid([6, 5, 4]) }],
  source: 'here',
};

const battery = (file: string, ...bodies: [string, string][]) =>
  parseBattery(bodies.map(([name, text]) => `def ${name}(I):\n    ${text}\n`).join(''), { file });

test('each candidate has its own score; ids sum over their programs, duplicates and files', () => {
  const one = battery(
    'one.py',
    ['solve_a', 'return vmirror(I)'],
    ['solve_b', 'return I'],
    ['solve_c', 'return vmirror(I)'],
  );
  const two = battery('two.py', ['solve_a', 'return hmirror(I)'], ['solve_b', 'return vmirror(I)']);
  const { counts, candidates, scores, verdicts } = scoreTask(buildGraph([one, two]), task);
  expect(counts).toEqual({ read: 5, invalid: 0, duplicate: 2, skipped: 0, scored: 3, pairs: 15 });
  expect(
    candidates.map(({ candidate: { solverId, also, source }, score: { oScore } }) => [solverId, also, source, oScore]),
  ).toEqual([
    ['a', ['c', 'b'], 'one.py', 3],
    ['b', [], 'one.py', 1],
    ['a', [], 'two.py', 1],
  ]);
  expect(Object.fromEntries(scores)).toEqual({ a: 4, b: 4, c: 3 });
  expect(verdicts).toEqual({ ok: 5, mismatch: 4 });
});

test('an id may be called as JavaScript objects call their own', () => {
  const set = buildGraph([
    battery('x.py', ['solve___proto__', 'return vmirror(I)'], ['solve_constructor', 'return I']),
  ]);
  expect([...scoreTask(set, task).scores]).toEqual([
    ['__proto__', 3],
    ['constructor', 1],
  ]);
});

test('verdicts that are no comparison', () => {
  const set = buildGraph([
    battery(
      'x.py',
      ['solve_a', 'return first(ZERO)'],
      ['solve_b', 'return shape(I)'],
      ['solve_c', 'return upscale(I, TEN)'],
    ),
  ]);
  const { candidates, counts } = scoreTask(set, task, { budget: 20 });
  expect(candidates.map(({ score }) => score.verdicts)).toEqual([
    { 'error:TypeError': 3 },
    { not_grid: 3 },
    { budget: 3 },
  ]);
  expect(counts.pairs).toBe(2);
});

test('the time of finding duplicates is booked once, and the whole is the sum of its parts', () => {
  const { timing } = scoreTask(buildGraph([battery('x.py', ['solve_a', 'return I'])]), task);
  expect(timing.get('main.run_batt')).toBeCloseTo(
    timing.get('run_batt.check_batt')! + timing.get('run_batt.phase1_filter')!,
  );
});
