// What a run works on, read: batteries merged into one graph, and tasks.
import { join } from 'node:path';
import { packageFolder } from '../../arc/bundled.ts';
import type { BatteryFile, Dialect } from '../../lang/battery.ts';
import { Clock, type Timing } from '../timing.ts';
import { readBatteries } from './battery.ts';
import { buildGraph, type CandidateSet } from './candidates.ts';
import { type DataOptions, type LoadedTasks, loadTasks } from './loadTasks.ts';
import type { TaskSelection } from './selectTasks.ts';

/** What a run is to read. */
export interface RunRequest extends DataOptions {
  /** Names of batteries; none means the bundled battery. */
  readonly batteries?: readonly string[] | undefined;
  /** Data sets; none means `bundled` when neither batteries nor tasks are named, else `train`. */
  readonly data?: readonly string[] | undefined;
  /** Default: all tasks. */
  readonly selection?: TaskSelection | undefined;
  /** Forces a dialect on all programs; left out, each has that of its form. */
  readonly dialect?: Dialect | undefined;
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
  const { batteries: names = [], data = [], selection = {}, dialect, demos, skipBadTasks } = request;
  const clock = new Clock();
  const bundled = names.length === 0 && data.length === 0 && (selection.only ?? []).length === 0;
  const files = names.length > 0 ? names : [join(packageFolder(), 'examples', 'battery.py')];
  const batteries = clock.time('main.parse_batteries', () => readBatteries(files, { dialect }));
  const sets = data.length > 0 ? data : [bundled ? 'bundled' : 'train'];
  const loaded = clock.time('main.load_tasks', () => loadTasks(sets, selection, { demos, skipBadTasks }));
  const start = performance.now();
  const set = buildGraph(batteries);
  const filterSeconds = (performance.now() - start) / 1000;
  const demo = names.length === 0 && sets.every((name) => name === 'bundled');
  return { batteries, bundled: demo, set, data: loaded, timing: clock.timing, filterSeconds };
}
