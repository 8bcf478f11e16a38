// The phases of a run as bars in the terminal, longest first, as the original's before/after bars are drawn.
import { BUSY_KEYS, type Timing } from '../pipeline/timing.ts';
import { columns } from './columns.ts';
import { duration } from './numbers.ts';
import type { Style } from './style.ts';

/** The phases in their order. */
export const PHASES: readonly (readonly [key: string, name: string])[] = [
  ['main.parse_batteries', 'parse'],
  ['main.load_tasks', 'load'],
  ['run_batt.phase1_filter', 'filter'],
  ['run_batt.check_batt', 'score'],
  ['run_batt.phase2_inline_batch', 'inline'],
  ['run_batt.phase3a_validate_batch', 'validate'],
  ['run_batt.phase3b_file_ops', 'files'],
  ['run_batt.phase4_differs', 'differs'],
];

/** Eighths of a character cell, from one on. */
const PARTS = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** @param width characters of the longest bar */
export function phaseChart(timing: Timing, style: Style, width = 40): string {
  const phases = PHASES.filter(([key]) => timing.has(key) && !BUSY_KEYS.has(key));
  const seconds = phases.map(([key]) => timing.get(key)!);
  const all = seconds.reduce((sum, time) => sum + time, 0);
  const longest = Math.max(...seconds);
  const share = (time: number): string => `${Math.round((100 * time) / all)} %`;
  const rows = phases.map(([, name], k) => [name, duration(seconds[k]!), share(seconds[k]!)]);
  const lines = columns(rows, 'lrr').map((line, k) => {
    const eighths = Math.round((8 * width * seconds[k]!) / longest);
    const bar = '█'.repeat(eighths >> 3) + (PARTS[(eighths & 7) - 1] ?? '');
    return `  ${line}  ${style.green(bar)}`.trimEnd();
  });
  return ['', 'Phases (wall time):', ...lines, ''].join('\n');
}
