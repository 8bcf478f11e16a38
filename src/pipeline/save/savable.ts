// A candidate on its way to a file, and how what a run of its text found is held against what scoring found.

import type { ScoredCandidate } from '../score/scoreTask.ts';
import type { CandidateText } from './candidateTexts.ts';

/** A candidate on its way to a file. */
export interface Item {
  readonly scored: ScoredCandidate;
  readonly linkScore: number;
  text: CandidateText;
  tLog: number;
  /** What running it takes, about: the mean of all candidates. */
  readonly seconds: number;
  /** Why it is not to be stored. */
  fault?: string;
  /** What a reader should know. */
  note?: string;
}

/** The text of a candidate that has none yet, or whose text is no longer needed. */
export const NO_TEXT: CandidateText = { md5: '', form: 'expanded', text: '' };

/** What two runs of a program have in common when they agree. */
export function figures({ demo, test, cells, verdicts }: ScoredCandidate['score']): string {
  const sorted = Object.entries(verdicts).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ demo, test, cells, verdicts: Object.fromEntries(sorted) });
}

/** Whether a run that found other verdicts than scoring did differs only where it was stopped by the clock. */
export function isCutShort(found: ScoredCandidate['score'], wanted: ScoredCandidate['score']): boolean {
  const said = Object.entries(found.verdicts).filter(([verdict]) => verdict !== 'timeout' && verdict !== 'not_run');
  return 'timeout' in found.verdicts && said.every(([verdict, n]) => n <= (wanted.verdicts[verdict] ?? 0));
}

/** File, line and id of a candidate. */
export function nameOf({ candidate: { source, line, solverId } }: ScoredCandidate): string {
  return `${source}:${line}: ${solverId}`;
}
