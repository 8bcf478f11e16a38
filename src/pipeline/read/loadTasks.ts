// Finds and reads the tasks of a run.
import { findData } from '../../arc/find.ts';
import { openTasks } from '../../arc/read.ts';
import type { Task } from '../../arc/task.ts';
import { selectIds, type TaskSelection } from './selectTasks.ts';

/** The tasks of a run and where they are from. */
export interface LoadedTasks {
  /** The `--data` values, joined by `+`. */
  readonly name: string;
  /** Folders or files that were read. */
  readonly parts: readonly string[];
  readonly tasks: readonly Task[];
}

/**
 * Reads the selected tasks of the data sets `names` (see `findData`), a later set overriding the ids of an earlier one.
 * @throws ArcError where data are missing or damaged, or a wanted task is in none of them; RangeError for a bad selection
 */
export function loadTasks(names: readonly string[], selection: TaskSelection = {}): LoadedTasks {
  const parts = names.flatMap((name) => findData(name).parts);
  const source = openTasks(parts);
  return { name: names.join('+'), parts, tasks: selectIds(source.ids, selection).map(source.read) };
}
