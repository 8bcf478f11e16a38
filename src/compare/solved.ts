// Which tasks each side solves, and which only one of them does.
import type { Side } from './side.ts';

/** The tasks that a side solves, and those of which it is known. */
interface SolvedCount {
  readonly solved: number;
  readonly of: number;
}

/** Solved tasks before (A) and after (B). */
export interface SolvedTasks {
  /** Undefined for a side that does not say it of any task. */
  readonly a: SolvedCount | undefined;
  readonly b: SolvedCount | undefined;
  /** Tasks of which both sides say it. */
  readonly both: number;
  /** Those of them that only B solves, and those that only A solves. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Compares what two sides solve, on the tasks that both know about. */
export function compareSolved({ solved: a }: Side, { solved: b }: Side): SolvedTasks {
  const both = [...a.keys()].filter((task) => b.has(task));
  return {
    a: countOf(a),
    b: countOf(b),
    both: both.length,
    gained: both.filter((task) => !a.get(task) && b.get(task)),
    lost: both.filter((task) => a.get(task) && !b.get(task)),
  };
}

function countOf(solved: ReadonlyMap<string, boolean>): SolvedCount | undefined {
  return solved.size === 0
    ? undefined
    : { solved: [...solved.values()].filter((isSolved) => isSolved).length, of: solved.size };
}
