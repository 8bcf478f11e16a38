// A run: batteries and tasks in, one result a task out.
import { join } from 'node:path';
import { packageFolder } from '../arc/bundled.ts';
import type { Task } from '../arc/task.ts';
import type { EvaluationOptions } from '../engine/evaluator.ts';
import type { BatteryFile, Dialect } from '../lang/battery.ts';
import { readBatteries } from './read/battery.ts';
import { buildGraph, type CandidateSet } from './read/candidates.ts';
import { type LoadedTasks, loadTasks } from './read/loadTasks.ts';
import type { TaskSelection } from './read/selectTasks.ts';
import type { TaskResult } from './score/scoreTask.ts';
import { type RunScoringOptions, scoreInOrder } from './score/scoreTasks.ts';
import { Clock, type Timing } from './timing.ts';

/** What to run. */
export interface RunRequest extends EvaluationOptions {
  /** Names of batteries; none means the bundled battery. */
  readonly batteries: readonly string[];
  /** Data sets; none means `bundled` when neither batteries nor tasks are named, else `train`. */
  readonly data: readonly string[];
  readonly selection: TaskSelection;
  /** Forces a dialect on all programs; left out, each has that of its form. */
  readonly dialect?: Dialect;
}

/** What has been read for a run. */
export interface PreparedRun {
  readonly batteries: readonly BatteryFile[];
  /** Whether this is the bundled battery on the bundled tasks, or on some of them. */
  readonly bundled: boolean;
  readonly set: CandidateSet;
  readonly data: LoadedTasks;
  /** Times of loading and parsing. */
  readonly timing: Timing;
  /** Seconds of building the graph, which finds the duplicates. It is done once; the first task's timing has it. */
  readonly filterSeconds: number;
}

/**
 * Reads batteries and tasks and merges the candidates.
 * @throws BatteryError, ArcError or RangeError for what is missing, damaged or asked for wrongly
 */
export function prepareRun(request: RunRequest): PreparedRun {
  const { batteries: names, data, selection, dialect } = request;
  const options = dialect === undefined ? {} : { dialect };
  const clock = new Clock();
  const bundled = names.length === 0 && data.length === 0 && (selection.only ?? []).length === 0;
  const files = names.length > 0 ? names : [join(packageFolder(), 'examples', 'battery.py')];
  const batteries = clock.time('main.parse_batteries', () => readBatteries(files, options));
  const sets = data.length > 0 ? data : [bundled ? 'bundled' : 'train'];
  const loaded = clock.time('main.load_tasks', () => loadTasks(sets, selection));
  const start = performance.now();
  const set = buildGraph(batteries);
  const filterSeconds = (performance.now() - start) / 1000;
  const demo = names.length === 0 && sets.every((name) => name === 'bundled');
  return { batteries, bundled: demo, set, data: loaded, timing: clock.timing, filterSeconds };
}

/**
 * Scores the candidates of a run on tasks, and returns the results in order. Signals and timers are heard meanwhile.
 * @param afterSample is told how many samples of the run are done
 */
export function scoreTasks(
  run: PreparedRun,
  tasks: readonly Task[],
  options: RunScoringOptions,
  afterSample: (done: number) => void = () => {},
): AsyncGenerator<TaskResult, void, undefined> {
  return scoreInOrder(run.set, tasks, options, run.filterSeconds, afterSample);
}
