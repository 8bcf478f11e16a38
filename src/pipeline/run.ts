// A run from end to end: a plan in, events out. Batteries and tasks are read, scored, kept on disk where the plan says so.
import { availableParallelism } from 'node:os';
import type { Backend } from '../../kernels/backend.ts';
import { engineVersion } from '../arc/bundled.ts';
import { datasetDigest } from '../arc/digest.ts';
import type { Task } from '../arc/task.ts';
import { openRunBackend } from '../backend/openRunBackend.ts';
import { type FellBack, fellBack } from '../backend/steadyBackend.ts';
import { threadsThatFit } from '../engine/addressSpace.ts';
import type { TaskLine } from '../results/lines.ts';
import type { RunKeeper } from './keep/runKeeper.ts';
import { TaskLines } from './keep/taskLines.ts';
import { Totals } from './keep/totals.ts';
import { decidingFlags, type RunPlan, type Shard, saveChoice } from './plan.ts';
import { type PreparedRun, prepareRun } from './read/prepareRun.ts';
import { RunStop } from './runStop.ts';
import { scoreTasks } from './score/scoreTasks.ts';
import { backendTiming } from './timing.ts';

/** A plan that there is nothing to do for. The message names what is missing. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** What happens in a run, in this order: `read`, `begun`, a `task` a task, `ended`; `unsaved` at any time after `begun`. */
export type RunEvent =
  | ReadEvent
  | BegunEvent
  | TaskEvent
  | { readonly type: 'unsaved' /** A `StoreError`. The run goes on. */; readonly error: Error }
  | EndedEvent;

/** Batteries and tasks have been read. */
export interface ReadEvent {
  readonly type: 'read';
  readonly run: PreparedRun;
}

/** Scoring begins. */
export interface BegunEvent {
  readonly type: 'begun';
  readonly run: PreparedRun;
  readonly backend: Backend;
  /** Set where `auto` chose a backend that is not there any more. */
  readonly fellBack: FellBack | undefined;
  /** The folder of the run, where it is kept. */
  readonly folder: string | undefined;
  /** Whether an earlier run is gone on with. */
  readonly resumed: boolean;
  /** Other runs that are going on in the output folder: each is gone on with by its id. */
  readonly others: readonly { readonly id: string; readonly pid: number }[];
  /** Lines of its results that were damaged: file, line and what is wrong. Their tasks are done again. */
  readonly damage: readonly string[];
  /** What there is to do, without what earlier processes have done. */
  readonly work: RunWork;
  /** The sums over the tasks so far; they grow as the run goes on. */
  readonly totals: Totals;
}

export interface RunWork {
  readonly tasks: number;
  readonly samples: number;
  /** Candidates run on each task. */
  readonly candidates: number;
  /** Whether some test output is known, so that a task can be solved. */
  readonly testsKnown: boolean;
}

/** A task is done; those that earlier processes have done come first. */
export interface TaskEvent {
  readonly type: 'task';
  readonly line: TaskLine;
  /** Whether an earlier process of the run has done it. */
  readonly before: boolean;
}

/** All is done that is going to be. */
export interface EndedEvent {
  readonly type: 'ended';
  /** `interrupted`: by the signal, before all tasks were done. The results have no summary then. */
  readonly by: 'itself' | 'deadline' | 'interrupted';
  /** Tasks that are done to their end, of all tasks of this part. */
  readonly tasks: number;
  readonly of: number;
  /** `datasetDigest` of all tasks that were selected. */
  readonly digest: string;
  /** Set where a backend was lost, or not there, and another one took its place. */
  readonly fellBack: FellBack | undefined;
}

/** The part that is all tasks. */
const WHOLE: Shard = { index: 1, of: 1 };

/** The part of the time until the deadline that is kept for the end, for saving and the summary, and its most seconds. */
const RESERVE = 0.1;
const MOST_RESERVE = 5;

/**
 * Does a run. Signals and timers are heard meanwhile. A run that is given up by `return()` keeps what is done by then.
 * @param afterSample is told how many samples of `work` are done
 * @throws BatteryError, ArcError, RangeError for input that is missing, damaged or asked for wrongly; PlanError where nothing
 *   is left to do; BackendAbsentError, BackendLostError; StoreError, ResumeError, ResultsError for an output folder that cannot
 *   be written or gone on with; AccountsError when the sums do not add up
 */
export async function* runBatteries(
  plan: RunPlan,
  afterSample: (done: number) => void = () => {},
): AsyncGenerator<RunEvent, void, undefined> {
  const start = plan.start ?? performance.now();
  const run = prepareRun(plan);
  yield { type: 'read', run };
  const mine = tasksOf(plan, run);
  const backend = await openRunBackend(plan.backend, samplesOf(mine) * run.set.counts.scored);
  try {
    yield* scoreAndKeep({ plan, start, run, mine, backend }, afterSample);
  } finally {
    await backend.close();
  }
}

/** A run that has been read. */
interface ReadRun {
  readonly plan: RunPlan;
  readonly start: number;
  readonly run: PreparedRun;
  /** The tasks of this part. */
  readonly mine: readonly Task[];
  readonly backend: Backend;
}

