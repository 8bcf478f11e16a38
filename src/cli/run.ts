// `batt run`: scores batteries on tasks.
import type { Command } from 'commander';
import type { Backend } from '../../kernels/backend.ts';
import { datasetDigest } from '../arc/digest.ts';
import type { RunRecord } from '../pipeline/record.ts';
import { candidateRows, TaskLines } from '../pipeline/resultLines.ts';
import { type PreparedRun, prepareRun, scoreTasks } from '../pipeline/run.ts';
import { RunStop } from '../pipeline/runStop.ts';
import type { Saver } from '../pipeline/saver.ts';
import type { TaskResult } from '../pipeline/scoreTask.ts';
import type { Showcase } from '../pipeline/showcase.ts';
import { Totals } from '../pipeline/totals.ts';
import { plural } from '../report/numbers.ts';
import { phaseChart } from '../report/phaseChart.ts';
import { summaryJson, taskJson } from '../report/runJson.ts';
import { rejections, summaryText, taskBlock, taskRow, taskRowHead, taskWidth } from '../report/runText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { timingSummary } from '../report/timing.ts';
import { engineVersion } from '../report/version.ts';
import { fellBack } from '../score/steady.ts';
import type { TaskLine } from '../store/results/lines.ts';
import { isSolved } from '../store/results/rows.ts';
import { openRunBackend } from './backend.ts';
import { EXIT_CRASHED, EXIT_FAILED, EXIT_INTERRUPTED, UsageError } from './exit.ts';
import { log, print, printJson } from './output.ts';
import { Progress } from './progress.ts';
import { addRunFlags, checkRunFlags, type RunFlags } from './runFlags.ts';

export function define(command: Command): void {
  addRunFlags(command);
  command.action((flags: RunFlags) => run(flags));
}

/** With more tasks each has a line in place of a block. */
const MOST_BLOCKS = 6;

/** Of the time until the deadline what is kept for the end: for saving and the summary. */
const RESERVE = 0.1;
const MOST_RESERVE = 5;

async function run(flags: RunFlags): Promise<void> {
  checkRunFlags(flags);
  const prepared = prepareRun({
    batteries: flags.batt_import ?? [],
    data: flags.data ?? [],
    selection: {
      only: Array.isArray(flags.task_ids) ? flags.task_ids : [],
      start: flags.start,
      count: flags.count,
      seed: flags.seed,
    },
    ...(flags.dialect === undefined ? {} : { dialect: flags.dialect }),
  });
  const { set, data } = prepared;
  if (!flags.quiet) for (const line of rejections(set.invalid, set.skipped)) log(line);
  if (data.tasks.length === 0) throw new UsageError(`-s ${flags.start}: no task is left of ${data.name}`);
  if (set.counts.scored === 0) throw nothingToScore(prepared, flags);
  const { index, of } = flags.shard;
  const mine = data.tasks.filter((_, k) => k % of === index - 1);
  if (mine.length === 0) throw new UsageError(`--shard ${index}/${of}: there are ${plural(data.tasks.length, 'task')}`);
  const samples = mine.reduce((sum, { demo, test }) => sum + demo.length + test.length, 0);
  const backend = await openRunBackend(flags, samples * set.counts.scored);
  const digest = datasetDigest(data.tasks);
  const stop = new RunStop(stopAt(flags.deadline));
  const saving = await startSaving(prepared, flags, digest);
  const done = saving?.record.before?.done ?? new Set();
  const left = mine.filter(({ id }) => !done.has(id));

  heedSignals(stop);
  const show = new Show(prepared, flags, backend, saving?.record.folder);
  for (const line of saving?.record.before?.tasks() ?? []) if (done.has(line.task)) show.task(line);
  const lines = new TaskLines(set, backend);
  const work = { tasks: left.length, candidates: set.counts.scored, samples: 0 };
  for (const { demo, test } of left) work.samples += demo.length + test.length;
  const progress = new Progress(work, flags.quiet === true);
  const scoring = {
    ...limitsOf(flags),
    ...jobsOf(flags),
    backend,
    stop,
    differs: saving !== undefined,
    timing: flags.timing === true,
  };
  const byId = new Map(left.map((task) => [task.id, task]));
  for await (const scored of scoreTasks(prepared, left, scoring, (sample) => progress.at(sample))) {
    const line = await finish(scored);
    progress.clear();
    progress.task(isSolved(line));
    tell(line, flags);
    await attempt(saving?.record.add(line));
    show.task(line);
  }
  progress.clear();
  const { totals } = show;
  const complete = totals.tasks - totals.cut === mine.length;
  if (stop.interrupted) process.exitCode = EXIT_INTERRUPTED;
  else {
    show.summary(digest);
    const again = complete && left.length === 0 && saving?.record.before?.summary !== undefined;
    if (!again) await attempt(saving?.record.addSummary(totals, mine.length, performance.now() / 1000));
    if (totals.verdicts.has('crash')) process.exitCode ??= EXIT_CRASHED;
  }
  await attempt(saving?.record.close());
  if (!complete && (stop.interrupted || !flags.quiet)) {
    const goOn = saving === undefined ? '' : '; --resume goes on';
    const ended = stop.interrupted ? 'interrupted' : 'the deadline came';
    log(
      `${ended} after ${totals.tasks - totals.cut} of ${plural(mine.length, 'task')}; their results are complete${goOn}`,
    );
  }
  const lost = fellBack(backend);
  if (lost !== undefined && !flags.quiet) log(`${lost.reason}; the run went on with ${lost.to}`);
  await backend.close();

  /** Saves a task; one that was cut by the deadline has nothing that is worth a file yet. */
  async function finish(scored: TaskResult): Promise<TaskLine> {
    if (saving === undefined) return lines.of(scored);
    const task = byId.get(scored.task)!;
    const shown = saving.showcase.of(task, scored);
    return lines.of(scored, scored.cut === undefined ? await saving.saver.save(task, scored) : undefined, shown);
  }
}

