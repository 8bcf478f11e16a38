// From the results of a run to Kaggle's submission: two attempts for every test input of every task.
import type { Task } from '../arc/task.ts';
import { gridRows } from '../store/results/gridText.ts';
import type { TaskLine } from '../store/results/lines.ts';
import { ResultsError, type RunResults } from '../store/results/read.ts';
import { type Answer, answerOf } from './answer.ts';

/** What is submitted. */
export interface Submission {
  /** Tasks in the order of the data, with an answer a test input. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  /** Tasks that the run has no result of, and those whose result was cut by its deadline. */
  readonly missing: readonly string[];
  readonly cut: readonly string[];
}

/** The texts of grids that an answer may be: 1 to 30 rows of 1 to 30 cells 0..9; their rows are equally long. */
const GRID = /^\d{1,30}(\/\d{1,30}){0,29}$/;

/**
 * Takes the attempts that the results of a run list for each test input.
 * @param tasks all tasks of its data
 * @throws ResultsError where the results are damaged
 */
export function submissionOf(results: RunResults, tasks: readonly Task[]): Submission {
  const outputs = new Map<string, readonly (readonly string[])[]>();
  const cut: string[] = [];
  const testsOf = new Map(tasks.map(({ id, test }) => [id, test.length]));
  for (const line of results.tasks()) {
    outputs.set(line.task, outputsOf(line, testsOf.get(line.task)!, results.file));
    if (line.cut !== undefined) cut.push(line.task);
  }
  return {
    answers: new Map(
      tasks.map(({ id, test }) => [id, test.map(({ input }, k) => answerOf(input, outputs.get(id)?.[k] ?? []))]),
    ),
    missing: tasks.filter(({ id }) => !outputs.has(id)).map(({ id }) => id),
    cut,
  };
}

function outputsOf({ task, attempts = [] }: TaskLine, tests: number, file: string): string[][] {
  const damaged = (found: string): ResultsError =>
    new ResultsError(
      `${file}: task ${task}: found ${found}, expected the grids of the attempts at ${tests} test outputs`,
    );
  if (!Array.isArray(attempts)) throw damaged('attempts that are no list');
  if (attempts.length > 0 && attempts.length !== tests) throw damaged(`attempts at ${attempts.length}`);
  return attempts.map((list: unknown) => {
    if (!Array.isArray(list)) throw damaged('attempts that are no list');
    return list.map((attempt: { readonly grid?: unknown } | null) => {
      const grid = attempt?.grid;
      if (typeof grid !== 'string' || !isGrid(grid)) throw damaged(`the grid ${JSON.stringify(grid)}`);
      return grid;
    });
  });
}

function isGrid(text: string): boolean {
  return GRID.test(text) && new Set(text.split('/').map((row) => row.length)).size === 1;
}

/** The text of `submission.json`, a task a line. */
export function submissionText({ answers }: Submission): string {
  // not by one JSON.stringify: an object puts ids such as 22168020 before all others
  const lines = Array.from(answers, ([id, list]) => {
    const outputs = list.map(({ attempts: [first, second] }) => {
      return { attempt_1: gridRows(first), attempt_2: gridRows(second) };
    });
    return `${JSON.stringify(id)}: ${JSON.stringify(outputs)}`;
  });
  return `{${lines.join(',\n')}}\n`;
}
