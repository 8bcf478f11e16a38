// Writes the results of a run as one file that takes its place when it is whole.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder } from '../files/folders.ts';
import { temporaryPath } from '../files/temporary.ts';
import { RESULTS } from './find.ts';
import { type CandidateFields, RESULTS_SCHEMA, type ResultLine, type RunLine } from './lines.ts';
import type { RunResults } from './read.ts';
import { ResultsFile } from './write.ts';

/** What a results file holds. */
export interface ResultsContent {
  readonly run: RunLine;
  readonly candidates: readonly CandidateFields[];
  /** All other lines, in order. */
  readonly lines: Iterable<ResultLine>;
}

/**
 * Writes results into a folder, in the place of those that it may have.
 * @param near a folder on the same disk, for the file that is not whole yet
 * @throws StoreError where it cannot be written, and what `lines` throws
 */
export async function writeResults(
  folder: string,
  near: string,
  { run, candidates, lines }: ResultsContent,
): Promise<void> {
  const temporary = temporaryPath(near);
  try {
    const file = await ResultsFile.create(temporary);
    try {
      await file.add(run);
      await file.addCandidates(candidates);
      for (const line of lines) await file.add(line);
    } finally {
      await file.close();
    }
    await makeFolder(folder, new Set());
    await rename(join(temporary, RESULTS), join(folder, RESULTS));
    await syncFolder(folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Writes the results of a run anew, without its damaged lines. @throws StoreError where they cannot be written */
export function withoutDamage(folder: string, results: RunResults): Promise<void> {
  return writeResults(folder, folder, { ...results, lines: linesOf(results) });
}

function* linesOf({ saving, tasks }: RunResults): Generator<ResultLine> {
  for (const [task, lowest] of saving) yield { schema: RESULTS_SCHEMA, type: 'saving', task, lowest };
  yield* tasks();
}
