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

/** Row `k` of the columns. */
export function scoreRow({ scores, known }: TaskLine, k: number): ScoreRow {
  const demo = scores.demo[k]!;
  const test = scores.test === null ? null : scores.test[k]!;
  return {
    candidate: scores.candidate?.[k] ?? k,
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

/** The row of a candidate, undefined where it was refused. */
export function rowOf(line: TaskLine, candidate: number): ScoreRow | undefined {
  const { candidate: numbers, demo } = line.scores;
  const k = numbers === undefined ? candidate : numbers.indexOf(candidate);
  return k < 0 || k >= demo.length ? undefined : scoreRow(line, k);
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
