// Words that all forms of a comparison share.
import type { Comparison, Difference, SectionResult } from '../compare/compare.ts';
import type { Figure } from '../compare/side.ts';
import type { Phase } from '../compare/timings.ts';
import { grouped, plural } from './numbers.ts';

/** Differences of a section that are named. */
export const NAMED = 10;

/** The verdict of a section, with who did not record it and how much is different. */
export function verdictWords({ verdict, differences, missing, waived }: SectionResult): string {
  const lacking = missing.a > 0 && missing.b > 0 ? 'A and B' : missing.a > 0 ? 'A' : missing.b > 0 ? 'B' : '';
  const words = [verdict === 'differs' ? `differs (${grouped(differences.length)})` : verdict];
  if (lacking !== '') words.push(verdict === 'differs' ? `partly not recorded by ${lacking}` : `by ${lacking}`);
  if (waived > 0) words.push(`(${plural(waived, 'link')} at the 32-file limit left out)`);
  return words.join(verdict === 'differs' && lacking !== '' ? ', ' : ' ');
}

/** A figure of a difference. */
export function valueWords(value: Figure | null): string {
  return value === null ? 'not there' : String(value);
}

/** What a difference is about. */
export function itemWords({ task, item }: Difference): string {
  return [task, item].filter((part) => part !== '').join(' ') || 'all';
}

/** The last word. */
export function conclusion({ verdict, sections }: Comparison): string {
  if (verdict === 'differs') {
    const titles = sections.filter((section) => section.verdict === 'differs').map(({ title }) => title);
    return `The results differ in: ${titles.join(', ')}.`;
  }
  if (verdict === 'not recorded')
    return 'The scores were not recorded by both sides: the results are not known to be the same.';
  const lacking = sections.filter((section) => section.verdict === 'not recorded').length;
  const all = sections.length - lacking;
  const rest = lacking === 0 ? '' : ` (${all} of ${sections.length} sections; the others were not recorded by both)`;
  return `The results are the same in all that both sides recorded${rest}.`;
}

/** How many times less B takes than A. */
export function speedUpWords(speedUp: number | undefined): string {
  if (speedUp === undefined) return '–';
  if (speedUp < 0.95) return `${times(1 / speedUp)} slower`;
  return times(speedUp);
}

function times(factor: number): string {
  return `${factor >= 100 ? grouped(factor) : factor.toPrecision(2)} ×`;
}

/** The notes of both sides. */
export function notesOf({ a, b }: Comparison): string[] {
  return [...a.notes.map((note) => `A: ${note}`), ...b.notes.map((note) => `B: ${note}`)];
}

/** A table of timings. */
export interface TimingTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of timings: wall time and other time never share a column, and keys of one side stand apart. */
export function timingTables({ timings }: Comparison): TimingTable[] {
  const row = ({ key, a, b, speedUp }: Phase): string[] => [key, a.toFixed(3), b.toFixed(3), speedUpWords(speedUp)];
  const alone = ([key, seconds]: readonly [string, number]): string[] => [key, seconds.toFixed(3)];
  const both = ['A', 'B', 'speed-up'];
  return [
    { head: ['wall seconds', ...both], rows: timings.phases.filter(({ wall }) => wall).map(row) },
    {
      head: ['seconds of parts, over all threads', ...both],
      rows: timings.phases.filter(({ wall }) => !wall).map(row),
    },
    { head: ['only recorded by A', 'seconds'], rows: timings.onlyA.map(alone) },
    { head: ['only recorded by B', 'seconds'], rows: timings.onlyB.map(alone) },
  ].filter(({ rows }) => rows.length > 0);
}
