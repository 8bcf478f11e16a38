// What saving the results of a task gave.
import type { Candidate } from '../../graph/graph.ts';
import type { StoredText } from '../../lang/text/programTexts.ts';
import type { TaskResult } from '../score/scoreTask.ts';

/** The file of a candidate. */
export interface StoredCandidate {
  readonly md5: string;
  /** What the original calls the program, where its text is another one. */
  readonly peerMd5?: string;
  readonly form: StoredText['form'];
  /** Of the time that the stored text took on all samples. */
  readonly tLog: number;
}

/** A differ and its scores by solver id. */
export interface SavedDiffer {
  readonly name: string;
  /** null for a differ without a leading copy, which has no text. */
  readonly md5: string | null;
  readonly iz: ReadonlyMap<string, number>;
  readonly zo: ReadonlyMap<string, number>;
}

/** A task with all its phases done. */
export interface SavedTask {
  /** What scoring gave, with the times of all phases. What is saved changes nothing else of it. */
  readonly result: TaskResult;
  /** By candidate; those that do not reproduce their score are not among them, nor those of very many that had no chance. */
  readonly stored: ReadonlyMap<Candidate, StoredCandidate>;
  /** Candidates that were to have a link and have none, by the reason. */
  readonly unlinked: ReadonlyMap<string, readonly Candidate[]>;
  readonly differs: readonly SavedDiffer[];
  /** What went wrong, by name: a program that does not reproduce its score, a file that could not be written. */
  readonly failures: readonly string[];
  /** Whether some of its files could not be written. */
  readonly unsaved: boolean;
  /** What a reader should know and is no failure. */
  readonly notes: readonly string[];
}
