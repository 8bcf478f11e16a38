// The head of the page: what was run, how it ended, how many tasks are solved.
import type { RunLine } from '../../results/lines.ts';
import { duration, grouped, plural } from '../numbers.ts';
import { escaped } from './escape.ts';
import { type Overview, tasksOf } from './overview.ts';
import { STATES, type TaskState } from './state.ts';

/** Files, or refused candidates, that are named. */
const NAMED = 200;

/** What a reader must know before the figures: a run that is not finished, cut, a part, or on another backend. */
export function notices({ run, summary, states, cut, lost }: Overview): string {
  const missing = states.get('missing') ?? 0;
  const { index, of } = run.shard;
  const lines = [
    ...(summary === undefined
      ? [`This run is not finished: it was stopped, or still runs. ${plural(missing, 'task')} without a result.`]
      : []),
    ...(cut === 0 ? [] : [`The deadline came: ${plural(cut, 'task')} cut, with pairs that were not run.`]),
    ...(summary !== undefined && missing > 0 ? [`${plural(missing, 'task')} left out by the deadline.`] : []),
    ...(of === 1 ? [] : [`This is shard ${index} of ${of}: ${tasksOf(run).length} of ${run.data.tasks.length} tasks.`]),
    ...Array.from(lost, (reason) => `The backend was lost, the run went on: ${reason}`),
  ];
  return lines.map((line) => `<p class="notice">${escaped(line)}</p>`).join('');
}

/** The number of solved tasks, and a bar of how far the others came. */
export function headline(overview: Overview): string {
  const { states, tasks, testsKnown } = overview;
  const count = (state: TaskState): number => states.get(state) ?? 0;
  const [n, words] = testsKnown
    ? [count('solved'), 'solved: a candidate is right on every demo and test']
    : [count('demos'), 'with all demos right; no test output is known'];
  const present = [...STATES].filter(([state]) => count(state) > 0);
  const parts = present.map(([state]) => `<i class="${state}" style="flex-grow:${count(state)}"></i>`);
  const legend = present.map(
    ([state, { sign, words }]) =>
      `<li><i class="dot ${state}" aria-hidden="true">${sign}</i> ${grouped(count(state))} ${words}</li>`,
  );
  return (
    `<p class="headline"><strong>${grouped(n)}</strong> of ${plural(tasks, 'task')} ${words}</p>` +
    `<div class="stack" aria-hidden="true">${parts.join('')}</div><ul class="legend">${legend.join('')}</ul>`
  );
}

/** @param before the run that this one is held against */
export function facts(overview: Overview, before?: Overview): string {
  const { run, pairs, backends } = overview;
  const { counts, data, batteries } = run;
  const rows: [string, string][] = [
    ['data', `${escaped(data.name)}, ${plural(data.tasks.length, 'task')}, digest ${code(data.digest)}${places(data)}`],
    [
      'batteries',
      list(
        batteries.map(({ file, digest }) => `${file} (${digest.slice(0, 12)})`),
        'file',
      ),
    ],
    [
      'candidates',
      `${grouped(counts.read)} read = ${grouped(counts.invalid)} invalid + ${grouped(counts.duplicate)} duplicate + ` +
        `${grouped(counts.skipped)} skipped + ${grouped(counts.scored)} scored; ${grouped(pairs)} (program, output) pairs${refusals(run)}`,
    ],
    ['time', timeWords(overview)],
    ['backend', [...backends].map(escaped).join('; ') || '–'],
    ['engine', `batt ${escaped(run.engine)}, Node ${escaped(run.node)}`],
    ['flags', flagWords(run.flags)],
    ...(before === undefined ? [] : ([['before', beforeWords(overview, before)]] satisfies [string, string][])),
  ];
  return `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

function places({ name, parts }: RunLine['data']): string {
  return parts.join() === name ? '' : list(parts, 'place');
}

function timeWords({ run, summary }: Overview): string {
  const started = `started ${escaped(run.started.slice(0, 19).replace('T', ' '))} UTC`;
  return summary === undefined ? started : `${duration(summary.seconds)}, ${started}`;
}

function flagWords(flags: RunLine['flags']): string {
  const words = Object.entries(flags).map(([name, value]) => `${name} ${value ?? '–'}`);
  return words.length === 0 ? '–' : words.map(code).join(' ');
}

function beforeWords(overview: Overview, before: Overview): string {
  const { run, summary, states } = before;
  const digests = ({ run }: Overview): string => run.batteries.map(({ digest }) => digest).join();
  const other = [
    ...(run.data.digest === overview.run.data.digest ? [] : ['other tasks']),
    ...(digests(before) === digests(overview) ? [] : ['other batteries']),
    ...(run.engine === overview.run.engine ? [] : [`batt ${run.engine}`]),
  ];
  return escaped(
    [
      `run ${run.id}`,
      summary === undefined ? 'not finished' : duration(summary.seconds),
      `${grouped(states.get('solved') ?? 0)} of ${plural(before.tasks, 'task')} solved`,
      ...(other.length === 0 ? [] : [`it had ${other.join(' and ')}`]),
    ].join(', '),
  );
}

/** The invalid candidates and what was passed over, with their reasons. */
function refusals({ invalid, strays }: RunLine): string {
  const lines = [
    ...invalid.map(({ file, line, column, name, reason }) => `${file}:${line}:${column}: ${name}: ${reason}`),
    ...strays.map(({ file, line, column, reason }) => `${file}:${line}:${column}: passed over: ${reason}`),
  ];
  return lines.length === 0 ? '' : list(lines, 'refusal', 0);
}

/** A list that is folded up where it has more lines than `open`. */
function list(lines: readonly string[], noun: string, open = 3): string {
  const items = lines.slice(0, NAMED).map((line) => `<li>${code(line)}</li>`);
  if (lines.length > NAMED) items.push(`<li>and ${grouped(lines.length - NAMED)} more</li>`);
  const all = `<ul>${items.join('')}</ul>`;
  return lines.length <= open ? all : `<details><summary>${plural(lines.length, noun)}</summary>${all}</details>`;
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}
