// The tasks of a run, read again from where it found them.
import { datasetDigest } from '../../arc/digest.ts';
import { ArcError } from '../../arc/error.ts';
import { findData } from '../../arc/find.ts';
import { readTasks } from '../../arc/read.ts';
import type { Task } from '../../arc/task.ts';
import type { RunLine } from '../../results/lines.ts';

/**
 * Reads the tasks that a run selected, those of its other shards too.
 * @param names where they are now, as the values of `--data`; left out: where the run found them
 * @throws ArcError naming the places, where tasks lack or are not those of the run
 */
export function readRunTasks({ id, data }: RunLine, names?: readonly string[]): ReadonlyMap<string, Task> {
  const places = names === undefined ? data.parts : names.flatMap((name) => findData(name).parts);
  const hint = `data of run ${id}: ${data.name}; --data says where they are now`;
  let tasks: Task[];
  try {
    tasks = readTasks(places, { only: [...data.tasks, ...(data.chosen ?? [])], demos: data.demos });
  } catch (error) {
    if (!(error instanceof ArcError)) throw error;
    throw new ArcError(`${error.message} (${hint})`, {}, { cause: error });
  }
  const digest = datasetDigest(tasks);
  if (digest !== data.digest) {
    throw new ArcError(
      `the tasks are not those of the run: found digest ${digest}, expected ${data.digest} (${hint})`,
      { file: places.join(', ') },
    );
  }
  return new Map(tasks.map((task) => [task.id, task]));
}
