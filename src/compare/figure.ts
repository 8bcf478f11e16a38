// What a side has of a section, in one figure for the report.
import { rounded } from '../results/rounded.ts';
import { type Figure, type Recorded, type Section, WHOLE } from './side.ts';

/**
 * What a figure is: of the only task or of the whole side (`number`), the same in each task, a total over the tasks, the sum of
 * scores, the number of links that must be there where there may be more, or the beginning of a digest.
 */
type FigureKind = 'number' | 'in each task' | 'in total' | 'sum' | 'at least' | 'digest';

export interface SideFigure {
  readonly value: Figure;
  readonly is: FigureKind;
}

/** Sections of scores: the number of their items would be taken for a score. */
const SCORES: ReadonlySet<Section> = new Set<Section>(['o_score', 'candidate_score', 'iz', 'zo', 'differ_score']);

/** Characters of a digest that are shown. */
const DIGEST = 12;

/**
 * The figure of a section, undefined where nothing was recorded.
 * @param tasks what was recorded, by task
 * @param all number of tasks of the side
 */
export function figureOf(section: Section, tasks: ReadonlyMap<string, Recorded>, all: number): SideFigure | undefined {
  const recorded = [...tasks.values()];
  const [first] = recorded;
  if (first === undefined) return undefined;
  const digest = first.values.get('');
  if (typeof digest === 'string') return { value: digest.slice(0, DIGEST), is: 'digest' };
  // an item that is not listed has score 0
  if (SCORES.has(section))
    return { value: rounded(total(recorded.flatMap(({ values }) => [...values.values()].map(Number)))), is: 'sum' };
  const numbers = recorded.map(numberOf);
  if (recorded.some(({ limit }) => (limit?.optional?.size ?? 0) > 0)) return { value: total(numbers), is: 'at least' };
  if (all === 1 || tasks.has(WHOLE)) return { value: numbers[0]!, is: 'number' };
  const same = numbers.length === all && numbers.every((number) => number === numbers[0]);
  return same ? { value: numbers[0]!, is: 'in each task' } : { value: total(numbers), is: 'in total' };
}

/** The one number that was recorded, or the number of items. */
function numberOf({ values }: Recorded): number {
  const single = values.size === 1 ? values.get('') : undefined;
  return single === undefined ? values.size : Number(single);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
