// The results of a run on disk: OUT/runs/<id>/results.jsonl, begun anew or gone on with.
import { basename, dirname, join, resolve } from 'node:path';
import { RESULTS, runsIn } from '../../results/find.ts';
import { RESULTS_SCHEMA, type RunLine, type TaskLine } from '../../results/lines.ts';
import { hasLine, type RunResults, readResults } from '../../results/read.ts';
import { withoutDamage } from '../../results/rewrite.ts';
import { rounded } from '../../results/rounded.ts';
import { ResultsFile, runId } from '../../results/write.ts';
import type { PreparedRun } from '../read/prepareRun.ts';
import { ResumeError, RunLock } from './runLock.ts';
import { candidateRows, timingFields } from './taskLines.ts';
import type { Totals } from './totals.ts';

/** What a run is to be, as far as its results say. */
export interface RecordPlan {
  readonly out: string;
  /** What the results of a run depend on beside its batteries and tasks. */
  readonly flags: RunLine['flags'];
  readonly engine: string;
  /** `datasetDigest` and ids of all tasks that were selected, those of other shards too. */
  readonly digest: string;
  readonly tasks: readonly string[];
  readonly shard: RunLine['shard'];
}

/** The record of a run, to which its lines are added. */
export class RunRecord {
  readonly #file: ResultsFile;
  /** What earlier calls have done of this run. */
  readonly before: RunResults | undefined;
  /** Lines of it that were damaged, and are no longer there. */
  readonly damage: readonly string[];

  private constructor(file: ResultsFile, before: RunResults | undefined, damage: readonly string[]) {
    this.#file = file;
    this.before = before;
    this.damage = damage;
  }

  /**
   * Begins a new run.
   * @throws StoreError where its folder cannot be written
   */
  static async begin(run: PreparedRun, plan: RecordPlan): Promise<RunRecord> {
    const now = new Date();
    const id = runId(now);
    const { set, data, batteries } = run;
    const file = await ResultsFile.create(join(plan.out, 'runs', id));
    await RunLock.take(file.folder);
    const record = new RunRecord(file, undefined, []);
    await file.add({
      schema: RESULTS_SCHEMA,
      type: 'run',
      id,
      engine: plan.engine,
      node: process.version,
      started: now.toISOString(),
      flags: plan.flags,
      batteries: batteries.map(({ file, digest }) => ({ file, digest })),
      data: {
        name: data.name,
        parts: data.parts.map((part) => resolve(part)),
        digest: plan.digest,
        tasks: plan.tasks,
        ...(data.demos === undefined ? {} : { demos: data.demos }),
        ...(data.chosen.length === 0 ? {} : { chosen: data.chosen }),
        ...(data.skipped.length === 0 ? {} : { skipped: data.skipped }),
      },
      shard: plan.shard,
      counts: set.counts,
      invalid: set.invalid.map(({ file, line, column, name, reason }) => ({ file, line, column, name, reason })),
      strays: set.strays,
    });
    await file.addCandidates(candidateRows(set));
    return record;
  }

  /**
   * Goes on with a run in the output folder. Damaged lines of its results are left out, so that their tasks are done again.
   * @param id of the run; left out, the latest one
   * @returns undefined where there is none, or none whose first line was written
   * @throws ResumeError where there is none of that id, it was a run of something else, or is still going on; ResultsError where
   *   the lines before its tasks are damaged
   */
  static async resume(run: PreparedRun, plan: RecordPlan, id?: string): Promise<RunRecord | undefined> {
    const folders = runsIn(plan.out);
    const folder = id === undefined ? folders.at(-1) : folders.find((each) => basename(each) === id);
    if (id !== undefined && folder === undefined) {
      const found = folders.map((each) => basename(each)).join(', ') || 'no run';
      throw new ResumeError(`--resume ${id}: found ${found} in ${join(plan.out, 'runs')}`);
    }
    if (folder === undefined || !hasLine(join(folder, RESULTS))) return undefined;
    // before a byte is read, so that no other process adds to what is read here
    await RunLock.take(folder);
    try {
      let before = readResults(join(folder, RESULTS), { skipDamaged: true });
      const found = changes(before.run, run, plan);
      if (found.length > 0) {
        throw new ResumeError(
          `--resume: ${folder} is a run of something else:\n${found.map((line) => `  ${line}`).join('\n')}`,
        );
      }
      const { damage } = before;
      if (damage.length > 0) {
        await withoutDamage(folder, before);
        before = readResults(join(folder, RESULTS));
      }
      const file = await ResultsFile.reopen(folder, before.size, before.lines);
      const record = new RunRecord(file, before, damage);
      // killed between the lines of its candidates
      const { length } = before.candidates;
      await file.addCandidates(candidateRows(run.set).slice(length), length);
      return record;
    } catch (error) {
      RunLock.release(folder);
      throw error;
    }
  }

