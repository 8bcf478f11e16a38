// The sums that must add up in every run.
import type { CandidateScore } from '../../score/scoreTable.ts';
import type { Counts } from '../read/candidates.ts';

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

/** Pairs by verdict, summed over scored candidates. */
export function verdictTotals(scored: readonly { readonly score: CandidateScore }[]): Record<string, number> {
  // most candidates of a task share their counts with others
  const sharing = new Map<CandidateScore['verdicts'], number>();
  for (const { score } of scored) sharing.set(score.verdicts, (sharing.get(score.verdicts) ?? 0) + 1);
  const totals: Record<string, number> = {};
  for (const [counts, candidates] of sharing) {
    for (const [verdict, n] of Object.entries(counts)) totals[verdict] = (totals[verdict] ?? 0) + n * candidates;
  }
  return totals;
}
