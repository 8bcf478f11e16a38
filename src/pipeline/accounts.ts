// The sums that must add up in every run.
import type { Counts } from './candidates.ts';

/** Candidates or verdicts were lost or counted twice: an error of ours, which no result may hide. */
export class AccountsError extends Error {
  override readonly name = 'AccountsError';
}

/**
 * Checks that every program read is accounted for and that every scored candidate has one verdict a sample.
 * @param verdicts (candidate, sample) pairs that have a verdict
 * @throws AccountsError with the numbers
 */
export function checkAccounts(task: string, counts: Counts, samples: number, verdicts: number): void {
  const { read, invalid, duplicate, skipped, scored } = counts;
  const sum = invalid + duplicate + skipped + scored;
  if (read !== sum) {
    const parts = `${invalid} invalid + ${duplicate} duplicate + ${skipped} skipped + ${scored} scored = ${sum}`;
    throw new AccountsError(`task ${task}: read ${read} programs, but ${parts}`);
  }
  const pairs = scored * samples;
  if (verdicts !== pairs) {
    const expected = `${scored} candidates × ${samples} samples = ${pairs}`;
    throw new AccountsError(`task ${task}: ${verdicts} verdicts, expected ${expected}`);
  }
}
