// What the page draws of a task: its grids, and what the best candidates made of them. Ready for JSON.
import type { ArcGrid } from '../../arc/grid.ts';
import type { Task } from '../../arc/task.ts';
import { gridText } from '../../results/gridText.ts';
import type { CandidateFields, TaskLine } from '../../results/lines.ts';
import { scoreRow } from '../../results/rows.ts';

/** Candidates of a task in the report. */
const BEST = 10;
/** Ids of duplicates that are named. */
const ALSO = 5;

/** Read by the script of the page. */
export interface TaskData {
  /** The distinct grids, see `gridText`; all others are places in this list. */
  readonly grids: readonly string[];
  readonly demos: number;
  /** Input and expected output of each sample, demos first; null where that is not known. */
  readonly samples: readonly (readonly [input: number, expected: number | null])[];
  readonly candidates: readonly CandidateData[];
  /** What went wrong, and what is worth knowing. */
  readonly notes: readonly string[];
}

interface CandidateData {
  readonly id: string;
  /** Its score and where it is from, in words. */
  readonly figures: readonly string[];
  readonly verdicts: string;
  readonly from: readonly string[];
  /** An output a sample: null is no grid; the whole list is null where the run did not keep them. */
  readonly outputs: readonly (number | null)[] | null;
}

/** @param line undefined where the run has not come to the task */
export function taskData(task: Task, line: TaskLine | undefined, candidates: readonly CandidateFields[]): TaskData {
  const grids: string[] = [];
  const places = new Map<string, number>();
  const place = (text: string): number => {
    let at = places.get(text);
    if (at === undefined) {
      at = grids.push(text) - 1;
      places.set(text, at);
    }
    return at;
  };
  const placeGrid = (grid: ArcGrid): number => place(gridText(grid));
  const samples = [...task.demo, ...task.test].map(({ input, output }) => {
    return [placeGrid(input), output === null ? null : placeGrid(output)] as const;
  });
  const shown = new Map(line?.shown?.map(({ candidate, outputs }) => [candidate, outputs]));
  const best = new Set([...(line?.best.slice(0, BEST) ?? []), ...shown.keys()]);
  return {
    grids,
    demos: task.demo.length,
    samples,
    candidates: Array.from(best, (number) => ({
      ...candidateWords(line!, number, candidates[number]!),
      outputs: shown.get(number)?.map((text) => (text === null ? null : place(text))) ?? null,
    })),
    notes: [...(line?.failures ?? []), ...(line?.notes ?? [])],
  };
}

function candidateWords(line: TaskLine, number: number, fields: CandidateFields): Omit<CandidateData, 'outputs'> {
  const { solver_id, also, source, line: at, size } = fields;
  const row = scoreRow(line, number);
  const stored = line.stored?.find(({ candidate }) => candidate === number);
  const more = also.length > ALSO ? ` and ${also.length - ALSO} more` : '';
  return {
    id: solver_id,
    figures:
      row === undefined
        ? []
        : [
            `demo ${row.demo.join('/')}`,
            row.test === null ? 'test not known' : `test ${row.test.join('/')}`,
            `${cellShare(row.cells)} cells`,
          ],
    verdicts: Object.entries(row?.verdicts ?? {})
      .sort((a, b) => b[1] - a[1])
      .map(([verdict, n]) => `${verdict} ${n}`)
      .join(' · '),
    from: [
      `${source}:${at}`,
      `${size} statement${size === 1 ? '' : 's'}`,
      ...(stored === undefined ? [] : [`md5 ${stored.md5}`]),
      ...(also.length === 0 ? [] : [`also ${also.slice(0, ALSO).join(', ')}${more}`]),
    ],
  };
}

/** A share of cells: `100 %` only where all are right. */
export function cellShare(share: number): string {
  return share >= 1 ? '100 %' : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
