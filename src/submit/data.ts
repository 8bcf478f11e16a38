// The tasks that a submission answers: all of the data that a run was made on.
import { existsSync } from 'node:fs';
import { datasetDigest } from '../arc/digest.ts';
import { findData } from '../arc/find.ts';
import { openTasks, type TaskSource } from '../arc/read.ts';
import type { Task } from '../arc/task.ts';
import type { RunLine } from '../results/lines.ts';

/** Tasks that are not those of the run. The message says what is the matter. */
export class SubmitError extends Error {
  override readonly name = 'SubmitError';
}

/**
 * Reads all tasks of the data of a run, those too that it was not asked to do, in their order. What the run did must be
 * there unchanged; solutions that were not known to it may have come.
 * @param data names of data sets, as `findData` takes them; none means the places that the run was made on
 * @throws ArcError where data are missing or damaged; SubmitError where they are not those of the run
 */
export function tasksOf({ id, data: { name, parts, tasks: ids, digest } }: RunLine, data: readonly string[]): Task[] {
  const source = data.length > 0 ? openTasks(data.flatMap((one) => findData(one).parts)) : openParts(parts, name);
  const known = new Set(source.ids);
  const gone = ids.filter((task) => !known.has(task));
  const places = (data.length > 0 ? data : parts).join(', ');
  if (gone.length > 0) {
    const more = gone.length > 5 ? ` and ${gone.length - 5} more` : '';
    throw new SubmitError(
      `${places}: not the tasks of run ${id}: ${gone.slice(0, 5).join(', ')}${more} of its ${ids.length} are not there`,
    );
  }
  const all = source.ids.map((task) => source.read(task));
  const wanted = new Set(ids);
  const done = all.filter((task) => wanted.has(task.id));
  const found = datasetDigest(done);
  if (found !== digest && datasetDigest(done.map(withoutSolutions)) !== digest) {
    throw new SubmitError(
      `${places}: the tasks have changed since run ${id}: found digest ${short(found)}, expected ${short(digest)}`,
    );
  }
  return all;
}

function openParts(parts: readonly string[], name: string): TaskSource {
  const gone = parts.find((part) => !existsSync(part));
  if (gone === undefined) return openTasks(parts);
  throw new SubmitError(`${gone}: no such file or folder; the run was made with --data ${name}; say where that is now`);
}

function withoutSolutions(task: Task): Task {
  return { ...task, test: task.test.map(({ input }) => ({ input, output: null })) };
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
