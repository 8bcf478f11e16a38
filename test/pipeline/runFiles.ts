// Runs from batteries and tasks in folders of their own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type PreparedRun, prepareRun, type RunRequest } from '../../src/pipeline/read/prepareRun.ts';
import type { TaskResult } from '../../src/pipeline/score/scoreTask.ts';
import type { RunScoringOptions } from '../../src/pipeline/score/scoreTasks.ts';
import { scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';

/** A folder for the tests of a file. */
export function useFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'batt-run-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A battery and tasks `t0`, `t1`, … whose outputs are their inputs, with a demo sample and a test sample of 1s. */
export function written(folder: string, text: string, tasks: number, side = 10, demoSide: number = side): RunRequest {
  const place = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(place, 'battery.py'), text);
  mkdirSync(join(place, 'tasks'));
  const sample = (length: number): object => {
    const grid = Array.from({ length }, () => Array(length).fill(1));
    return { input: grid, output: grid };
  };
  const task = JSON.stringify({ train: [sample(demoSide)], test: [sample(side)] });
  for (let k = 0; k < tasks; k++) writeFileSync(join(place, 'tasks', `t${k}.json`), task);
  return { batteries: [join(place, 'battery.py')], data: [join(place, 'tasks')], selection: {} };
}

/** The same, read. */
export function prepared(...args: Parameters<typeof written>): PreparedRun {
  return prepareRun(written(...args));
}

/** Scores the tasks of a run in this thread. */
export async function scored(
  run: PreparedRun,
  options: RunScoringOptions = {},
  afterSample?: (done: number) => void,
): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  const all = scoreTasks(run, run.data.tasks, { jobs: 1, ...options }, afterSample);
  for await (const result of all) results.push(result);
  return results;
}

/**
 * Distinct programs of cheap calls, at most 4096.
 * @param end of each, from `x2`, which is the input where it has only 1s
 */
export function manyPrograms(count: number, end = 'identity(x2)'): string {
  const names = ['ZERO', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT'];
  return Array.from({ length: count }, (_, k) => {
    const calls = [0, 1].map((c) => {
      const [a, b] = [names[(k >> (6 * c)) & 7], names[(k >> (6 * c + 3)) & 7]];
      return `    x${c + 1} = replace(${c === 0 ? 'I' : `x${c}`}, ${a}, ${b})\n`;
    });
    return `def solve_m${k}(I):\n${calls.join('')}    O = ${end}\n    return O\n`;
  }).join('\n');
}
