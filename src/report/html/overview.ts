// What the tasks of a run add up to; of a run that is not finished, those it has done.
import { Clock, type Timing } from '../../pipeline/timing.ts';
import type { RunLine, SummaryLine, TaskLine } from '../../results/lines.ts';
import type { RunResults } from '../../results/read.ts';
import { stateOf, type TaskState } from './state.ts';

/** Sums over the tasks of a run. */
export class Overview {
  readonly run: RunLine;
  readonly summary: SummaryLine | undefined;
  readonly states: Map<TaskState, number> = new Map();
  readonly verdicts: Map<string, number> = new Map();
  readonly backends: Set<string> = new Set();
  /** What was said when a backend was lost. */
  readonly lost: Set<string> = new Set();
  /** Tasks that the deadline cut. */
  cut = 0;
  pairs = 0;
  /** Whether some test output is known, so that a task can be solved. */
  testsKnown = false;
  readonly #clock = new Clock();

  constructor({ run, summary }: RunResults) {
    this.run = run;
    this.summary = summary;
  }

  /** @param line undefined where the run has not come to the task */
  add(line: TaskLine | undefined): void {
    const state = stateOf(line);
    this.states.set(state, (this.states.get(state) ?? 0) + 1);
    if (line === undefined) return;
    for (const [verdict, n] of Object.entries(line.verdicts)) {
      this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + n);
    }
    const { backend, device, fellBack } = line;
    this.backends.add(device === '' ? backend : `${backend}, ${device}`);
    if (fellBack !== undefined) this.lost.add(`${fellBack.from} → ${fellBack.to}: ${fellBack.reason}`);
    if (line.cut !== undefined) this.cut++;
    if (line.known[1] > 0) this.testsKnown = true;
    this.pairs += line.counts.pairs;
    this.#clock.add(new Map(Object.entries(line.timing)));
  }

  get tasks(): number {
    let tasks = 0;
    for (const n of this.states.values()) tasks += n;
    return tasks;
  }

  /** Seconds by key: of the whole run, or of its tasks where it is not finished. */
  get timing(): Timing {
    return this.summary === undefined ? this.#clock.timing : new Map(Object.entries(this.summary.timing));
  }

  /** The sums of a run. */
  static of(results: RunResults): Overview {
    const overview = new Overview(results);
    for (const [, line] of taskLines(results)) overview.add(line);
    return overview;
  }
}

/** The ids of the tasks that a run does: those of its shard. */
export function tasksOf({ data, shard }: RunLine): readonly string[] {
  return data.tasks.filter((_, k) => k % shard.of === shard.index - 1);
}

/** The tasks that a run does with their lines, undefined where it has not come to one. */
export function* taskLines(results: RunResults): Generator<readonly [id: string, line: TaskLine | undefined]> {
  const lines = results.tasks();
  let next = lines.next();
  for (const id of tasksOf(results.run)) {
    const line = next.done !== true && next.value.task === id ? next.value : undefined;
    if (line !== undefined) next = lines.next();
    yield [id, line];
  }
}
