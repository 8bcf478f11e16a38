// The sums over all tasks of a run.
import type { PreparedRun } from './run.ts';
import type { TaskResult } from './scoreTask.ts';
import { Clock } from './timing.ts';

/** Adds up the results of tasks. */
export class Totals {
  readonly clock: Clock = new Clock();
  readonly verdicts: Map<string, number> = new Map();
  tasks = 0;
  /** Tasks that some candidate gets right on every sample, of those whose every output is known. */
  solved = 0;
  pairs = 0;
  /** Evaluations: scored candidates × samples. */
  runs = 0;

  constructor(run: PreparedRun) {
    this.clock.add(run.timing);
  }

  add(result: TaskResult): void {
    this.tasks++;
    if (isSolved(result)) this.solved++;
    this.pairs += result.counts.pairs;
    for (const [verdict, n] of Object.entries(result.verdicts)) {
      this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + n);
      this.runs += n;
    }
    this.clock.add(result.timing);
  }

  /** Seconds spent on scoring: filtering, evaluation and comparison. */
  get seconds(): number {
    return this.clock.timing.get('main.run_batt') ?? 0;
  }
}

/** Whether some candidate is right on every demo and test sample of a task, all of them with a known output. */
export function isSolved({ demos, tests, candidates }: TaskResult): boolean {
  return candidates.some(({ score }) => score.oScore === demos + tests);
}
