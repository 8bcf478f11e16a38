// What a run leaves on disk, task by task: files of the best programs, and a line of its results.
import { basename } from 'node:path';
import type { Backend } from '../../../kernels/backend.ts';
import type { Task } from '../../arc/task.ts';
import { refuseLinksOut } from '../../files/linksOut.ts';
import { runsIn } from '../../results/find.ts';
import type { TaskLine } from '../../results/lines.ts';
import type { RunResults } from '../../results/read.ts';
import { Showcase, type Shown } from '../answer/showcase.ts';
import type { PreparedRun } from '../read/prepareRun.ts';
import { RunOver, type RunStop } from '../runStop.ts';
import type { SavedTask } from '../save/savedTask.ts';
import { Saver, type SaverOptions } from '../save/saver.ts';
import type { TaskResult } from '../score/scoreTask.ts';
import { RunLock } from './runLock.ts';
import { type RecordPlan, RunRecord } from './runRecord.ts';
import { TaskLines } from './taskLines.ts';
import type { Totals } from './totals.ts';

/** How a run is kept. */
export interface RunKeeperOptions extends SaverOptions, RecordPlan {
  /** Whether a run in the output folder is gone on with: the one of an id, or the latest, if there is one. */
  readonly resume: boolean | string;
  readonly stop: RunStop;
  /** `performance.now()` from which the showcase runs nothing any more. */
  readonly showUntil: number;
}

export class RunKeeper {
  readonly #out: string;
  readonly #record: RunRecord;
  readonly #saver: Saver;
  readonly #showcase: Showcase;
  readonly #lines: TaskLines;
  readonly #stop: RunStop;
  #lost = false;

  private constructor(record: RunRecord, run: PreparedRun, backend: Backend, options: RunKeeperOptions) {
    this.#out = options.out;
    this.#record = record;
    this.#saver = new Saver(run, options);
    this.#showcase = new Showcase(run.set, { ...options, stopAt: options.showUntil });
    this.#lines = new TaskLines(run.set, backend);
    this.#stop = options.stop;
  }

  /**
   * Begins to keep a run, or goes on with one.
   * @throws StoreError, ResumeError, ResultsError as `RunRecord` does
   */
  static async open(run: PreparedRun, backend: Backend, options: RunKeeperOptions): Promise<RunKeeper> {
    const { out, resume } = options;
    await refuseLinksOut(out);
    const id = typeof resume === 'string' ? resume : undefined;
    const resumed = resume === false ? undefined : await RunRecord.resume(run, options, id);
    return new RunKeeper(resumed ?? (await RunRecord.begin(run, options)), run, backend, options);
  }

  /** The folder of the run. */
  get folder(): string {
    return this.#record.folder;
  }

  /** The other runs of the output folder that are going on now. */
  get others(): readonly { readonly id: string; readonly pid: number }[] {
    return runsIn(this.#out).flatMap((folder) => {
      const pid = folder === this.folder ? undefined : RunLock.holder(folder);
      return pid === undefined ? [] : [{ id: basename(folder), pid }];
    });
  }

  /** What earlier calls have done of the run that is gone on with; undefined for a new one. */
  get before(): RunResults | undefined {
    return this.#record.before;
  }

  /** Lines of the results that were damaged: file, line and what is wrong. Their tasks are done again. */
  get damage(): readonly string[] {
    return this.#record.damage;
  }

  /**
   * Saves what scoring a task gave. What was cut by the deadline, or is not validated before it, is done again when the run goes
   * on: files that it has by then change nothing, see `SavingLine`.
   * @returns undefined where the run was interrupted before the task was validated: it is left out
   * @throws AccountsError when the sums do not add up
   */
  async save(task: Task, scored: TaskResult): Promise<TaskLine | undefined> {
    let shown: Shown | undefined;
    try {
      shown = await this.#showcase.of(task, scored);
      const saved = scored.cut === undefined ? await this.#saved(task, scored) : undefined;
      return this.#lines.of(scored, saved, shown);
    } catch (error) {
      if (!(error instanceof RunOver)) throw error;
      return this.#stop.interrupted ? undefined : { ...this.#lines.of(scored, undefined, shown), cut: 'deadline' };
    }
  }

  async #saved(task: Task, scored: TaskResult): Promise<SavedTask> {
    this.#stop.throwIfOver();
    const known = this.#record.before?.saving.get(task.id);
    const lowest = known === undefined ? await this.#saver.lowestScore(task.id) : (known ?? Number.NEGATIVE_INFINITY);
    if (known === undefined) await this.#record.addSaving(task.id, lowest);
    return this.#saver.save(task, scored, lowest);
  }

  /** Adds the line of a task. @throws StoreError where it cannot be written */
  async add(line: TaskLine): Promise<void> {
    try {
      await this.#record.add(line);
    } catch (error) {
      this.#lost = true;
      throw error;
    }
  }

  /**
   * Ends the run: its lines are on the disk.
   * @param ended whether it came to its end, be it by the deadline; a run with a line that could not be written did not
   * @param seconds that this process took
   * @throws StoreError where that cannot be done
   */
  async close(ended: boolean, totals: Totals, tasks: number, seconds: number): Promise<void> {
    const isWhole = totals.tasks - totals.cut === tasks && this.before?.done.size === tasks;
    const again = isWhole && this.before?.summary !== undefined;
    try {
      await this.#saver.close();
      if (ended && !this.#lost && !again) await this.#record.addSummary(totals, tasks, seconds);
    } finally {
      await this.#record.close();
    }
  }
}
