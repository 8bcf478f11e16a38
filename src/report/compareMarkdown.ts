// A comparison as a results page.
import type { Comparison, SectionResult } from '../compare/compare.ts';
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

/** The page: verdict, sides, solved tasks, sections, differences, timings. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { a, b, sections } = comparison;
  const parts = [
    '# Comparison',
    conclusion(comparison),
    [
      `- A: \`${a.path}\`: ${cell(a.found)}`,
      `- B: \`${b.path}\`: ${cell(b.found)}`,
      ...notesOf(comparison).map((note) => `- ${cell(note)}`),
    ].join('\n'),
    '## Solved tasks',
    solvedWords(comparison)
      .map(([title, words]) => `- ${title}: ${cell(words)}`)
      .join('\n'),
    '## Results',
    table(
      ['', 'A', 'B', 'verdict'],
      '-rr-',
      sections.map((section) => [section.title, figureWords(section.a), figureWords(section.b), verdictWords(section)]),
    ),
    ...sections.flatMap(differenceParts),
    '## Timings',
    ...timingParts(comparison),
  ];
  return `${parts.join('\n\n')}\n`;
}

function differenceParts({ title, differences }: SectionResult): string[] {
  if (differences.length === 0) return [];
  const more = differences.length - NAMED;
  const rows = differences
    .slice(0, NAMED)
    .map((difference) => [itemWords(difference), valueWords(difference.a), valueWords(difference.b)]);
  return [`### ${title}`, table(['', 'A', 'B'], '---', rows), ...(more > 0 ? [`and ${grouped(more)} more`] : [])];
}

function timingParts(comparison: Comparison): string[] {
  const { a, b } = comparison;
  const lacking = a.timing.size > 0 ? (b.timing.size > 0 ? undefined : 'B') : b.timing.size > 0 ? 'A' : 'A and B';
  return [
    ...(lacking === undefined ? [] : [`Not recorded by ${lacking}.`]),
    ...timingTables(comparison).flatMap(({ head, rows, note }) => [
      table(head, '-rrr'.slice(0, head.length), rows),
      ...(note === undefined ? [] : [note]),
    ]),
  ];
}

/** @param align one letter a column: `r` or anything else for left */
function table(head: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = `|${Array.from(align, (letter) => (letter === 'r' ? '---:' : '---')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
