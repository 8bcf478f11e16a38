// Holds two sides against each other, section by section.
import { figureOf, type SideFigure } from './figure.ts';
import { compareLinks } from './links.ts';
import {
  type Figure,
  type Recorded,
  SECTIONS,
  type Section,
  type Side,
  type SideKind,
  SPECIAL,
  WHOLE,
} from './side.ts';
import { compareSolved, type SolvedTasks } from './solved.ts';
import { compareTimings, type Timings } from './timings.ts';

export type Verdict = 'same' | 'differs' | 'not recorded';

/** An item with another value on each side; null where a side does not have it. */
export interface Difference {
  /** Empty for what holds for a whole side. */
  readonly task: string;
  /** Empty for a single figure. */
  readonly item: string;
  readonly a: Figure | null;
  readonly b: Figure | null;
}

/** The comparison of one section. */
export interface SectionResult {
  readonly section: Section;
  readonly title: string;
  readonly verdict: Verdict;
  /** Items that were held against each other. */
  readonly compared: number;
  /** Links of which the 32-file rule may have removed the other: not held against each other. */
  readonly waived: number;
  readonly differences: readonly Difference[];
  /** Tasks (or the one figure of a whole side) that a side did not record. */
  readonly missing: { readonly a: number; readonly b: number };
  /** Those that both recorded. */
  readonly both: number;
  /** What a side recorded; undefined where it recorded nothing. */
  readonly a: SideFigure | undefined;
  readonly b: SideFigure | undefined;
}

export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  /** `same` only where at least the scores were recorded by both. */
  readonly verdict: Verdict;
  readonly solved: SolvedTasks;
  readonly sections: readonly SectionResult[];
  readonly timings: Timings;
}

/** Compares two sides. Links of solvers name scores, too: where they were compared, the scores were. */
export function compareSides(a: Side, b: Side): Comparison {
  const sections: SectionResult[] = [compareTasks(a, b)];
  const common = a.tasks.filter((task) => b.tasks.includes(task));
  for (const section of Object.keys(SECTIONS) as Section[]) {
    if (section === 'tasks') continue;
    const result = compareSection(section, a, b, common);
    if (SPECIAL.has(section) && result.a === undefined && result.b === undefined) continue;
    sections.push(result);
  }
  const differs = sections.some(({ verdict }) => verdict === 'differs');
  const scored = sections.some(
    ({ section, verdict, compared }) =>
      verdict === 'same' && (section === 'o_score' || (section === 'solver_links' && compared > 0)),
  );
  const verdict = differs ? 'differs' : scored ? 'same' : 'not recorded';
  return { a, b, verdict, solved: compareSolved(a, b), sections, timings: compareTimings(a, b) };
}

function compareTasks(a: Side, b: Side): SectionResult {
  const differences: Difference[] = [];
  const all = new Set([...a.tasks, ...b.tasks]);
  for (const task of all) {
    const sides = { a: a.tasks.includes(task) ? 'there' : null, b: b.tasks.includes(task) ? 'there' : null };
    if (sides.a !== sides.b) differences.push({ task, item: '', ...sides });
  }
  return {
    section: 'tasks',
    title: SECTIONS.tasks,
    verdict: differences.length > 0 ? 'differs' : 'same',
    compared: all.size,
    waived: 0,
    differences,
    missing: { a: 0, b: 0 },
    both: all.size - differences.length,
    a: { value: a.tasks.length, is: 'number' },
    b: { value: b.tasks.length, is: 'number' },
  };
}

function compareSection(section: Section, a: Side, b: Side, common: readonly string[]): SectionResult {
  const sides = { a: a.facts.get(section), b: b.facts.get(section) };
  const whole = sides.a.has(WHOLE) || sides.b.has(WHOLE);
  const differences: Difference[] = [];
  const missing = { a: 0, b: 0 };
  let both = 0;
  let compared = 0;
  let waived = 0;
  for (const task of whole ? [WHOLE] : common) {
    const [one, other] = [sides.a.get(task), sides.b.get(task)];
    if (one === undefined) missing.a++;
    if (other === undefined) missing.b++;
    if (one === undefined || other === undefined) continue;
    both++;
    const found = compareRecorded(section, one, other, a.kind === b.kind ? a.kind : undefined);
    compared += found.compared;
    waived += found.waived;
    differences.push(...found.differences.map((difference) => ({ task, ...difference })));
  }
  const lacking = missing.a > 0 || missing.b > 0 || (!whole && common.length === 0);
  return {
    section,
    title: SECTIONS[section],
    verdict: differences.length > 0 ? 'differs' : lacking ? 'not recorded' : 'same',
    compared,
    waived,
    differences,
    missing,
    both,
    a: figureOf(section, sides.a, a.tasks.length),
    b: figureOf(section, sides.b, b.tasks.length),
  };
}

export interface Found {
  readonly compared: number;
  readonly waived: number;
  readonly differences: readonly Omit<Difference, 'task'>[];
}

/** @param kind of both sides, where they are of one */
function compareRecorded(section: Section, a: Recorded, b: Recorded, kind: SideKind | undefined): Found {
  if (a.limit !== undefined && b.limit !== undefined) return compareLinks(a, b, kind !== undefined);
  const differences: Omit<Difference, 'task'>[] = [];
  // A text that lacks is a difference of the md5 sets already.
  const common = section === 'solver_text' || section === 'differ_text';
  const items = new Set([...a.values.keys(), ...b.values.keys()]);
  let compared = 0;
  for (const item of items) {
    const [one, other] = [a.values.get(item) ?? a.rest ?? null, b.values.get(item) ?? b.rest ?? null];
    if (common && (one === null || other === null)) continue;
    compared++;
    if (one !== other)
      differences.push({ item, ...(common ? firstOther(String(one), String(other)) : { a: one, b: other }) });
  }
  return { compared, waived: 0, differences };
}

/** The first lines of two texts that are not the same. */
function firstOther(a: string, b: string): { a: string | null; b: string | null } {
  const lines = { a: a.split('\n'), b: b.split('\n') };
  let k = 0;
  while (lines.a[k] === lines.b[k]) k++;
  const line = (of: readonly string[]): string | null =>
    of[k] === undefined ? null : `line ${k + 1}: ${JSON.stringify(Buffer.from(of[k]!, 'latin1').toString())}`;
  return { a: line(lines.a), b: line(lines.b) };
}
