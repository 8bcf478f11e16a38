// Words that all forms of a comparison share.
import type { Comparison, Difference, SectionResult } from '../compare/compare.ts';
import type { SideFigure } from '../compare/figure.ts';
import { type Figure, WHOLE_RUN } from '../compare/side.ts';
import type { Phase } from '../compare/timings.ts';
import { isBusy } from '../pipeline/timing.ts';
import { grouped, listed, plural } from './numbers.ts';

/** Differences of a section that are named. */
export const NAMED = 10;

/** Ids of gained and of lost tasks that are named. */
const TASKS = 20;

/** Solved tasks of both sides, then those that only one of them solves: a title and its words each. */
export function solvedWords({ solved }: Comparison): [title: string, words: string][] {
  const { a, b, both, gained, lost } = solved;
  const side = (count: typeof a): string =>
    count === undefined ? 'not recorded' : `${grouped(count.solved)} of ${plural(count.of, 'task')}`;
  const rows: [string, string][] = [['solved', `A ${side(a)}, B ${side(b)}`]];
  if (both === 0) return rows;
  const ids = (tasks: readonly string[]): string =>
    tasks.length === 0 ? 'none' : `${grouped(tasks.length)}: ${listed(tasks, TASKS)}`;
  return [...rows, ['gained', ids(gained)], ['lost', ids(lost)]];
}

/** The verdict of a section, with who did not record it and how much is different. */
export function verdictWords(section: SectionResult): string {
  const { verdict, differences, waived } = section;
  const lacking = lackingWords(section);
  const words = verdict === 'differs' ? [`differs (${plural(differences.length, 'difference')})`] : [];
  if (verdict === 'same') words.push('same');
  else if (lacking !== '') {
    // what both recorded of a section that is not known in all is the same
    if (verdict === 'not recorded' && section.both > 0) words.push('same where recorded');
    words.push(`not recorded by ${lacking}`);
  } else if (verdict === 'not recorded') words.push('not recorded: no task of both sides');
  const limit = waived > 0 ? ` (${plural(waived, 'link')} at the 32-file limit left out)` : '';
  return words.join('; ') + limit;
}

/** Who did not record a section, and of how many tasks where it is not all. */
function lackingWords({ missing, a, b }: SectionResult): string {
  const of = (tasks: number, partly: boolean): string => (partly ? ` in ${plural(tasks, 'task')}` : '');
  const [ofA, ofB] = [of(missing.a, a !== undefined), of(missing.b, b !== undefined)];
  if (missing.a > 0 && missing.b > 0) return ofA === ofB ? `A and B${ofA}` : `A${ofA} and by B${ofB}`;
  return missing.a > 0 ? `A${ofA}` : missing.b > 0 ? `B${ofB}` : '';
}

/** What a side has of a section. */
export function figureWords(figure: SideFigure | undefined): string {
  if (figure === undefined) return '–';
  const { value, is } = figure;
  const number = typeof value === 'number' ? numberWords(value) : value;
  if (is === 'sum' || is === 'at least') return `${is} ${number}`;
  return value !== 0 && (is === 'in each task' || is === 'in total') ? `${number} ${is}` : number;
}

function numberWords(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(value);
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
  const lacking = sections.filter((section) => section.verdict === 'not recorded');
  const all = sections.length - lacking.length;
  const partly = lacking.some(({ both }) => both > 0) ? ', or not in all tasks' : '';
  const rest =
    lacking.length === 0
      ? ''
      : ` (${all} of ${sections.length} sections; the others were not recorded by both${partly})`;
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
interface TimingTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader of the figures must know. */
  readonly note?: string;
}

const SUMMED = `Summed over tasks, which overlap, so that it may exceed the run; only "${WHOLE_RUN}" is from start to end.`;

/** The tables of timings: wall time, busy time and other time never share a column, and keys of one side stand apart. */
export function timingTables({ timings: { phases, onlyA, onlyB } }: Comparison): TimingTable[] {
  const row = ({ key, a, b, speedUp }: Phase): string[] => [key, a.toFixed(3), b.toFixed(3), speedUpWords(speedUp)];
  const both = ['A', 'B', 'speed-up'];
  const wall = phases.filter((phase) => phase.wall);
  const summed = wall.some(({ key }) => key !== WHOLE_RUN);
  return [
    { head: ['wall seconds', ...both], rows: wall.map(row), ...(summed ? { note: SUMMED } : {}) },
    {
      head: ['seconds of parts, over all threads', ...both],
      rows: phases.filter(({ wall, busy }) => !wall && !busy).map(row),
    },
    { head: ['busy seconds, which overlap', ...both], rows: phases.filter(({ busy }) => busy).map(row) },
    ...aloneTables('only recorded by A', onlyA),
    ...aloneTables('only recorded by B', onlyB),
  ].filter(({ rows }) => rows.length > 0);
}

function aloneTables(title: string, keys: Comparison['timings']['onlyA']): TimingTable[] {
  const rows = (busy: boolean): string[][] =>
    keys.filter(([key]) => isBusy(key) === busy).map(([key, seconds]) => [key, seconds.toFixed(3)]);
  return [
    { head: [title, 'seconds'], rows: rows(false) },
    { head: [title, 'busy seconds'], rows: rows(true) },
  ];
}
