// The 32-file rule, as pure functions of what stands in a task's folder and of what shall come into it.
import { type Place, placePath, type StoreKind, type StoreMode } from './layout.ts';

/** Links that a task keeps of one kind of program. */
export const MAX_FILES = 32;

/** Why a record gets no link. */
export interface Refusal {
  /** `files`: the 32-file rule; `twin`: the same program is stored with a better score. */
  readonly rule: 'files' | 'twin';
  /** In words. */
  readonly reason: string;
}

/** What is to be done with a task's folder. */
export interface Plan<E extends Place, R extends Place> {
  /** The records that have a link in the end, each with the link that stands for it: its own or that of an equal one. */
  readonly linked: ReadonlyMap<R, Place>;
  readonly refused: ReadonlyMap<R, Refusal>;
  /** Refused records whose text the original would have written: their link was made and pushed out again. */
  readonly pushedOut: ReadonlySet<R>;
  /** Present links to remove when the new ones stand. */
  readonly removed: readonly E[];
  /** Those of them that go because another link of the same program stays. */
  readonly doubled: ReadonlySet<E>;
}

/**
 * What is one thing in a folder, so that it has one link: a program. Of a differ, which has a score for every solver, a
 * program and its score.
 */
export function identity({ md5, score }: Place, kind: StoreKind): string {
  return kind === 'solver' ? md5 : `${score} ${md5}`;
}

/** Which of two links of one program is better: by score, then by speed. Negative if `a` is. */
function byWorth(a: Place, b: Place): number {
  return b.score - a.score || b.tLog - a.tLog;
}

/** The order of the rule: higher scores first, of equal scores the smaller md5. */
function byRank(a: Place, b: Place): number {
  return b.score - a.score || compare(a.md5, b.md5);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The right rule: of all programs, present and new, the best 32 by score, then md5, have a link, one each. It does not depend
 * on the order of the records.
 * @param replace whether a record takes the place of a present link of the same program; otherwise that link stands for it
 */
export function planBest<E extends Place, R extends Place>(
  present: readonly E[],
  records: readonly R[],
  kind: StoreKind,
  replace: boolean,
): Plan<E, R> {
  const chosen = new Map<string, Place>();
  for (const entry of [...present].sort(byWorth)) {
    const id = identity(entry, kind);
    if (!chosen.has(id)) chosen.set(id, entry);
  }
  const ids = new Map(records.map((record) => [record, identity(record, kind)]));
  const renewed = new Set<string>();
  for (const record of [...records].sort(byWorth)) {
    const id = ids.get(record)!;
    if (renewed.has(id) || (!replace && chosen.has(id))) continue;
    renewed.add(id);
    chosen.set(id, record);
  }
  const ranked = [...chosen.values()].sort(byRank);
  const kept = new Set(ranked.slice(0, MAX_FILES));
  const keptPaths = new Set([...kept].map(placePath));
  const linked = new Map<R, Place>();
  const refused = new Map<R, Refusal>();
  for (const [record, id] of ids) {
    const stored = chosen.get(id)!;
    if (renewed.has(id) && stored.score > record.score) refused.set(record, twin(stored.score));
    else if (kept.has(stored)) linked.set(record, stored);
    else refused.set(record, { rule: 'files', reason: outranked(record.score, ranked[MAX_FILES - 1]!.score) });
  }
  const removed = present.filter((entry) => !keptPaths.has(placePath(entry)));
  const doubled = new Set(removed.filter((entry) => kept.has(chosen.get(identity(entry, kind))!)));
  return { linked, refused, pushedOut: new Set(), removed, doubled };
}

/** The refusal of a program that is stored with a better score. */
export function twin(score: number): Refusal {
  return { rule: 'twin', reason: `the same md5 is stored with the better score ${score}` };
}

function outranked(score: number, lowest: number): string {
  return score < lowest
    ? `the best ${MAX_FILES} are kept: the lowest of them has score ${lowest}, this one ${score}`
    : `the best ${MAX_FILES} are kept: those of score ${lowest} among them have smaller md5s`;
}

/**
 * The original's habit, record for record in the given order: while more than 32 stand, the worst is removed, unless it is
 * better than the record, which then gets no link. So 33 stand in the end, and a new one of equal score pushes out an
 * old one. The worst has the lowest score, then the lowest t_log (as the original has it), then the greatest md5
 * (where the original takes the first that it finds).
 */
export function planP4<E extends Place, R extends Place>(present: readonly E[], records: readonly R[]): Plan<E, R> {
  const standing = [...(present as readonly Place[])].sort(byHabit);
  const paths = new Set(standing.map(placePath));
  const removeLast = (): void => void paths.delete(placePath(standing.pop()!));
  const accepted: R[] = [];
  const refused = new Map<R, Refusal>();
  for (const record of records) {
    const lowest = lowestOf(standing);
    if (record.score < lowest) {
      refused.set(record, { rule: 'files', reason: outranked(record.score, lowest) });
      // The original removes the links that are worse than the record before it meets a better one.
      while (standing.length > MAX_FILES && standing.at(-1)!.score <= record.score) removeLast();
      continue;
    }
    while (standing.length > MAX_FILES) removeLast();
    accepted.push(record);
    const path = placePath(record);
    if (!paths.has(path)) insert(standing, record);
    paths.add(path);
  }
  const linked = new Map<R, Place>();
  const pushedOut = new Set<R>();
  const firsts = new Map<string, R>();
  for (const record of accepted) {
    const path = placePath(record);
    if (!firsts.has(path)) firsts.set(path, record);
    if (paths.has(path)) {
      linked.set(record, firsts.get(path)!);
    } else {
      pushedOut.add(record);
      refused.set(record, { rule: 'files', reason: 'its link was pushed out by later ones' });
    }
  }
  const removed = present.filter((entry) => !paths.has(placePath(entry)));
  return { linked, refused, pushedOut, removed, doubled: new Set() };
}

/** The plan for nothing. */
export function planNothing<E extends Place, R extends Place>(): Plan<E, R> {
  return { linked: new Map(), refused: new Map(), pushedOut: new Set(), removed: [], doubled: new Set() };
}

/** The links beyond the 33 at which the original's habit settles, the worst ones. */
export function beyondP4<E extends Place>(present: readonly E[]): readonly E[] {
  return [...present].sort(byHabit).slice(MAX_FILES + 1);
}

function byHabit(a: Place, b: Place): number {
  return b.score - a.score || b.tLog - a.tLog || compare(a.md5, b.md5);
}

/** The lowest score that passes the original's check: that of the last link it would remove. */
function lowestOf(sorted: readonly Place[]): number {
  return sorted[MAX_FILES]?.score ?? Number.NEGATIVE_INFINITY;
}

function insert(sorted: Place[], place: Place): void {
  const at = sorted.findIndex((other) => byHabit(place, other) < 0);
  sorted.splice(at === -1 ? sorted.length : at, 0, place);
}

/** The lowest score with which a program that has no link yet could get one, as things stand; -Infinity where all could. */
export function lowestScore(present: readonly Place[], kind: StoreKind, mode: StoreMode): number {
  if (mode === 'p4') return lowestOf([...present].sort(byHabit));
  const scores = new Map<string, number>();
  for (const entry of [...present].sort(byWorth)) {
    if (!scores.has(identity(entry, kind))) scores.set(identity(entry, kind), entry.score);
  }
  const sorted = [...scores.values()].sort((a, b) => b - a);
  return sorted[MAX_FILES - 1] ?? Number.NEGATIVE_INFINITY;
}
