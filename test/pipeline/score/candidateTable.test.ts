// The verdicts of a task, asked for with candidates.
import { expect, test } from 'vitest';
import type { Task } from '../../../src/arc/task.ts';
import { parseBattery } from '../../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../../src/pipeline/read/candidates.ts';
import { scoreTask } from '../../../src/pipeline/score/scoreTask.ts';

const grid = (...cells: number[]) => ({ height: 1, width: cells.length, cells: Uint8Array.from(cells) });
const task: Task = { id: 'a', source: 'a.json', demo: [{ input: grid(1, 2), output: grid(2, 1) }], test: [] };
const solver = (id: string, result: string) => `def solve_${id}(I):\n    return ${result}\n`;
const text = solver('one', 'hmirror(I)') + solver('same', 'hmirror(I)') + solver('two', 'vmirror(I)');

test('a candidate has its own verdict where there are duplicates before it', () => {
  const set = buildGraph([parseBattery(text + solver('three', 'shape(I)'), { file: 'x.py' })]);
  const { table, candidates } = scoreTask(set, task);
  expect(candidates.map(({ candidate }) => [candidate.solverId, table.verdict(candidate, 0)])).toEqual([
    ['one', 'mismatch'],
    ['two', 'ok'],
    ['three', 'not_grid'],
  ]);
  expect(candidates.map(({ candidate }) => table.isMatch(candidate, 0))).toEqual([false, true, false]);
  // @ts-expect-error a number is no candidate
  expect(() => table.verdict(1, 0)).toThrow(RangeError);
});

test('a candidate of another graph, and a sample that is not there, are refused', () => {
  const of = () => scoreTask(buildGraph([parseBattery(text, { file: 'x.py' })]), task);
  const [one, other] = [of(), of()];
  expect(() => one.table.verdict(other.candidates[0]!.candidate, 0)).toThrow(
    'found the candidate one of another graph, expected one of those scored',
  );
  expect(() => one.table.verdict(one.candidates[0]!.candidate, 1)).toThrow('found sample 1, expected one from 0 to 0');
});
