// How far the candidates of a run came on a task.
import type { TaskLine } from '../../results/lines.ts';
import { isSolved } from '../../results/rows.ts';

/** Each task is in one of them; `demos`: all demos right, but not (or not known to be) the tests. */
export type TaskState = 'solved' | 'demos' | 'some' | 'none' | 'missing';

/** The states from best to worst, with a sign and words for each. */
export const STATES: ReadonlyMap<TaskState, { readonly sign: string; readonly words: string }> = new Map([
  ['solved', { sign: '✓', words: 'solved' }],
  ['demos', { sign: '◆', words: 'all demos right' }],
  ['some', { sign: '◐', words: 'some demo right' }],
  ['none', { sign: '○', words: 'no demo right' }],
  ['missing', { sign: '–', words: 'no result' }],
]);

/** @param line undefined where the run has not come to the task */
export function stateOf(line: TaskLine | undefined): TaskState {
  if (line === undefined) return 'missing';
  if (isSolved(line)) return 'solved';
  const most = line.scores.demo.reduce((most, demo) => Math.max(most, demo), 0);
  if (most === 0) return 'none';
  return most === line.demos ? 'demos' : 'some';
}

/** Number of candidates that are right on every sample of a task, all of them with a known output. */
export function solversOf({ demos, tests, known, scores }: TaskLine): number {
  if (tests === 0 || known[0] !== demos || known[1] !== tests) return 0;
  let solvers = 0;
  for (let k = 0; k < scores.demo.length; k++) {
    if (scores.demo[k] === demos && (scores.test?.[k] ?? 0) === tests) solvers++;
  }
  return solvers;
}
