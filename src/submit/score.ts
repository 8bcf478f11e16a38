// The score of a submission where solutions are known.
import type { Task } from '../arc/task.ts';
import { gridText } from '../results/gridText.ts';
import type { Submission } from './submission.ts';

/** A submission's figures. They are of the tasks whose every test output is known, whether the run did them or not. */
export interface SubmissionScore {
  /**
   * Test outputs that one of the two attempts is, and test outputs. Kaggle's score is their quotient: each counts 1 or 0,
   * whatever its task.
   */
  readonly outputs: readonly [right: number, all: number];
  /** Tasks with every test output right, and tasks. */
  readonly tasks: readonly [right: number, all: number];
  /** The mean over the tasks of their share of right test outputs: so each task counts alike. */
  readonly mean: number;
}

/** Tasks with a test output that is not known. */
export function unscored(tasks: readonly Task[]): string[] {
  return tasks.filter((task) => !isKnown(task)).map(({ id }) => id);
}

/** @returns undefined where no task has its solutions */
export function scoreSubmission({ answers }: Submission, tasks: readonly Task[]): SubmissionScore | undefined {
  const known = tasks.filter((task) => task.test.length > 0 && isKnown(task));
  if (known.length === 0) return undefined;
  const right = known.map(({ id, test }) => {
    const list = answers.get(id)!;
    return test.filter(({ output }, k) => list[k]!.attempts.includes(gridText(output!))).length;
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
  return {
    outputs: [sum(right), sum(known.map(({ test }) => test.length))],
    tasks: [right.filter((n, k) => n === known[k]!.test.length).length, known.length],
    mean: sum(right.map((n, k) => n / known[k]!.test.length)) / known.length,
  };
}

function isKnown({ test }: Task): boolean {
  return test.every(({ output }) => output !== null);
}