  /** The folder of the run. */
  get folder(): string {
    return this.#file.folder;
  }

  /** Adds a line of a task. @throws StoreError where it cannot be written */
  add(line: TaskLine): Promise<void> {
    return this.#file.add(line);
  }

  /** Says that the files of a task come now, see `SavingLine`. @throws StoreError where it cannot be written */
  addSaving(task: string, lowest: number): Promise<void> {
    return this.#file.add({
      schema: RESULTS_SCHEMA,
      type: 'saving',
      task,
      lowest: Number.isFinite(lowest) ? lowest : null,
    });
  }

  /**
   * Adds the summary of a run that came to its end.
   * @param seconds of this process
   * @throws StoreError where it cannot be written
   */
  addSummary(totals: Totals, of: number, seconds: number): Promise<void> {
    return this.#file.add({
      schema: RESULTS_SCHEMA,
      type: 'summary',
      tasks: totals.tasks - totals.cut,
      of,
      solved: totals.solved,
      verdicts: Object.fromEntries(totals.verdicts),
      pairs: totals.pairs,
      seconds: rounded(totals.before.seconds + seconds),
      timing: timingFields(totals.clock.timing),
    });
  }

  /** Ends the record: its lines are on the disk. @throws StoreError where that cannot be done */
  async close(): Promise<void> {
    try {
      await this.#file.close();
    } finally {
      RunLock.release(this.folder);
    }
  }
}

/** What is not as it was, in words. */
function changes(before: RunLine, { batteries }: PreparedRun, plan: RecordPlan): string[] {
  const found: string[] = [];
  const differ = (what: string, was: unknown, is: unknown): void => {
    if (JSON.stringify(was) !== JSON.stringify(is)) found.push(`${what}: it was ${show(was)}, now it is ${show(is)}`);
  };
  differ('the version of batt', before.engine, plan.engine);
  for (const name of new Set([...Object.keys(before.flags), ...Object.keys(plan.flags)])) {
    differ(`--${name}`, before.flags[name] ?? null, plan.flags[name] ?? null);
  }
  differ('--shard', partOf(before), partOf(plan));
  const files = batteries.map(({ file }) => file);
  const were = before.batteries.map(({ file }) => file);
  if (were.map(base).join('\0') !== files.map(base).join('\0')) {
    found.push(`the batteries: they were ${were.join(', ')}, now they are ${files.join(', ')}`);
  } else {
    for (const [k, { digest }] of before.batteries.entries()) {
      if (batteries[k]!.digest !== digest) found.push(`the battery ${files[k]} has changed`);
    }
  }
  const tasks = new Set(plan.tasks);
  const had = new Set(before.data.tasks);
  const gone = before.data.tasks.filter((id) => !tasks.has(id));
  const added = plan.tasks.filter((id) => !had.has(id));
  if (gone.length > 0) found.push(`the tasks: gone are ${some(gone)}`);
  if (added.length > 0) found.push(`the tasks: new are ${some(added)}`);
  if (gone.length + added.length === 0 && before.data.digest !== plan.digest) {
    found.push(
      `the tasks: their content has changed (digest ${before.data.digest.slice(0, 12)} to ${plan.digest.slice(0, 12)})`,
    );
  }
  return found;
}

function partOf({ shard }: Pick<RunLine, 'shard'>): string {
  return `${shard.index}/${shard.of}`;
}

function base(file: string): string {
  return join(basename(dirname(file)), basename(file));
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'not given';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function some(ids: readonly string[]): string {
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;
}
