// The report of a run: one HTML file that needs nothing but itself.
import { createHash } from 'node:crypto';
import type { Task } from '../../arc/task.ts';
import type { RunResults } from '../../results/read.ts';
import { timingTables, verdictTable } from './bars.ts';
import { escaped } from './escape.ts';
import { facts, headline, notices } from './facts.ts';
import { Overview, taskLines } from './overview.ts';
import draw from './script/draw.js?raw';
import list from './script/list.js?raw';
import task from './script/task.js?raw';
import { STATES } from './state.ts';
import style from './style.css?raw';
import { taskRow } from './taskRow.ts';

/** One script: a grid as SVG; what a task shows when it is opened; search, filters and order of the tasks. */
const SCRIPT = `'use strict';\n\n${draw}\n${task}\n${list}`;

/** No other script runs and nothing is loaded, whatever names the results hold. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The page.
 * @param tasks those of the run, by id
 * @param before a run whose timings stand beside
 */
export function reportPage(results: RunResults, tasks: ReadonlyMap<string, Task>, before?: RunResults): string {
  const { run, candidates } = results;
  const overview = new Overview(results);
  const earlier = before === undefined ? undefined : Overview.of(before);
  const rows: string[] = [];
  for (const [id, line] of taskLines(results)) {
    overview.add(line);
    rows.push(taskRow(tasks.get(id)!, line, candidates));
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>batt report: ${escaped(run.data.name)}, run ${escaped(run.id)}</title>
<link rel="icon" href="data:,">
<style>

${style}</style>
</head>
<body>
<a class="skip" href="#list">Skip to the tasks</a>
<header>
<p class="kicker">batt report</p>
<h1>Run <code>${escaped(run.id)}</code></h1>
${notices(overview)}
</header>
<main>
<section aria-label="Summary" class="card">
${headline(overview)}
${facts(overview, earlier)}
</section>
<section aria-labelledby="times">
<h2 id="times">Time</h2>
<div class="card">${timingTables(overview.timing, earlier?.timing)}</div>
</section>
<section aria-labelledby="verdicts">
<h2 id="verdicts">Verdicts</h2>
<div class="card">${verdictTable(overview.verdicts)}</div>
</section>
<section aria-labelledby="list">
<h2 id="list" tabindex="-1">Tasks</h2>
<noscript><p class="notice">The grids, the search and the filters need JavaScript.</p></noscript>
${controls(overview)}
<ol id="tasks">
${rows.join('')}</ol>
<p id="none" hidden>No task fits.</p>
</section>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Search, filters with the number of their tasks, order. */
function controls({ states, tasks, cut }: Overview): string {
  const solved = states.get('solved') ?? 0;
  const filters: (readonly [value: string, words: string, n: number])[] = [
    ['all', 'all', tasks],
    ['solved', 'solved', solved],
    ['unsolved', 'unsolved', tasks - solved],
    ...[...STATES].slice(1).map(([state, { words }]) => [state, words, states.get(state) ?? 0] as const),
    ['cut', 'cut', cut],
  ];
  const choices = filters
    .filter(([value, , n], k) => k < 3 || (n > 0 && value !== 'solved'))
    .map(
      ([value, words, n]) =>
        `<label><input type="radio" name="filter" value="${value}"${value === 'all' ? ' checked' : ''}>` +
        `<span>${words} <small>${n}</small></span></label>`,
    );
  return `<form id="controls" role="search">
<label class="field"><span>Search</span>
<input type="search" id="search" placeholder="task or solver" autocomplete="off" spellcheck="false"></label>
<label class="field"><span>Order</span><select id="order">
<option value="place">as in the data</option>
<option value="id">task id</option>
<option value="cells">most right cells first</option>
<option value="solvers">most solvers first</option>
<option value="seconds">slowest first</option>
</select></label>
<fieldset><legend>Show</legend>${choices.join('')}</fieldset>
<output id="count" for="search order" aria-live="polite"></output>
</form>`;
}
