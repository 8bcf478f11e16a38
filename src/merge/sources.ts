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

/** The runs to merge, and what to say about those that were named more than once. */
export interface Sources {
  readonly sources: readonly Source[];
  readonly notes: readonly string[];
}

/**
 * The runs that paths name: a results file or the folder of a run is that run; an output folder is its latest run and all others
 * in it that did a part of the same work.
 * @throws RunNotFoundError where there is none; ResultsError where one cannot be read
 */
export function findSources(paths: readonly string[]): Sources {
  const byFile = new Map<string, { readonly place: RunPlace; count: number }>();
  for (const place of paths.flatMap(placesOf)) {
    const file = realpathSync(place.results);
    const named = byFile.get(file);
    if (named === undefined) byFile.set(file, { place, count: 1 });
    else named.count++;
  }
  const found = [...byFile.values()];
  const sources = found.map(({ place }) => ({ results: readResults(place.results), out: place.out }));
  const again = found.filter(({ count }) => count > 1);
  return {
    sources,
    notes: [
      ...again.map(({ place, count }) => `${place.results}: named ${count} times, taken once`),
      ...copies(sources),
    ],
  };
}

/** A note for each run that lies in several files. */
function copies(sources: readonly Source[]): string[] {
  const filesOf = new Map<string, string[]>();
  for (const { results } of sources) {
    filesOf.set(results.run.id, [...(filesOf.get(results.run.id) ?? []), results.file]);
  }
  return Array.from(filesOf).flatMap(([id, files]) =>
    files.length === 1 ? [] : [`${files.join(' and ')}: copies of run ${id}, taken once`],
  );
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
