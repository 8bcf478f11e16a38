// Tables with bars: where the time went, phase by phase, before and after; how often each verdict was given.
import { BACKEND, BUSY_KEYS, FUNCTION, isBusy, type Timing } from '../../pipeline/timing.ts';
import { speedUpWords } from '../compareWords.ts';
import { duration, grouped } from '../numbers.ts';
import { PHASES } from '../phaseChart.ts';
import { escaped } from './escape.ts';

/** Functions in their table. */
const SLOWEST = 20;

const NAMES: ReadonlyMap<string, string> = new Map(PHASES);

/**
 * The tables of timings. Wall time and busy time never share a table; the other keys of wall time hold phases, or are parts
 * of them.
 * @param before of another run, to stand beside
 */
export function timingTables(timing: Timing, before?: Timing): string {
  const keys = [...new Set([...timing.keys(), ...(before?.keys() ?? [])])];
  const functions = keys.filter((key) => key.startsWith(FUNCTION));
  const steps = keys.filter((key) => key.startsWith(BACKEND));
  const others = keys.filter((key) => !NAMES.has(key) && !isBusy(key));
  const longest = (key: string): number => Math.max(timing.get(key) ?? 0, before?.get(key) ?? 0);
  const falling = (list: readonly string[]): string[] => [...list].sort((a, b) => longest(b) - longest(a));
  const phases = PHASES.map(([key]) => key).filter((key) => keys.includes(key));
  return [
    timingTable('Phases, wall time (those of different tasks may overlap)', phases, timing, before),
    timingTable('Totals and parts of phases, wall time', falling(others), timing, before),
    timingTable(
      'Busy time, summed over programs or samples: may exceed the wall time',
      falling(keys.filter((key) => BUSY_KEYS.has(key))),
      timing,
      before,
    ),
    timingTable('Backend, busy time: batches overlap', falling(steps), timing, before),
    timingTable(
      'Slowest functions, busy time with what they call',
      falling(functions).slice(0, SLOWEST),
      timing,
      before,
    ),
  ].join('');
}

function timingTable(title: string, keys: readonly string[], timing: Timing, before: Timing | undefined): string {
  if (keys.length === 0) return '';
  const longest = Math.max(...keys.flatMap((key) => [timing.get(key) ?? 0, before?.get(key) ?? 0]));
  const rows = keys.map((key) => {
    const after = timing.get(key);
    const name = NAMES.get(key);
    const head = `<th scope="row">${name === undefined ? '' : `<span>${name}</span> `}<code>${escaped(key)}</code></th>`;
    if (before === undefined) return `<tr>${head}${seconds(after)}<td class="bar">${bar(after, longest)}</td></tr>`;
    const was = before.get(key);
    const bars = `${bar(was, longest, 'was')}${bar(after, longest)}`;
    return `<tr>${head}${seconds(was)}${seconds(after)}<td>${speedUp(was, after)}</td><td class="bar">${bars}</td></tr>`;
  });
  const columns = before === undefined ? ['seconds'] : ['before', 'after', 'speed-up'];
  return table(title, ['key', ...columns], rows);
}

function seconds(time: number | undefined): string {
  return `<td>${time === undefined ? '–' : duration(time)}</td>`;
}

function speedUp(before: number | undefined, after: number | undefined): string {
  return before === undefined || after === undefined || after === 0 ? '–' : speedUpWords(before / after);
}

/** The table of verdicts, the most frequent first. */
export function verdictTable(verdicts: ReadonlyMap<string, number>): string {
  const entries = [...verdicts].sort((a, b) => b[1] - a[1]);
  const all = entries.reduce((sum, [, n]) => sum + n, 0);
  const most = entries[0]?.[1] ?? 0;
  const rows = entries.map(
    ([verdict, n]) =>
      `<tr><th scope="row"><code>${escaped(verdict)}</code></th><td>${grouped(n)}</td><td>${share(n, all)}</td>` +
      `<td class="bar">${bar(n, most, verdict === 'ok' ? 'right' : '')}</td></tr>`,
  );
  return table('Pairs of candidate and sample by verdict', ['verdict', 'pairs', 'share'], rows);
}

function share(n: number, all: number): string {
  const percent = (100 * n) / all;
  return `${percent > 0 && percent < 0.1 ? '&lt; 0.1' : percent.toFixed(1)} %`;
}

function bar(value: number | undefined, longest: number, kind = ''): string {
  if (value === undefined) return '<i class="absent"></i>';
  return `<i class="${kind}" style="width:${longest === 0 ? 0 : ((100 * value) / longest).toFixed(2)}%"></i>`;
}

function table(title: string, head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((name) => `<th scope="col">${name}</th>`).join('');
  return (
    `<table class="bars" style="--columns:${head.length - 1}"><caption>${title}</caption>` +
    `<thead><tr>${cells}<td></td></tr></thead><tbody>${rows.join('')}</tbody></table>`
  );
}
