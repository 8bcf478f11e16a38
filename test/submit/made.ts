// Data sets and results of runs, made up for the tests of submissions.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { datasetDigest } from '../../src/arc/digest.ts';
import type { Task } from '../../src/arc/task.ts';
import { gridRows, gridText } from '../../src/results/gridText.ts';
import { RESULTS_SCHEMA, type ResultLine, type RunLine, type TaskLine } from '../../src/results/lines.ts';
import { type RunResults, readResults } from '../../src/results/read.ts';
import { resultsText } from '../results/sealedLines.ts';

/** A task as texts of grids; its demo is of no matter. */
export interface MadeTask {
  readonly id: string;
  readonly test: readonly (readonly [input: string, output: string | null])[];
}

/** Attempts by task: for each test input the texts of the outputs that were found. */
export type Found = Readonly<Record<string, readonly (readonly string[])[]>>;

const DEMO = [{ input: [[1]], output: [[1]] }];

/** Kaggle's challenges file, the tasks in order. */
function challengesText(tasks: readonly MadeTask[]): string {
  const lines = tasks.map(({ id, test }) => {
    const challenge = { train: DEMO, test: test.map(([input]) => ({ input: gridRows(input) })) };
    return `${JSON.stringify(id)}: ${JSON.stringify(challenge)}`;
  });
  return `{${lines.join(', ')}}`;
}

/** Kaggle's solutions file, with the tasks whose every output is known. */
export function solutionsText(tasks: readonly MadeTask[]): string {
  const known = tasks.filter(({ test }) => test.every(([, output]) => output !== null));
  return `{${known
    .map(({ id, test }) => `${JSON.stringify(id)}: ${JSON.stringify(test.map(([, output]) => gridRows(output!)))}`)
    .join(', ')}}`;
}

export class MadeFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'batt-submit-'));

  /** Writes a file and returns its path. */
  write(name: string, text: string): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Writes a data set as Kaggle has it and returns the path of its challenges file. */
  data(name: string, tasks: readonly MadeTask[]): string {
    if (tasks.some(({ test }) => test.every(([, output]) => output !== null))) {
      this.write(`${name}_solutions.json`, solutionsText(tasks));
    }
    return this.write(`${name}_challenges.json`, challengesText(tasks));
  }

  /** Writes the results of a run and reads them. */
  results(name: string, lines: readonly (ResultLine | object)[]): RunResults {
    return readResults(this.write(join(name, 'results.jsonl'), resultsText(lines)));
  }
}

/** A folder for the tests of one file. */
export function useMade(): MadeFolder {
  const folder = new MadeFolder();
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** The first line of a run on some tasks of a data set. */
export function runLine(tasks: readonly Task[], part: string): RunLine {
  const counts = { read: 0, invalid: 0, duplicate: 0, skipped: 0, scored: 0 };
  return {
    schema: RESULTS_SCHEMA,
    type: 'run',
    id: 'made',
    engine: '0',
    node: 'v0',
    started: '2026-01-01T00:00:00.000Z',
    flags: {},
    batteries: [],
    data: { name: part, parts: [part], digest: datasetDigest(tasks), tasks: tasks.map(({ id }) => id) },
    shard: { index: 1, of: 1 },
    counts,
    invalid: [],
    strays: [],
  };
}

/** The line of a task with the outputs that were found. */
function taskLine({ id, demo, test }: Task, found: Found[string]): TaskLine {
  return {
    schema: RESULTS_SCHEMA,
    type: 'task',
    task: id,
    demos: demo.length,
    tests: test.length,
    known: [demo.length, test.filter(({ output }) => output !== null).length],
    counts: { read: 0, invalid: 0, duplicate: 0, skipped: 0, scored: 0, pairs: 0 },
    scores: { demo: [], test: null, cells: [], verdicts: [], kinds: [] },
    best: [],
    verdicts: {},
    attempts: found.map((grids) => grids.map((grid) => ({ grid, demo: 1, votes: 1, size: 1, candidate: 0 }))),
    timing: {},
    backend: 'cpu',
    device: 'made',
  };
}

/** The results of a run on tasks, those without an entry in `found` not done. */
export function linesOf(tasks: readonly Task[], part: string, found: Found): ResultLine[] {
  const done = tasks.filter(({ id }) => Object.hasOwn(found, id));
  const candidate = { solver_id: 'solve_made', also: [], source: 'made.py', line: 1, size: 1 };
  const candidates: ResultLine = { schema: RESULTS_SCHEMA, type: 'candidates', first: 0, rows: [candidate] };
  return [runLine(tasks, part), candidates, ...done.map((task) => taskLine(task, found[task.id]!))];
}

/** The text of each test input. */
export function inputsOf({ test }: Task): string[] {
  return test.map(({ input }) => gridText(input));
}
