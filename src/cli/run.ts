// `batt run`: scores batteries on tasks.
import type { Command } from 'commander';
import type { Backend } from '../../kernels/backend.ts';
import { engineVersion } from '../arc/bundled.ts';
import { datasetDigest } from '../arc/digest.ts';
import type { Task } from '../arc/task.ts';
import { fellBack } from '../backend/steadyBackend.ts';
import type { RunKeeper } from '../pipeline/keep/runKeeper.ts';
import { TaskLines } from '../pipeline/keep/taskLines.ts';
import { type PreparedRun, prepareRun, scoreTasks } from '../pipeline/run.ts';
import { RunStop } from '../pipeline/runStop.ts';
import { backendTiming } from '../pipeline/timing.ts';
import { plural } from '../report/numbers.ts';
import { rejections } from '../report/runText.ts';
import { hasDemosRight, isSolved } from '../results/rows.ts';
import { openRunBackend } from './backend.ts';
import { EXIT_CRASHED, EXIT_FAILED, EXIT_INTERRUPTED, UsageError } from './exit.ts';
import { goOnWithoutReader, log } from './output.ts';
import { Progress } from './progress.ts';
import { addRunFlags, checkRunFlags, type RunFlags } from './runFlags.ts';
import { RunShow } from './runShow.ts';

export function define(command: Command): void {
  addRunFlags(command);
  command.allowExcessArguments().action((flags: RunFlags) => {
    const [word] = command.args;
    if (word !== undefined) throw new UsageError(`found "${word}", expected flags alone; batteries follow -b`);
    return run(flags);
  });
}

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
  if (!flags.quiet) for (const line of rejections(set)) log(line);
  if (data.tasks.length === 0) throw new UsageError(`-s ${flags.start}: no task is left of ${data.name}`);
  if (set.counts.scored === 0) throw nothingToScore(prepared, flags);
  const { index, of } = flags.shard;
  const mine = data.tasks.filter((_, k) => k % of === index - 1);
  if (mine.length === 0) throw new UsageError(`--shard ${index}/${of}: there are ${plural(data.tasks.length, 'task')}`);
  const backend = await openRunBackend(flags, samplesOf(mine) * set.counts.scored);
  try {
    await scoreAll(prepared, mine, backend, flags);
  } finally {
    await backend.close();
  }
}

async function scoreAll(
  prepared: PreparedRun,
  mine: readonly Task[],
  backend: Backend,
  flags: RunFlags,
): Promise<void> {
  const { set } = prepared;
  const digest = datasetDigest(prepared.data.tasks);
  const stop = new RunStop(stopAt(flags.deadline));
  const keeper = await openKeeper(prepared, backend, flags, digest, stop);
  heedSignals(stop);
  if (keeper !== undefined) goOnWithoutReader();
  const show = new RunShow(prepared, flags, backend, keeper?.folder);
  const done = keeper?.before?.done ?? new Set();
  for (const line of keeper?.before?.tasks() ?? []) if (done.has(line.task)) show.doneBefore(line);
  const left = mine.filter(({ id }) => !done.has(id));
  const byId = new Map(left.map((task) => [task.id, task]));
  const lines = new TaskLines(set, backend);
  const testsKnown = left.some(({ test }) => test.some(({ output }) => output !== null));
  const work = { tasks: left.length, samples: samplesOf(left), candidates: set.counts.scored, testsKnown };
  const progress = new Progress(work, flags.quiet === true);
  const scoring = {
    ...limitsOf(flags),
    ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
    backend,
    stop,
    differs: keeper !== undefined,
    timing: flags.timing === true,
  };
  for await (const scored of scoreTasks(prepared, left, scoring, (n) => progress.at(n))) {
    const line = keeper === undefined ? lines.of(scored) : await keeper.save(byId.get(scored.task)!, scored);
    if (line === undefined) break; // interrupted
    progress.task(testsKnown ? isSolved(line) : hasDemosRight(line));
    await attempt(keeper?.add(line));
    show.task(line);
  }
  progress.end();
  const { totals } = show;
  totals.clock.add(backendTiming(backend));
  const whole = totals.tasks - totals.cut;
  // a signal may come when all is done already
  const ended = !stop.interrupted || whole === mine.length;
  const goOn = keeper === undefined ? '' : '; --resume goes on';
  const early = `after ${whole} of ${plural(mine.length, 'task')}${goOn}`;
  if (stop.interrupted) process.exitCode = EXIT_INTERRUPTED;
  if (ended) {
    show.summary(digest, whole < mine.length ? `the deadline came ${early}` : undefined);
    if (totals.verdicts.has('crash')) process.exitCode ??= EXIT_CRASHED;
  }
  await attempt(keeper?.close(ended, totals, mine.length));
  if (!ended) log(`interrupted ${early}`);
  const lost = fellBack(backend);
  if (lost !== undefined && !flags.quiet) log(`${lost.reason}; the run went on with ${lost.to}`);
}

function samplesOf(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { demo, test }) => sum + demo.length + test.length, 0);
}

function limitsOf({ timeout, budget, firstMismatch }: RunFlags): {
  readonly timeout: number;
  readonly budget?: number;
  readonly firstMismatch: boolean;
} {
  return { timeout, firstMismatch: firstMismatch === true, ...(budget === undefined ? {} : { budget }) };
}

/** Loads what only a run that saves needs, so that others start without it. */
async function openKeeper(
  prepared: PreparedRun,
  backend: Backend,
  flags: RunFlags,
  digest: string,
  stop: RunStop,
): Promise<RunKeeper | undefined> {
  const { dialect, compat, timeout, budget, firstMismatch, shard, resume, quiet } = flags;
  const out = flags.out ?? (prepared.bundled ? undefined : '.');
  if (out === undefined) {
    if (resume) throw new UsageError('--resume: nothing is saved of the bundled run; name a folder with --out');
    return undefined;
  }
  const { RunKeeper } = await import('../pipeline/keep/runKeeper.ts');
  const keeper = await RunKeeper.open(prepared, backend, {
    ...limitsOf(flags),
    ...(dialect === undefined ? {} : { dialect }),
    out,
    mode: compat === 'p4' ? 'p4' : 'default',
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
    resume: resume === true,
    stop,
    // tasks that the deadline cut have something to submit, too
    showUntil: stopAt(flags.deadline, 0.5),
  });
  if (resume && !quiet) {
    const begins = `--resume: ${out} has no run to go on with; a new one begins`;
    log(keeper.before === undefined ? begins : `going on with ${keeper.folder}`);
  }
  return keeper;
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

function nothingToScore({ set, batteries }: PreparedRun, { quiet }: RunFlags): UsageError {
  const { read, invalid, skipped } = set.counts;
  const files = batteries.map(({ file }) => file).join(', ');
  if (read === 0) return new UsageError(`${files}: no candidates, so there is nothing to score`);
  const counts = `${read} read, ${invalid} invalid, ${skipped} skipped`;
  const reasons = quiet ? rejections(set).map((line) => `\n  ${line}`) : [];
  return new UsageError(`${files}: no valid candidate (${counts})${reasons.join('')}`);
}
