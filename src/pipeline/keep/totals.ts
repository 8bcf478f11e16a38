// The sums over all tasks of a run.
import type { TaskLine } from '../../results/lines.ts';
import { hasDemosRight, isSolved } from '../../results/rows.ts';
import { Clock, type Timing } from '../timing.ts';

/** Adds up the results of tasks. */
export class Totals {
  readonly clock: Clock = new Clock();
  readonly verdicts: Map<string, number> = new Map();
  tasks = 0;
  /** Tasks of them that were cut by the deadline. */
  cut = 0;
  /** Tasks that some candidate gets right on every sample, of those whose every output is known. */
  solved = 0;
  /** Tasks that some candidate gets right on every demo. */
  demosRight = 0;
  /** Whether some test output is known, so that a task can be solved. */
  testsKnown = false;
  pairs = 0;
  /** Candidates, summed over the tasks, that were to have a link and have none. */
  unlinked = 0;
  /** (candidate, sample) pairs that were run. */
  runs = 0;
  /** Tasks that earlier processes of the run have done, their runs, and what they took: how long a process lived that was killed nobody knows. */
  readonly before: { tasks: number; runs: number; seconds: number } = { tasks: 0, runs: 0, seconds: 0 };

  /** @param timing of loading and parsing */
  constructor(timing: Timing) {
    this.clock.add(timing);
  }

  /** Adds a task that an earlier process has done. */
  addBefore(line: TaskLine): void {
    this.add(line);
    this.before.tasks = this.tasks;
    this.before.runs = this.runs;
    this.before.seconds += line.timing['main.run_batt'] ?? 0;
  }

  add(line: TaskLine): void {
    this.tasks++;
    if (line.cut !== undefined) this.cut++;
    if (isSolved(line)) this.solved++;
    if (hasDemosRight(line)) this.demosRight++;
    if (line.known[1] > 0) this.testsKnown = true;
    this.pairs += line.counts.pairs;
    for (const { candidates } of line.unlinked ?? []) this.unlinked += candidates.length;
    for (const [verdict, n] of Object.entries(line.verdicts)) {
      this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + n);
      if (verdict !== 'not_run') this.runs += n;
    }
    this.clock.add(new Map(Object.entries(line.timing)));
  }
}
