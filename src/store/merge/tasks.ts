// Goes through several runs task by task, so that only the lines of one task are in memory.
import type { TaskLine } from '../results/lines.ts';
import { ResultsError, type RunResults } from '../results/read.ts';
import type { Source } from './sources.ts';

/** The lines of a task. */
export interface TaskGroup {
  readonly task: string;
  readonly place: number;
  /** Of the runs that have finished it. */
  readonly done: readonly SourceLine[];
  /** Of the runs that it was cut in. */
  readonly cut: readonly SourceLine[];
}

interface SourceLine {
  readonly source: Source;
  readonly line: TaskLine;
}

/**
 * The lines of several runs on the same tasks, by task.
 * @throws ResultsError where a line is damaged
 */
export function* taskGroups(sources: readonly Source[]): Generator<TaskGroup, void, undefined> {
  for (const { results } of sources) checkTasks(results);
  const readers = sources.map((source) => ({ source, lines: source.results.tasks() }));
  try {
    const heads = readers.map(({ source, lines }) => ({ source, lines, next: lines.next() }));
    for (const [place, task] of sources[0]!.results.run.data.tasks.entries()) {
      const found: SourceLine[] = [];
      for (const head of heads) {
        if (head.next.done || head.next.value.task !== task) continue;
        const line = head.next.value;
        checkLine(line, head.source);
        found.push({ source: head.source, line });
        head.next = head.lines.next();
      }
      const isCut = ({ line }: SourceLine): boolean => line.cut !== undefined;
      yield { task, place, done: found.filter((entry) => !isCut(entry)), cut: found.filter(isCut) };
    }
  } finally {
    for (const { lines } of readers) lines.return();
  }
}

/** Checks that the tasks are those of the data set. */
function checkTasks({ file, run, done }: RunResults): void {
  const tasks = new Set(run.data.tasks);
  const strange = [...done].find((task) => !tasks.has(task));
  if (strange !== undefined) {
    throw new ResultsError(`${file}: found results of task ${strange}, expected tasks of the run's own list alone`);
  }
}

/** Checks that the columns of a line are whole and its verdicts add up. */
function checkLine(line: TaskLine, { results }: Source): void {
  const fault = lineFault(line, results.candidates.length);
  if (fault !== undefined) throw new ResultsError(`${results.file}: task ${line.task}: ${fault}`);
}

function lineFault({ scores, counts, demos, tests, verdicts }: TaskLine, candidates: number): string | undefined {
  const rows = counts.scored;
  for (const name of ['candidate', 'demo', 'test', 'cells', 'verdicts'] as const) {
    const column = scores[name] ?? undefined;
    if (column !== undefined && column.length !== rows) {
      return `found ${column.length} entries in scores.${name}, expected ${rows}, one for each scored candidate`;
    }
  }
  const numbers = scores.candidate ?? [rows - 1];
  const wrong = numbers.find((number) => number >= candidates);
  if (wrong !== undefined) return `found scores of candidate ${wrong}, expected numbers below ${candidates}`;
  const sums: Record<string, number> = {};
  for (const place of scores.verdicts) {
    const kind = scores.kinds[place];
    if (kind === undefined) return `found ${place} in scores.verdicts, expected a place in scores.kinds`;
    for (const [verdict, samples] of Object.entries(kind)) sums[verdict] = (sums[verdict] ?? 0) + samples;
  }
  const total = Object.values(sums).reduce((sum, n) => sum + n, 0);
  if (total !== rows * (demos + tests)) {
    return `found ${total} verdicts, expected ${rows} candidates × ${demos + tests} samples`;
  }
  const off = Object.keys({ ...verdicts, ...sums }).find((verdict) => verdicts[verdict] !== sums[verdict]);
  if (off !== undefined) return `found ${verdicts[off] ?? 0} ${off} in verdicts, expected ${sums[off] ?? 0}`;
  return undefined;
}
