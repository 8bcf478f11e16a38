// Finds the results of a run: a folder `DIR/runs/<id>`, DIR with its latest run, or the file itself.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export const RESULTS = 'results.jsonl';

/** Where the results of a run are, and the folder with its solver and differ files. */
export interface RunPlace {
  readonly results: string;
  readonly out: string;
}

/** A RUN that was named and is none. The message names it and what was expected. */
export class RunNotFoundError extends Error {
  override readonly name = 'RunNotFoundError';
}

/**
 * The run that a path names; of an output folder with several runs the latest.
 * @throws RunNotFoundError where there is none
 */
export function findRun(path: string): RunPlace {
  const found = readable(path, () => runAt(path));
  if (found === undefined) {
    throw new RunNotFoundError(`${path}: found no run, expected a folder with ${RESULTS}, or one with runs/`);
  }
  return found;
}

function runAt(path: string): RunPlace | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return { results: path, out: outOf(dirname(path)) };
  if (existsSync(join(path, RESULTS))) return { results: join(path, RESULTS), out: outOf(path) };
  const latest = runsIn(path).at(-1);
  return latest === undefined ? undefined : runAt(latest);
}

/**
 * The folders of the runs in an output folder that have results, by the time of their start.
 * @throws RunNotFoundError where it cannot be read
 */
export function runsIn(out: string): string[] {
  const runs = join(out, 'runs');
  if (!existsSync(runs)) return [];
  return readable(runs, () => readdirSync(runs))
    .sort()
    .map((name) => join(runs, name))
    .filter((folder) => existsSync(join(folder, RESULTS)));
}

/** What reading a path gives, if permissions, the length of its name and all else allow it. */
function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RunNotFoundError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunNotFoundError(`${path}: cannot be read: ${reason}`, { cause: error });
  }
}

function outOf(folder: string): string {
  const above = dirname(resolve(folder));
  return basename(above) === 'runs' ? dirname(above) : resolve(folder);
}
