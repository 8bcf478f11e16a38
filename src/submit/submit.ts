// Makes the submission of a run, writes it and looks at what was written.
import { realpathSync } from 'node:fs';
import { ArcError } from '../arc/error.ts';
import { ARC_SIDE } from '../arc/grid.ts';
import type { Task } from '../arc/task.ts';
import { replaceFile } from '../files/wholeFile.ts';
import type { RunResults } from '../results/read.ts';
import { checkSubmission } from './check.ts';
import { SubmitError, tasksOf } from './data.ts';
import { type SubmissionScore, scoreSubmission, unscored } from './score.ts';
import { type Submission, submissionOf, submissionText } from './submission.ts';

/** A submission that was written, and what there is to say about it. */
export interface Submitted extends Submission {
  readonly file: string;
  /** Undefined where no task has its solutions. */
  readonly score: SubmissionScore | undefined;
  /** Tasks with a test output that is not known: the score leaves them out. */
  readonly unscored: readonly string[];
}

/**
 * Writes the submission of a run, in one step, and checks the file against the tasks.
 * @param data see `tasksOf`
 * @throws ArcError, ResultsError or SubmitError for input that is missing, damaged or of something else; StoreError where the
 *   file cannot be written
 */
export async function submit(results: RunResults, file: string, data: readonly string[]): Promise<Submitted> {
  const tasks = tasksOf(results.run, data);
  checkSides(tasks);
  const submission = submissionOf(results, tasks);
  const inputs = new Set([results.file, ...tasks.map(({ source }) => source)].map(realPath));
  const there = realPath(file);
  if (there !== undefined && inputs.has(there))
    throw new SubmitError(`-o ${file}: that is a file that the submission is made from`);
  await replaceFile(file, submissionText(submission));
  try {
    checkSubmission(file, tasks);
  } catch (error) {
    if (!(error instanceof ArcError)) throw error;
    throw new Error(`the submission that was written is not valid: ${error.message}`, { cause: error });
  }
  return { ...submission, file, score: scoreSubmission(submission, tasks), unscored: unscored(tasks) };
}

/** Kaggle takes no larger grids, so such a task cannot be answered. @throws SubmitError */
function checkSides(tasks: readonly Task[]): void {
  for (const { id, test, source } of tasks) {
    for (const [k, { output }] of test.entries()) {
      if (output === null || (output.height <= ARC_SIDE && output.width <= ARC_SIDE)) continue;
      const found = `found ${output.height} × ${output.width}`;
      throw new SubmitError(
        `${source}: task ${id}, test ${k} output: ${found}, expected at most ${ARC_SIDE} × ${ARC_SIDE}: Kaggle takes no larger grids, so there is no submission for this task`,
      );
    }
  }
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined; // not there yet
  }
}
