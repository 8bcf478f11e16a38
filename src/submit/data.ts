// The tasks that a submission answers: all of the data that a run was made on.
import { existsSync } from 'node:fs';
import { datasetDigest } from '../arc/digest.ts';
import { findData } from '../arc/find.ts';
import { openTasks } from '../arc/read.ts';
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
export function tasksOf({ id, data: done }: RunLine, data: readonly string[]): Task[] {
  const { name, parts, tasks: ids, digest, demos, chosen, skipped = [] } = done;
  if (data.length === 0) checkParts(parts, name);
  const found = data.length > 0 ? data.flatMap((one) => findData(one).parts) : parts;
  const source = openTasks(found, { demos, ids: chosen });
  const known = new Set(source.ids);
  const gone = ids.filter((task) => !known.has(task));
  const places = (data.length > 0 ? data : parts).join(', ');
  if (gone.length > 0) {
    const more = gone.length > 5 ? ` and ${gone.length - 5} more` : '';
    throw new SubmitError(
      `${places}: not the tasks of run ${id}: ${gone.slice(0, 5).join(', ')}${more} of its ${ids.length} are not there`,
    );
  }
  const leftOut = new Set(skipped.map(({ task }) => task));
  const all = source.ids.filter((task) => !leftOut.has(task)).map((task) => source.read(task));
  const wanted = new Set(ids);
  const selected = all.filter((task) => wanted.has(task.id));
  const now = datasetDigest(selected);
  if (now !== digest && datasetDigest(selected.map(withoutSolutions)) !== digest) {
    throw new SubmitError(
      `${places}: the tasks have changed since run ${id}: found digest ${short(now)}, expected ${short(digest)}`,
    );
  }
  return all;
}

function checkParts(parts: readonly string[], name: string): void {
  // a set of a file is `file.json#set`
  const gone = parts.find((part) => !existsSync(part) && !existsSync(part.replace(/\.json#[^/]*$/, '.json')));
  if (gone === undefined) return;
  throw new SubmitError(`${gone}: no such file or folder; the run was made with --data ${name}; say where that is now`);
}

function withoutSolutions(task: Task): Task {
  return { ...task, test: task.test.map(({ input }) => ({ input, output: null })) };
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
