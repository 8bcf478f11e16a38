// --first-mismatch: what is run has the verdict that it has without, and nothing is run after a failed sample.
import { describe, expect, test } from 'vitest';
import type { Sample, Task } from '../../../src/arc/task.ts';
import { READER } from '../../../src/engine/block.ts';
import { parseBattery } from '../../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../../src/pipeline/read/candidates.ts';
import { prepareRun } from '../../../src/pipeline/read/prepareRun.ts';
import { scoreTask, type TaskResult } from '../../../src/pipeline/score/scoreTask.ts';
import { scoreTasks } from '../../../src/pipeline/score/scoreTasks.ts';
import { useWorkerFile } from '../../engine/workerFile.ts';

const run = prepareRun({ batteries: [], data: [], selection: {} });
const worker = useWorkerFile();

async function results(more: object): Promise<TaskResult[]> {
  const found: TaskResult[] = [];
  for await (const result of scoreTasks(run, run.data.tasks, { ...more, worker })) found.push(result);
  return found;
}

/** The verdicts of all pairs, candidate by candidate. */
function verdicts({ table, candidates }: TaskResult): string[][] {
  return candidates.map(({ candidate }) =>
    Array.from({ length: table.samples }, (_, sample) => table.verdict(candidate, sample)),
  );
}

/** What is left of verdicts when nothing is run after a sample that is not `ok`. */
function spared(row: readonly string[]): string[] {
  const failed = row.findIndex((verdict) => verdict !== 'ok');
  return row.map((verdict, sample) => (failed >= 0 && sample > failed ? 'not_run' : verdict));
}

describe('first mismatch', () => {
  test('in this thread and in others, whole blocks', async () => {
    const all = await results({ jobs: 1 });
    const wanted = all.map((result) => verdicts(result).map(spared));
    expect(wanted.flat(2).filter((verdict) => verdict === 'not_run').length).toBeGreaterThan(1000);
    for (const more of [{ jobs: 1 }, { jobs: 3, worthWorkers: 0 }, { jobs: 1, budget: 0 }]) {
      const found = await results({ ...more, firstMismatch: true });
      expect(found.map(verdicts)).toEqual(wanted);
      expect(found.map(({ verdicts: { not_run } }) => not_run)).toEqual(
        wanted.map((rows) => rows.flat().filter((verdict) => verdict === 'not_run').length),
      );
    }
  });

  test('a sample without a known output fails who makes no grid of it', () => {
    const grid = { height: 1, width: 1, cells: Uint8Array.of(1) };
    const known: Sample = { input: grid, output: grid };
    const unknown: Sample = { input: grid, output: null };
    const task: Task = { id: 't', source: 't.json', demo: [known], test: [unknown, known] };
    const source = [
      'def solve_same(I):\n    x1 = vmirror(I)\n    return x1\n',
      'def solve_none(I):\n    x1 = palette(I)\n    return x1\n',
    ].join('\n');
    const set = buildGraph([parseBattery(source, { file: 'a.py' })]);
    expect(verdicts(scoreTask(set, task, { firstMismatch: true }))).toEqual([
      ['ok', 'ok', 'ok'],
      ['not_grid', 'not_run', 'not_run'],
    ]);
    const hidden: Task = { ...task, demo: [unknown, known] };
    expect(verdicts(scoreTask(set, hidden, { firstMismatch: true }))).toEqual([
      ['ok', 'ok', 'ok', 'ok'],
      ['not_grid', 'not_run', 'not_run', 'not_run'],
    ]);
  });
});

describe('first mismatch where workers end', () => {
  // at candidate 7 the worker exits: its block is divided, and parts of it may run what a mismatch would have spared
  const faulty = useWorkerFile(`{
    const store = Atomics.store;
    Atomics.store = (array, index, value) => {
      const stored = store(array, index, value);
      if (index === ${READER} && value === 7) process.exit(1);
      return stored;
    };
  }`);

  test('the others keep what they have without', async () => {
    const whole = (await results({ jobs: 1 })).slice(0, 3).map((result) => verdicts(result).map(spared));
    const found: TaskResult[] = [];
    const tasks = run.data.tasks.slice(0, 3);
    const options = { jobs: 1, budget: 0, firstMismatch: true, worker: faulty };
    for await (const result of scoreTasks(run, tasks, options)) found.push(result);
    for (const [k, result] of found.entries()) {
      const rows = verdicts(result);
      expect(rows[7]![0]).toBe('crash');
      rows.forEach((row, candidate) => {
        if (candidate !== 7) expect(row).toEqual(whole[k]![candidate]);
      });
    }
  });
});
