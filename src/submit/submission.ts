// From the results of a run to Kaggle's submission: two attempts for every test input of every task.
import type { Task } from '../arc/task.ts';
import { gridRows } from '../results/gridText.ts';
import type { TaskLine } from '../results/lines.ts';
import { ResultsError, type RunResults } from '../results/read.ts';
import { type Answer, answerOf } from './answer.ts';

/** What is submitted. */
export interface Submission {
  /** Tasks in the order of the data, with an answer a test input. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  /** Tasks that the run has no result of, and those whose result was cut by its deadline. */
  readonly missing: readonly string[];
  readonly cut: readonly string[];
}

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
    outputs.set(line.task, outputsOf(line, testsOf.get(line.task)!, results.where(line.task)));
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

/** @param where file and line of the results */
function outputsOf({ task, attempts = [] }: TaskLine, tests: number, where: string): string[][] {
  if (attempts.length > 0 && attempts.length !== tests) {
    const expected = `${tests}, one for each test input of task ${task}`;
    throw new ResultsError(`${where}: attempts: found a list of ${attempts.length}, expected ${expected}`);
  }
  return attempts.map((list) => list.map(({ grid }) => grid));
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
