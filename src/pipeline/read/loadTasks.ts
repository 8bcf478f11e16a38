// Finds and reads the tasks of a run.
import { ArcError } from '../../arc/error.ts';
import { findData } from '../../arc/find.ts';
import { type OpenedTasks, openTasks } from '../../arc/read.ts';
import { plainId, setOf } from '../../arc/setName.ts';
import type { Task } from '../../arc/task.ts';
import type { SkippedTask } from '../../results/lines.ts';
import { selectIds, type TaskSelection } from './selectTasks.ts';

/** How data are read. */
export interface DataOptions {
  /** Demos of a task that is a list of samples: the first so many are demos, the rest tests. Default: all are demos. */
  readonly demos?: number | undefined;
  /** Whether damaged tasks are left out; default: they are an error. */
  readonly skipBadTasks?: boolean | undefined;
}

/** The tasks of a run and where they are from. */
export interface LoadedTasks {
  /** The `--data` values, joined by `+`. */
  readonly name: string;
  /** Folders, files or sets of a file that were read. */
  readonly parts: readonly string[];
  /** See {@link DataOptions.demos}. */
  readonly demos: number | undefined;
  /** Ids that were asked for with their set, as they were asked for. */
  readonly chosen: readonly string[];
  readonly tasks: readonly Task[];
  readonly skipped: readonly SkippedTask[];
  /** Which of several tasks with one id were taken, see `OpenedTasks.overlaps`. */
  readonly overlaps: readonly string[];
}

/** Data sets that were found and opened. */
export interface OpenedData extends Pick<LoadedTasks, 'name' | 'parts' | 'chosen'> {
  readonly source: OpenedTasks;
}

/**
 * Opens the data sets `names` (see `findData`), a later set overriding the ids of an earlier one.
 * @param only the ids that are asked for, perhaps with their set
 * @throws ArcError where data are missing, or a set of `only` is none of them
 */
export function openData(names: readonly string[], only: readonly string[], { demos }: DataOptions): OpenedData {
  const parts = names.flatMap((name) => findData(name).parts);
  const chosen = only.filter((id) => setOf(id) !== undefined);
  return { name: names.join('+'), parts, chosen, source: openTasks(parts, { demos, ids: chosen }) };
}

/**
 * Reads the selected tasks of data sets.
 * @throws ArcError where data are missing or damaged, or a wanted task is in none of them, and where all that are wanted are
 *   damaged; RangeError for a bad selection
 */
export function loadTasks(
  names: readonly string[],
  selection: TaskSelection = {},
  options: DataOptions = {},
): LoadedTasks {
  const { only = [] } = selection;
  const { source, ...data } = openData(names, only, options);
  const ids = selectIds(source.ids, { ...selection, only: only.map(plainId) });
  const { tasks, skipped } = readGood(source, ids, options);
  return { ...data, demos: options.demos, tasks, skipped, overlaps: source.overlaps(tasks.map(({ id }) => id)) };
}

/**
 * Reads tasks and tells the damaged ones apart.
 * @throws ArcError with all of these, unless they are to be left out and others remain; for a task that is not there
 */
export function readGood(
  source: OpenedTasks,
  ids: readonly string[],
  { skipBadTasks = false }: DataOptions,
): Pick<LoadedTasks, 'tasks' | 'skipped'> {
  const known = new Set(source.ids);
  const tasks: Task[] = [];
  const skipped: SkippedTask[] = [];
  for (const id of ids) {
    try {
      tasks.push(source.read(id));
    } catch (error) {
      if (!(error instanceof ArcError && known.has(id)) || ids.length === 1) throw error;
      skipped.push({ task: id, problem: error.message });
    }
  }
  if (skipped.length > 0 && (!skipBadTasks || tasks.length === 0)) throw badTasks(skipped, ids.length, skipBadTasks);
  return { tasks, skipped };
}

/** Damaged tasks that a message lists. */
const LISTED = 20;

/** What is wrong with damaged tasks, a line a task; many are cut. */
export function problemsOf(skipped: readonly SkippedTask[]): string[] {
  const lines = skipped.slice(0, LISTED).map(({ problem }) => problem);
  return skipped.length > LISTED ? [...lines, `and ${skipped.length - LISTED} more`] : lines;
}

function badTasks(skipped: readonly SkippedTask[], of: number, isAsked: boolean): ArcError {
  const hint = isAsked ? 'none is left to run' : '--skip-bad-tasks runs the others';
  const lines = problemsOf(skipped).map((line) => `\n  ${line}`);
  return new ArcError(`${skipped.length} of ${of} tasks cannot be read; ${hint}:${lines.join('')}`);
}
