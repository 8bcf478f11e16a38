// What `batt run` tells a person: a block or a line a task, then a summary.
import type { Backend } from '../../kernels/backend.ts';
import { fellBack } from '../backend/steadyBackend.ts';
import type { Totals } from '../pipeline/keep/totals.ts';
import type { CandidateSet } from '../pipeline/read/candidates.ts';
import type { PreparedRun } from '../pipeline/read/prepareRun.ts';
import type { CandidateFields, TaskLine } from '../results/lines.ts';
import { bestRows, isSolved, scoreRow, scoreRows } from '../results/rows.ts';
import { columns } from './columns.ts';
import { duration, grouped, plural, rate } from './numbers.ts';
import type { Style } from './style.ts';

/**
 * The block of a task: its counts and its best candidates.
 * @param top how many of them
 */
export function taskBlock(line: TaskLine, candidates: readonly CandidateFields[], style: Style, top: number): string {
  const { task, demos, tests, counts, timing } = line;
  const head = [
    plural(demos, 'demo'),
    plural(tests, 'test'),
    `${grouped(counts.scored)} scored, ${pairsOf(counts.pairs)}`,
    duration(timing['main.run_batt'] ?? 0),
    ...(line.cut === undefined ? [] : ['cut by the deadline']),
  ].join(' · ');
  const best = bestRows(line, top);
  const rows = best.map(({ candidate, demo, test, cells, verdicts }) => {
    const { solver_id, also } = candidates[candidate]!;
    return [
      share(demo),
      share(test),
      cells.toFixed(4),
      solver_id + (also.length > 0 ? ` +${also.length}` : ''),
      verdictList(Object.entries(verdicts)),
    ];
  });
  const [header, ...lines] = columns([['demo', 'test', 'cells', 'solver', 'verdicts'], ...rows], 'rrrll');
  const right = best.map(({ oScore }) => oScore === demos + tests);
  const more = counts.scored - best.length;
  return [
    `${style.bold(task)}  ${style.dim(head)}`,
    ...(top === 0 ? [] : [`  ${style.dim(header!)}`]),
    ...lines.map((text, k) => `  ${right[k] ? style.green(text) : text}`),
    ...(more > 0 && top > 0 ? [style.dim(`  and ${grouped(more)} more (--top N shows N, --json all)`)] : []),
    '',
    '',
  ].join('\n');
}

/** Of each program how many outputs it has that are not equal, all added up, as the original counts them. */
function pairsOf(pairs: number): string {
  return `${grouped(pairs)} (program, output) ${pairs === 1 ? 'pair' : 'pairs'}`;
}

/** Width of the task column of {@link taskRow}. */
export function taskWidth(ids: readonly string[]): number {
  return ids.reduce((most, id) => Math.max(most, id.length), 4);
}

/** The head of the list that {@link taskRow} fills. */
export function taskRowHead(width: number, style: Style): string {
  return style.dim(`${'task'.padEnd(width)}  solvers   demo   test   cells  best`);
}

/** The line of a task: how many candidates solve it, where all outputs are known, and its best one. */
export function taskRow(line: TaskLine, candidates: readonly CandidateFields[], width: number, style: Style): string {
  const [first] = line.best;
  const best = first === undefined ? undefined : scoreRow(line, first);
  const all = line.demos + line.tests;
  const solvers = scoreRows(line).filter(({ oScore }) => oScore === all).length;
  const cells = [
    line.task.padEnd(width),
    (line.tests > 0 && line.known[1] === line.tests ? grouped(solvers) : '–').padStart(7),
    share(best?.demo ?? null).padStart(5),
    share(best?.test ?? null).padStart(5),
    best?.cells.toFixed(4) ?? '     –',
    best === undefined ? '' : candidates[best.candidate]!.solver_id,
  ];
  const text = cells.join('  ');
  return isSolved(line) ? style.green(text) : text;
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

/** What a process has done, and in what time. */
interface Speed {
  readonly seconds: number;
  readonly tasks: number;
  /** (candidate, sample) pairs that were run. */
  readonly runs: number;
}

/**
 * The summary over all tasks.
 * @param speed of this process, from the first task to the last, saving included
 * @param early why the run ended before all was done, if it did
 * @param results the folder with the results of the run, if they are kept
 */
export function summaryText(
  run: PreparedRun,
  totals: Totals,
  digest: string,
  style: Style,
  backend: Backend,
  { seconds, tasks, runs }: Speed,
  { early, results }: { readonly early?: string | undefined; readonly results?: string | undefined } = {},
): string {
  const { counts } = run.set;
  const accounts = [
    `${grouped(counts.read)} read = ${grouped(counts.invalid)} invalid`,
    `${grouped(counts.duplicate)} duplicate`,
    `${grouped(counts.skipped)} skipped`,
    `${grouped(counts.scored)} scored`,
  ].join(' + ');
  const [title, right, on] =
    totals.testsKnown || totals.tasks === 0
      ? ['solved', totals.solved, 'demo and test']
      : ['demos', totals.demosRight, 'demo; no test output is known'];
  const skipped = run.data.skipped.length === 0 ? '' : `, ${grouped(run.data.skipped.length)} damaged skipped`;
  const cut = totals.cut === 0 ? '' : `; ${grouped(totals.cut)} cut by the deadline`;
  const rows: [string, string][] = [
    [
      title,
      `${style.bold(`${grouped(right)} of ${plural(totals.tasks, 'task')}`)} (a candidate is right on every ${on})${cut}`,
    ],
    ['candidates', `${accounts}; ${pairsOf(totals.pairs)}`],
    ['verdicts', verdictList([...totals.verdicts])],
    ['data', `${run.data.name}, ${plural(run.data.tasks.length, 'task')}${skipped}, digest ${digest.slice(0, 12)}`],
    ['batteries', run.batteries.map(({ file }) => file).join(' ')],
    [
      'time',
      `${duration(seconds)} on ${backend.name}: ${rate((counts.scored * tasks) / seconds)} candidates/s, ${grouped(runs)} runs, ${rate(runs / seconds)} runs/s`,
    ],
  ];
  const lost = fellBack(backend);
  if (lost !== undefined) rows.push(['backend', `${lost.to}, since ${lost.reason}`]);
  if (early !== undefined) rows.push(['ended', early]);
  if (totals.unlinked > 0) {
    const which = `${plural(totals.unlinked, 'candidate')} of ${plural(totals.tasks, 'task')} without`;
    rows.push(['links', `${which}: of each task the best 32 in the folder have one (--json says why)`]);
  }
  if (results !== undefined) rows.push(['results', results]);
  return [...rows.map(([key, text]) => `${style.dim(key.padEnd(10))}  ${text}`), ''].join('\n');
}

/** Most invalid candidates, and places that were passed over, listed one by one. */
const LISTED = 10;

/** What could not be run and what was passed over, and why, a line each. */
export function rejections({ invalid, strays }: Pick<CandidateSet, 'invalid' | 'strays'>): string[] {
  const lines = invalid
    .slice(0, LISTED)
    .map(
      ({ file, line, column, name, reason }) =>
        `${file}:${line}:${column}: ${name || 'a candidate'} is invalid: ${reason}`,
    );
  if (invalid.length > LISTED)
    lines.push(`and ${plural(invalid.length - LISTED, 'invalid candidate')} more (--json lists all)`);
  for (const { file, line, column, reason } of strays.slice(0, LISTED)) {
    lines.push(`${file}:${line}:${column}: passed over: ${reason}`);
  }
  if (strays.length > LISTED) lines.push(`and passed over in ${plural(strays.length - LISTED, 'place')} more`);
  return lines;
}
