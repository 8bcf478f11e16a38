// What `batt run` tells a person: a block or a line a task, then a summary.
import type { InvalidCandidate, Skipped } from '../pipeline/candidates.ts';
import type { PreparedRun } from '../pipeline/run.ts';
import type { ScoredCandidate, TaskResult } from '../pipeline/scoreTask.ts';
import { isSolved, type Totals } from '../pipeline/totals.ts';
import { columns } from './columns.ts';
import { duration, grouped, plural, rate } from './numbers.ts';
import type { Style } from './style.ts';

/** Best candidates in the block of a task. */
const BEST = 5;

/** The block of a task: its counts and its best candidates. */
export function taskBlock(result: TaskResult, style: Style): string {
  const { task, demos, tests, counts } = result;
  const head = [
    plural(demos, 'demo'),
    plural(tests, 'test'),
    `${grouped(counts.scored)} scored, ${grouped(counts.pairs)} pairs`,
    duration(result.timing.get('main.run_batt') ?? 0),
  ].join(' · ');
  const best = bestOf(result.candidates, BEST);
  const rows = best.map(({ candidate, score }) => [
    share(score.demo),
    share(score.test),
    score.cells.toFixed(4),
    candidate.solverId + (candidate.also.length > 0 ? ` +${candidate.also.length}` : ''),
    verdictList(Object.entries(score.verdicts)),
  ]);
  const [header, ...lines] = columns([['demo', 'test', 'cells', 'solver', 'verdicts'], ...rows], 'rrrll');
  const right = best.map(({ score }) => score.oScore === demos + tests);
  return [
    `${style.bold(task)}  ${style.dim(head)}`,
    `  ${style.dim(header!)}`,
    ...lines.map((line, k) => `  ${right[k] ? style.green(line) : line}`),
    ...(best.length === 0 ? ['  all are skipped'] : []),
    '',
    '',
  ].join('\n');
}

/** Width of the task column of {@link taskRow}. */
export function taskWidth(ids: readonly string[]): number {
  return ids.reduce((most, id) => Math.max(most, id.length), 4);
}

/** The head of the list that {@link taskRow} fills. */
export function taskRowHead(width: number, style: Style): string {
  return style.dim(`${'task'.padEnd(width)}  solvers   demo   test   cells  best`);
}

/** The line of a task: how many candidates solve it, and its best one. */
export function taskRow(result: TaskResult, width: number, style: Style): string {
  const [best] = bestOf(result.candidates, 1);
  const all = result.demos + result.tests;
  const solvers = result.candidates.filter(({ score }) => score.oScore === all).length;
  const cells = [
    result.task.padEnd(width),
    grouped(solvers).padStart(7),
    share(best?.score.demo ?? null).padStart(5),
    share(best?.score.test ?? null).padStart(5),
    best?.score.cells.toFixed(4) ?? '     –',
    best?.candidate.solverId ?? 'all are skipped',
  ];
  const line = cells.join('  ');
  return isSolved(result) ? style.green(line) : line;
}

/** The candidates that match most samples, then those with most right cells, then the first read. */
function bestOf(candidates: readonly ScoredCandidate[], most: number): ScoredCandidate[] {
  return candidates
    .slice()
    .sort((a, b) => b.score.oScore - a.score.oScore || b.score.cells - a.score.cells)
    .slice(0, most);
}

function share(matched: readonly [number, number] | null): string {
  return matched === null ? '–' : `${matched[0]}/${matched[1]}`;
}

function verdictList(entries: readonly (readonly [string, number])[]): string {
  return entries
    .slice()
    .sort((a, b) => b[1] - a[1])
    .map(([verdict, n]) => `${verdict} ${grouped(n)}`)
    .join(' · ');
}

/**
 * The summary over all tasks.
 * @param results the folder with the results of the run, if they are kept
 */
export function summaryText(run: PreparedRun, totals: Totals, digest: string, style: Style, results?: string): string {
  const { counts } = run.set;
  const { seconds } = totals;
  const accounts = [
    `${grouped(counts.read)} read = ${grouped(counts.invalid)} invalid`,
    `${grouped(counts.duplicate)} duplicate`,
    `${grouped(counts.skipped)} skipped`,
    `${grouped(counts.scored)} scored`,
  ].join(' + ');
  const rows: [string, string][] = [
    [
      'solved',
      `${style.bold(`${grouped(totals.solved)} of ${plural(totals.tasks, 'task')}`)} (a candidate is right on every demo and test)`,
    ],
    ['candidates', `${accounts}; ${grouped(totals.pairs)} pairs`],
    ['verdicts', verdictList([...totals.verdicts])],
    ['data', `${run.data.name}, ${plural(run.data.tasks.length, 'task')}, digest ${digest.slice(0, 12)}`],
    ['batteries', run.batteries.map(({ file }) => file).join(' ')],
    [
      'time',
      `${duration(seconds)} on cpu: ${rate((counts.scored * totals.tasks) / seconds)} candidates/s, ${grouped(totals.runs)} runs, ${rate(totals.runs / seconds)} runs/s`,
    ],
  ];
  if (results !== undefined) rows.push(['results', results]);
  return [...rows.map(([key, text]) => `${style.dim(key.padEnd(10))}  ${text}`), ''].join('\n');
}

/** Most invalid candidates listed one by one. */
const LISTED = 10;

/** What could not be run and why, a line each. */
export function rejections(invalid: readonly InvalidCandidate[], skipped: readonly Skipped[]): string[] {
  const lines = invalid
    .slice(0, LISTED)
    .map(
      ({ file, line, column, name, reason }) =>
        `${file}:${line}:${column}: ${name || 'a candidate'} is invalid: ${reason}`,
    );
  if (invalid.length > LISTED)
    lines.push(`and ${plural(invalid.length - LISTED, 'invalid candidate')} more (--json lists all)`);
  for (const { file, programs, reason } of skipped)
    lines.push(`${file}: ${plural(programs, 'program')} skipped: ${reason}`);
  return lines;
}
