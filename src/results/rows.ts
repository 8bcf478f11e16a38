// The columns of a task line as rows, one a candidate.
import type { TaskLine } from './lines.ts';

/** The figures of a candidate on a task. */
export interface ScoreRow {
  /** Its number. */
  readonly candidate: number;
  /** Samples matched, demo and test. */
  readonly oScore: number;
  /** Matched, of those known. */
  readonly demo: readonly [number, number];
  /** null where no test output is known. */
  readonly test: readonly [number, number] | null;
  readonly cells: number;
  /** Samples by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
}

/** The row of candidate `k`. */
export function scoreRow({ scores, known }: TaskLine, k: number): ScoreRow {
  const demo = scores.demo[k]!;
  const test = scores.test === null ? null : scores.test[k]!;
  return {
    candidate: k,
    oScore: demo + (test ?? 0),
    demo: [demo, known[0]],
    test: test === null ? null : [test, known[1]],
    cells: scores.cells[k]!,
    verdicts: scores.kinds[scores.verdicts[k]!]!,
  };
}

/** All rows, in the order of the candidates. */
export function scoreRows(line: TaskLine): ScoreRow[] {
  return line.scores.demo.map((_, k) => scoreRow(line, k));
}

/** The rows of the best candidates, best first. @param top how many of them */
export function bestRows(line: TaskLine, top: number): ScoreRow[] {
  const ranked = line.best.map((candidate) => scoreRow(line, candidate));
  if (ranked.length >= top) return ranked.slice(0, top);
  const taken = new Set(line.best);
  const others = scoreRows(line).filter(({ candidate }) => !taken.has(candidate));
  others.sort((a, b) => b.demo[0] - a.demo[0] || b.oScore - a.oScore || b.cells - a.cells || a.candidate - b.candidate);
  return [...ranked, ...others].slice(0, top);
}

/** Whether some candidate is right on every demo sample of a task, all of them with a known output. */
export function hasDemosRight({ demos, known, scores }: TaskLine): boolean {
  return known[0] === demos && scores.demo.includes(demos);
}

/** Whether some candidate is right on every demo and test sample of a task that has tests, all of them with a known output. */
export function isSolved({ demos, tests, known, scores }: TaskLine): boolean {
  if (tests === 0 || known[0] !== demos || known[1] !== tests) return false;
  return scores.demo.some((demo, k) => demo === demos && (scores.test?.[k] ?? 0) === tests);
}
