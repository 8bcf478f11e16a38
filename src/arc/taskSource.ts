// Tasks that are there, read one by one when asked for.
import type { Task } from './task.ts';

/** The tasks of one place. */
export interface TaskSource {
  /** Ids in order, each once. */
  readonly ids: readonly string[];
  /**
   * Reads one of them.
   * @throws ArcError where its data are damaged
   */
  read(id: string): Task;
}

/** A place that was opened: a folder, a file, or a set of a file (`file.json#set`). */
export interface OpenedPlace {
  readonly place: string;
  readonly source: TaskSource;
}