async function* scoreAndKeep(
  { plan, start, run, mine, backend }: ReadRun,
  afterSample: (done: number) => void,
): AsyncGenerator<RunEvent, void, undefined> {
  const { set } = run;
  const digest = datasetDigest(run.data.tasks);
  const stop = new RunStop(stopAt(plan.deadline, start));
  const interrupt = (): void => stop.interrupt();
  let keeper: RunKeeper | undefined;
  const totals = new Totals(run.timing);
  let closed = false;
  try {
    if (plan.signal?.aborted) interrupt();
    plan.signal?.addEventListener('abort', interrupt);
    keeper = await openKeeper({ plan, start, run, mine, backend }, digest, stop);
    const done = keeper?.before?.done ?? new Set();
    const left = mine.filter(({ id }) => !done.has(id));
    const testsKnown = left.some(({ test }) => test.some(({ output }) => output !== null));
    const work = { tasks: left.length, samples: samplesOf(left), candidates: set.counts.scored, testsKnown };
    const resumed = keeper?.before !== undefined;
    const { damage = [], others = [] } = keeper ?? {};
    const folder = keeper?.folder;
    yield { type: 'begun', run, backend, fellBack: fellBack(backend), folder, resumed, others, damage, work, totals };
    for (const line of keeper?.before?.tasks() ?? []) {
      if (!done.has(line.task)) continue;
      totals.addBefore(line);
      yield { type: 'task', line, before: true };
    }
    const byId = new Map(left.map((task) => [task.id, task]));
    const lines = new TaskLines(set, backend);
    const { jobs, timeout, budget, firstMismatch, timing = false } = plan;
    const limits = { timeout, budget, jobs, firstMismatch };
    const scoring = { ...limits, timing, backend, stop, differs: keeper !== undefined };
    for await (const scored of scoreTasks(run, left, scoring, afterSample)) {
      const line = keeper === undefined ? lines.of(scored) : await keeper.save(byId.get(scored.task)!, scored);
      if (line === undefined) break; // interrupted
      const error = await failureOf(keeper?.add(line));
      if (error !== undefined) yield { type: 'unsaved', error };
      totals.add(line);
      yield { type: 'task', line, before: false };
    }
    totals.clock.add(backendTiming(backend));
    const tasks = totals.tasks - totals.cut;
    // a signal may come when all is done already
    const by = tasks === mine.length ? 'itself' : stop.interrupted ? 'interrupted' : 'deadline';
    closed = true;
    const seconds = (performance.now() - start) / 1000;
    const error = await failureOf(keeper?.close(by !== 'interrupted', totals, mine.length, seconds));
    if (error !== undefined) yield { type: 'unsaved', error };
    yield { type: 'ended', by, tasks, of: mine.length, digest, fellBack: fellBack(backend) };
  } finally {
    plan.signal?.removeEventListener('abort', interrupt);
    if (!closed) await failureOf(keeper?.close(false, totals, mine.length, 0));
  }
}

/** The tasks of this part of the run. @throws PlanError where there are none, or no candidates */
function tasksOf({ selection, shard }: RunPlan, { set, data, batteries }: PreparedRun): readonly Task[] {
  if (data.tasks.length === 0) throw new PlanError(`-s ${selection?.start ?? 0}: no task is left of ${data.name}`);
  const { read, invalid, scored } = set.counts;
  if (scored === 0) {
    const files = batteries.map(({ file }) => file).join(', ');
    const found =
      read === 0
        ? 'no candidates, so there is nothing to score'
        : `no valid candidate (${read} read, ${invalid} invalid, 0 skipped)`;
    throw new PlanError(`${files}: ${found}`);
  }
  const { index, of } = shard ?? WHOLE;
  const mine = data.tasks.filter((_, k) => k % of === index - 1);
  if (mine.length > 0) return mine;
  const { length } = data.tasks;
  throw new PlanError(`--shard ${index}/${of}: there ${length === 1 ? 'is 1 task' : `are ${length} tasks`}`);
}

function samplesOf(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { demo, test }) => sum + demo.length + test.length, 0);
}

/** Loads what only a run that is kept needs, so that others start without it. */
async function openKeeper(
  { plan, start, run, backend }: ReadRun,
  digest: string,
  stop: RunStop,
): Promise<RunKeeper | undefined> {
  const { out, dialect, compat, timeout, budget, firstMismatch, shard, resume } = plan;
  if (out === undefined) {
    if (resume) throw new PlanError('--resume: nothing is kept of this run; name its folder with --out');
    return undefined;
  }
  const { RunKeeper } = await import('./keep/runKeeper.ts');
  return RunKeeper.open(run, backend, {
    timeout,
    firstMismatch,
    budget,
    dialect,
    out,
    mode: compat ?? 'default',
    save: saveChoice(plan),
    // in a limited address space there is no room for threads beside those that score
    jobs: threadsThatFit() === Number.POSITIVE_INFINITY ? (plan.jobs ?? availableParallelism()) : 1,
    engine: engineVersion(),
    flags: decidingFlags(plan),
    digest,
    tasks: run.data.tasks.map(({ id }) => id),
    shard: shard ?? WHOLE,
    resume: resume ?? false,
    stop,
    // tasks that the deadline cut have something to submit, too
    showUntil: stopAt(plan.deadline, start, 0.5),
  });
}

/**
 * `performance.now()` at which a run has to stop running programs.
 * @param left the part of the reserve that is to be left then
 */
function stopAt(deadline: number | undefined, start: number, left = 1): number {
  if (deadline === undefined) return Number.POSITIVE_INFINITY;
  return start + 1000 * (deadline - left * Math.min(MOST_RESERVE, RESERVE * deadline));
}

/** Why results could not be written; they are told all the same. */
async function failureOf(written: Promise<void> | undefined): Promise<Error | undefined> {
  try {
    await written;
    return undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'StoreError') return error;
    throw error;
  }
}
