// Finds the results of a run of batt: a folder `DIR/runs/<id>`, DIR with its latest run, or a file of the lines.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
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
  const latest = readdirSync(runs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, time: changed(join(runs, name)) }))
    .sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1))[0];
  return latest === undefined ? undefined : findRun(join(runs, latest.name));
}

function outOf(folder: string): string | undefined {
  const above = dirname(resolve(folder));
  return basename(above) === 'runs' ? dirname(above) : resolve(folder);
}

function changed(folder: string): number {
  const results = join(folder, RESULTS);
  return Math.max(statSync(folder).mtimeMs, existsSync(results) ? statSync(results).mtimeMs : 0);
}
