// The runs to merge: what the paths stand for, each results file once.
import { realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findRun, RESULTS, type RunPlace, runsIn } from '../results/find.ts';
import { type RunResults, readResults, readRunLine } from '../results/read.ts';
import { differences } from './sameWork.ts';

/** A run to merge. */
export interface Source {
  readonly results: RunResults;
  /** The folder with its solver and differ files. */
  readonly out: string;
}

/**
 * The runs that paths name: a results file or the folder of a run is that run; an output folder is its latest run and all others
 * in it that did a part of the same work.
 * @throws RunNotFoundError where there is none; ResultsError where one cannot be read
 */
export function findSources(paths: readonly string[]): Source[] {
  const places = paths.flatMap(placesOf);
  const byFile = new Map(places.map((place) => [realpathSync(place.results), place]));
  return Array.from(byFile.values(), ({ results, out }) => ({ results: readResults(results), out }));
}

function placesOf(path: string): RunPlace[] {
  const latest = findRun(path);
  if (statSync(path).isFile() || dirname(latest.results) === join(path)) return [latest];
  const line = readRunLine(latest.results);
  if (line === undefined) return [latest]; // reading it says what is wrong
  const others = runsIn(path).filter((folder) => {
    const other = readRunLine(join(folder, RESULTS));
    return other !== undefined && other.id !== line.id && differences(line, other).length === 0;
  });
  return [...others.map(findRun), latest];
}
