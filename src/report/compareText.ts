// What `batt compare` tells a person on a terminal.
import type { Comparison, SectionResult, Verdict } from '../compare/compare.ts';
import type { Phase } from '../compare/timings.ts';
import { columns } from './columns.ts';
import {
  conclusion,
  figureWords,
  itemWords,
  NAMED,
  notesOf,
  solvedWords,
  timingTables,
  valueWords,
  verdictWords,
} from './compareWords.ts';
import { grouped } from './numbers.ts';
import type { Style } from './style.ts';

/** Characters of the longest bar. */
const WIDEST = 40;

/** Both sides, the tasks that they solve, a line a section, the differences, the timings as a table and as bars, and the verdict. */
export function comparisonText(comparison: Comparison, style: Style): string {
  const { a, b, sections, verdict } = comparison;
  const paint = painter(style);
  const rows = sections.map((section) => [
    section.title,
    figureWords(section.a),
    figureWords(section.b),
    verdictWords(section),
  ]);
  const [head, ...table] = columns([['', 'A', 'B', ''], ...rows], 'lrrl');
  const lines = [
    `${style.bold('A')}  ${a.path}: ${a.found}`,
    `${style.bold('B')}  ${b.path}: ${b.found}`,
    ...notesOf(comparison).map((note) => style.dim(`   ${note}`)),
    '',
    ...solvedWords(comparison).map(([title, words]) => `${style.bold(title.padEnd(6))}  ${words}`),
    '',
    style.dim(head!),
    ...table.map((line, k) => paint(line, sections[k]!.verdict)),
    '',
    ...sections.flatMap((section) => differenceLines(section, style)),
    ...timingLines(comparison, style),
    paint(conclusion(comparison), verdict),
  ];
  return `${lines.join('\n')}\n`;
}

function painter(style: Style): (text: string, verdict: Verdict) => string {
  return (text, verdict) =>
    verdict === 'differs' ? style.red(text) : verdict === 'same' ? style.green(text) : style.dim(text);
}

function differenceLines({ title, differences }: SectionResult, style: Style): string[] {
  if (differences.length === 0) return [];
  const rows = differences
    .slice(0, NAMED)
    .map((difference) => [itemWords(difference), `A ${valueWords(difference.a)}`, `B ${valueWords(difference.b)}`]);
  const more = differences.length - NAMED;
  return [
    style.bold(title),
    ...columns(rows, 'lll').map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
    '',
  ];
}

function timingLines(comparison: Comparison, style: Style): string[] {
  const { a, b, timings } = comparison;
  const lacking = a.timing.size > 0 ? (b.timing.size > 0 ? undefined : 'B') : b.timing.size > 0 ? 'A' : 'A and B';
  const wall = timings.phases.filter((phase) => phase.wall);
  return [
    ...(lacking === undefined ? [] : [style.dim(`timings: not recorded by ${lacking}`), '']),
    ...timingTables(comparison).flatMap(({ head, rows, note }) => {
      const [first, ...lines] = columns([head, ...rows], 'lrrr'.slice(0, head.length));
      return [style.dim(first!), ...lines, ...(note === undefined ? [] : [style.dim(note)]), ''];
    }),
    ...(wall.length > 0 ? [...bars(wall, style), ''] : []),
  ];
}

/** A bar for each side of a phase, all to one scale. */
function bars(phases: readonly Phase[], style: Style): string[] {
  const most = Math.max(...phases.flatMap(({ a, b }) => [a, b]));
  const width = Math.max(...phases.map(({ key }) => key.length));
  return phases.flatMap(({ key, a, b }) => [
    `${key.padEnd(width)}  A ${bar(a, most)} ${a.toFixed(3)}`,
    `${''.padEnd(width)}  B ${style.green(bar(b, most))} ${b.toFixed(3)}`,
  ]);
}

function bar(seconds: number, most: number): string {
  const eighths = most > 0 ? Math.round((seconds / most) * WIDEST * 8) : 0;
  return '█'.repeat(eighths >> 3) + (eighths % 8 === 0 ? '' : ' ▏▎▍▌▋▊▉'[eighths % 8]) || '▏';
}
