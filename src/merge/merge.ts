// Merges the runs of shards into one run.
import { join } from 'node:path';
import { syncFolder } from '../files/folders.ts';
import { type StoreError, storeError } from '../files/storeError.ts';
import { RESULTS } from '../results/find.ts';
import type { ResultLine, RunLine, SummaryLine } from '../results/lines.ts';
import { ResultsError } from '../results/read.ts';
import { writeResults } from '../results/rewrite.ts';
import { coverageFaults, workFaults } from './check.ts';
import { MergedContent } from './content.ts';
import type { Fault } from './faults.ts';
import { copyFiles } from './files.ts';
import { distinctRuns } from './groups.ts';
import { findSources, type Source } from './sources.ts';
import { taskGroups } from './tasks.ts';

/** Runs that were merged. */
export interface Merged {
  readonly run: RunLine;
  readonly summary: SummaryLine;
  /** The folder of the merged run. */
  readonly folder: string;
  /** Solver and differ files that could not be brought together. */
  readonly problems: readonly StoreError[];
  /** What is worth knowing: runs that were named more than once. */
  readonly notes: readonly string[];
}

/**
 * Merges runs that did the parts of one piece of work into one run of `out`, with their solver and differ files. What comes out
 * depends on the runs alone: not on the order of the paths, nor on how often a run is named, be it as a part of a merged one.
 * @returns what is in the way, and then nothing is written; or the merged run
 * @throws RunNotFoundError, ResultsError; StoreError where it cannot be written
 */
export async function mergeRuns(
  paths: readonly string[],
  out: string,
): Promise<{ readonly faults: readonly Fault[] } | Merged> {
  const { sources, notes } = findSources(paths);
  const runs = distinctRuns(sources);
  const others = sources.filter((source) => !runs.includes(source));
  const ordered = [...runs, ...others];
  const differing = workFaults(ordered);
  if (differing.length > 0) return { faults: differing };
  const content = new MergedContent(runs);
  const faults = coverageFaults(ordered, runs, (line) => content.add(line));
  if (faults.length > 0) return { faults };
  const { run, summary } = content.end();
  const mode = run.flags.compat === 'p4' ? 'p4' : 'default';
  const outs = ordered.map((source) => source.out);
  const problems = await filesCopied(outs, out, mode);
  const folder = join(out, 'runs', run.id);
  await write(ordered, run, summary, out, folder);
  return { run, summary, folder, problems, notes };
}

async function filesCopied(...[from, out, mode]: Parameters<typeof copyFiles>): Promise<StoreError[]> {
  try {
    return await copyFiles(from, out, mode);
  } catch (error) {
    throw await storeError(error, out, 'merge the files', out);
  }
}

/** Writes the results into a folder of their own, which then gets its name. */
async function write(
  sources: readonly Source[],
  run: RunLine,
  summary: SummaryLine,
  out: string,
  folder: string,
): Promise<void> {
  try {
    // a run of this name is the same: the id is its digest
    await writeResults(folder, out, {
      run,
      candidates: sources[0]!.results.candidates,
      lines: linesOf(sources, summary),
    });
    await syncFolder(join(out, 'runs'));
  } catch (error) {
    if (error instanceof ResultsError) throw error;
    throw await storeError(error, join(folder, RESULTS), 'write the file');
  }
}

function* linesOf(sources: readonly Source[], summary: SummaryLine): Generator<ResultLine> {
  for (const { done } of taskGroups(sources)) yield done[0]!.line;
  yield summary;
}
