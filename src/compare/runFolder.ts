// Finds the results of a run of batt: a folder `DIR/runs/<id>`, DIR with its latest run, or a file of the lines.
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { unreadable } from './files.ts';
import { CompareError } from './side.ts';

export const RESULTS = 'results.jsonl';

/** Where the results of a run are, and the folder with its solver and differ files if there is one. */
export interface RunPlace {
  readonly results: string;
  readonly out: string | undefined;
}

/** The run in a folder, or undefined where it holds none. */
export function findRun(folder: string): RunPlace | undefined {
  if (existsSync(join(folder, RESULTS))) return { results: join(folder, RESULTS), out: outOf(folder) };
  if (basename(dirname(resolve(folder))) === 'runs') {
    throw new CompareError(`${folder}: the run has no ${RESULTS}; it may have been stopped before its end`);
  }
  const runs = join(folder, 'runs');
  if (!existsSync(runs)) return undefined;
  // ids begin with the time of the start
  const latest = entriesOf(runs)
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort()
    .at(-1);
  return latest === undefined ? undefined : findRun(join(runs, latest));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function outOf(folder: string): string | undefined {
  const above = dirname(resolve(folder));
  return basename(above) === 'runs' ? dirname(above) : resolve(folder);
}
