// The two attempts at a test output.
import { ARC_SIDE, type ArcGrid } from '../arc/grid.ts';
import { gridText } from '../results/gridText.ts';

/** Attempts at one test output, as texts of grids (see `gridText`). */
export interface Answer {
  readonly attempts: readonly [string, string];
  /** How many of them are outputs of candidates; the rest fill the place. */
  readonly found: 0 | 1 | 2;
}

/** What stands in Kaggle's sample submission. */
const BLANK = '00/00';

/**
 * The two best outputs that were found. Where they are fewer, the test input takes the place of the next where Kaggle takes so large a grid, or what Kaggle's
 * sample submission has, a blank grid of 2 × 2: a wrong attempt costs nothing, a missing one makes the file invalid.
 * @param input of the test sample
 * @param outputs that candidates gave, best first
 */
export function answerOf(input: ArcGrid, outputs: readonly string[]): Answer {
  const best = [...new Set(outputs)].slice(0, 2);
  const fits = input.height <= ARC_SIDE && input.width <= ARC_SIDE;
  const [first, second] = new Set([...best, ...(fits ? [gridText(input)] : []), BLANK]);
  return { attempts: [first!, second ?? BLANK], found: best.length as Answer['found'] };
}
