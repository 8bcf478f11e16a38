// Where solver and differ files lie under the output folder, and what a record of one is.
import { join } from 'node:path';

/** A solver, or a differ with its iz score or its zo score. */
export type StoreKind = 'solver' | 'differ iz' | 'differ zo';

/** How links are kept: the right way, or with the habits of the Python original at its commit P4. */
export type StoreMode = 'default' | 'p4';

/** What the store is given of one program. It knows nothing of how the score came about. */
export interface StoreRecord {
  readonly kind: StoreKind;
  /** Task id, such as `007bbfb7`. */
  readonly task: string;
  /** Digest of the inlined text, 32 small hex digits: the name of the file. */
  readonly md5: string;
  /** The whole file, in UTF-8. */
  readonly text: string;
  /** o_score or s_score, an integer. */
  readonly score: number;
  /** See {@link tLogOf}; an integer. */
  readonly tLog: number;
}

/** A place below the folder of a task. */
export interface Place {
  readonly score: number;
  readonly tLog: number;
  readonly md5: string;
}

const TEXT_FOLDERS: Readonly<Record<StoreKind, string>> = {
  solver: 'solver_md5',
  'differ iz': 'differ_md5',
  'differ zo': 'differ_md5',
};

const LINK_FOLDERS: Readonly<Record<StoreKind, string>> = {
  solver: 'solver_dir',
  'differ iz': 'differ_dir/iz',
  'differ zo': 'differ_dir/zo',
};

/** The folder of the texts, such as `out/solver_md5`. */
export function textFolder(out: string, kind: StoreKind): string {
  return join(out, TEXT_FOLDERS[kind]);
}

/** The folder of the links of one task, such as `out/solver_dir/solve_007bbfb7`. */
export function taskFolder(out: string, kind: StoreKind, task: string): string {
  return join(out, LINK_FOLDERS[kind], `solve_${task}`);
}

/** The path of a place below the folder of its task, such as `6/15/<md5>.py`. */
export function placePath({ score, tLog, md5 }: Place): string {
  return `${score}/${tLog}/${md5}.py`;
}

/** What the names of score and t_log folders look like. */
export const INTEGER_NAME: RegExp = /^-?\d{1,15}$/;

/** What the names of texts and links look like. */
export const FILE_NAME: RegExp = /^([0-9a-f]{32})\.py$/;

/** What is wrong with a record, in words, or undefined. */
export function recordFault({ task, md5, score, tLog }: StoreRecord): string | undefined {
  if (task === '' || /[/\\\0]/.test(task))
    return `found the task id ${JSON.stringify(task)}, expected one without / and \\`;
  if (!FILE_NAME.test(`${md5}.py`)) return `found the md5 ${JSON.stringify(md5)}, expected 32 small hex digits`;
  if (!INTEGER_NAME.test(String(score))) return `found a score of ${score}, expected an integer`;
  if (!INTEGER_NAME.test(String(tLog))) return `found a t_log of ${tLog}, expected an integer`;
  return undefined;
}

/**
 * The t_log of a run time: 11 − trunc(ln(seconds)), so that more is faster (0.37 to 1 s is 11, 0.14 to 0.37 s is 12), and 10
 * where `seconds` is not above 0.
 */
export function tLogOf(seconds: number): number {
  return seconds > 0 ? 11 - Math.trunc(Math.log(seconds)) : 10;
}
