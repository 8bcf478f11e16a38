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
  let found: RunPlace | undefined;
  try {
    found = runAt(path);
  } catch (error) {
    // what no permission is given for, a name that is too long, and the like
    throw new RunNotFoundError(`${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
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

/** The folders of the runs in an output folder that have results, by the time of their start. */
export function runsIn(out: string): string[] {
  const runs = join(out, 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .sort()
    .map((name) => join(runs, name))
    .filter((folder) => existsSync(join(folder, RESULTS)));
}

function outOf(folder: string): string {
  const above = dirname(resolve(folder));
  return basename(above) === 'runs' ? dirname(above) : resolve(folder);
}