/** What is printed of a run. */
class Show {
  readonly totals: Totals;
  readonly #prepared: PreparedRun;
  readonly #flags: RunFlags;
  readonly #backend: Backend;
  readonly #results: string | undefined;
  readonly #candidates: ReturnType<typeof candidateRows>;
  readonly #style = styleOf(wantsColour(process.stdout));
  readonly #width: number;
  readonly #blocks: boolean;

  constructor(prepared: PreparedRun, flags: RunFlags, backend: Backend, results: string | undefined) {
    const { tasks } = prepared.data;
    this.#prepared = prepared;
    this.#flags = flags;
    this.#backend = backend;
    this.#results = results;
    this.#candidates = candidateRows(prepared.set);
    this.#width = taskWidth(tasks.map(({ id }) => id));
    this.#blocks = tasks.length <= MOST_BLOCKS;
    this.totals = new Totals(prepared.timing);
    if (!flags.json && !this.#blocks) print(taskRowHead(this.#width, this.#style));
  }

  task(line: TaskLine): void {
    this.totals.add(line);
    if (this.#flags.json) printJson(taskJson(line, this.#candidates));
    else if (this.#blocks) print(taskBlock(line, this.#candidates, this.#style));
    else print(taskRow(line, this.#candidates, this.#width, this.#style));
  }

  summary(digest: string): void {
    const { totals } = this;
    const { json, timing } = this.#flags;
    if (json) {
      printJson(summaryJson(this.#prepared, totals, digest, performance.now() / 1000, this.#backend));
      return;
    }
    const text = summaryText(this.#prepared, totals, digest, this.#style, this.#backend, this.#results);
    print(`${this.#blocks ? '' : '\n'}${text}`);
    if (timing) print(timingSummary(totals.clock.timing));
    if (timing && process.stdout.isTTY) print(phaseChart(totals.clock.timing, this.#style));
  }
}

function limitsOf({ timeout, budget, firstMismatch }: RunFlags): {
  readonly timeout: number;
  readonly budget?: number;
  readonly firstMismatch: boolean;
} {
  return { timeout, firstMismatch: firstMismatch === true, ...(budget === undefined ? {} : { budget }) };
}

function jobsOf({ jobs }: RunFlags): { readonly jobs?: number } {
  return jobs === undefined ? {} : { jobs };
}

interface Saving {
  readonly showcase: Showcase;
  readonly saver: Saver;
  readonly record: RunRecord;
}

/** Loads what only a run that saves needs, so that others start without it. */
async function startSaving(prepared: PreparedRun, flags: RunFlags, digest: string): Promise<Saving | undefined> {
  const { dialect, compat, timeout, budget, firstMismatch, shard } = flags;
  const out = flags.out ?? (prepared.bundled ? undefined : '.');
  if (out === undefined) {
    if (flags.resume) throw new UsageError('--resume: nothing is saved of the bundled run; name a folder with --out');
    return undefined;
  }
  const [{ Saver }, { RunRecord }, { Showcase }] = await Promise.all([
    import('../pipeline/saver.ts'),
    import('../pipeline/record.ts'),
    import('../pipeline/showcase.ts'),
  ]);
  const plan = {
    out,
    engine: engineVersion(),
    flags: {
      timeout,
      budget: budget ?? null,
      dialect: dialect ?? null,
      compat: compat ?? null,
      'first-mismatch': firstMismatch === true,
    },
    digest,
    tasks: prepared.data.tasks.map(({ id }) => id),
    shard,
  };
  const resumed = flags.resume ? await RunRecord.resume(prepared, plan) : undefined;
  if (flags.resume && !flags.quiet) {
    log(
      resumed === undefined
        ? `--resume: ${out} has no run to go on with; a new one begins`
        : `going on with ${resumed.folder}`,
    );
  }
  const record = resumed ?? (await RunRecord.begin(prepared, plan));
  const mode = compat === 'p4' ? 'p4' : 'default';
  const saver = new Saver(prepared, {
    ...limitsOf(flags),
    ...(dialect === undefined ? {} : { dialect }),
    out,
    mode,
  });
  // tasks that the deadline cut have something to submit, too
  const showcase = new Showcase(prepared.set, { ...limitsOf(flags), stopAt: stopAt(flags.deadline, 0.5) });
  return { saver, record, showcase };
}

/**
 * `performance.now()`, which counts from the start of the process, at which a run has to stop running programs.
 * @param left the part of the reserve that is to be left then
 */
function stopAt(deadline: number | undefined, left = 1): number {
  if (deadline === undefined) return Number.POSITIVE_INFINITY;
  return 1000 * (deadline - left * Math.min(MOST_RESERVE, RESERVE * deadline));
}

/** The first signal lets what is done be saved; the second one ends the process at once. */
function heedSignals(stop: RunStop): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.interrupted) process.exit(EXIT_INTERRUPTED);
      stop.interrupt();
    });
  }
}

/** Waits for results to be written; where they cannot be, says so and goes on, since they are printed all the same. */
async function attempt(written: Promise<void> | undefined): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StoreError')) throw error;
    log(error.message);
    process.exitCode = EXIT_FAILED;
  }
}

/** Says what went wrong with a task, and what is worth knowing. */
function tell({ failures = [], notes = [] }: TaskLine, { quiet }: RunFlags): void {
  for (const line of failures) log(line);
  if (!quiet) for (const line of notes) log(line);
  if (failures.length > 0) process.exitCode = EXIT_FAILED;
}

function nothingToScore({ set, batteries }: PreparedRun, { quiet }: RunFlags): UsageError {
  const { read, invalid, skipped } = set.counts;
  const files = batteries.map(({ file }) => file).join(', ');
  if (read === 0) return new UsageError(`${files}: no candidates, so there is nothing to score`);
  const counts = `${read} read, ${invalid} invalid, ${skipped} skipped`;
  const reasons = quiet ? rejections(set.invalid, set.skipped).map((line) => `\n  ${line}`) : [];
  return new UsageError(`${files}: no valid candidate (${counts})${reasons.join('')}`);
}
