// The op scoreTable: the rows that gridMatch made of many candidates to sums a candidate, and the best candidates.
import { MATCH_WORDS } from '../gridMatch/op.ts';

/** 32-bit words of a sample's weights. */
export const WEIGHT_WORDS = 2;
/** 32-bit words of a candidate's sums. */
export const SUM_WORDS = 4;
/** Word 0 of weights and of sums: demo samples; sum of the demo weights of the exact rows. */
export const DEMO = 0;
/** Word 1 of weights and of sums: test samples; sum of the test weights of the exact rows. */
export const TEST = 1;
/** Word 2 of sums: equal cells, each row weighted with the sum of its sample's two weights. */
export const RIGHT = 2;
/** Word 3 of sums: ⌊equal cells × 65,536 ÷ cells of the larger box⌋ (0 for an empty box), weighted as RIGHT is. */
export const ACCURACY = 3;
/** What a row with all cells right has in ACCURACY, with weight 1. */
export const ACCURACY_ONE = 65536;
/** Most that all weights may sum up to: so that no sum leaves 32 bits. */
const MOST_WEIGHT = 32767;

/** Rows of `gridMatch`, and whose they are. A (candidate, sample) pair has one row or none. */
export interface ScoreRows {
  /** n × 4 words of `gridMatch`: both numbers of cells 0..900, the first one no larger than the second. */
  readonly match: Int32Array;
  /** n numbers 0..candidates − 1. */
  readonly candidate: Int32Array;
  /** n numbers 0..samples − 1. */
  readonly sample: Int32Array;
  /** samples × 2 words, DEMO and TEST, from 0: 1 and 0 for a demo sample, 0 and 1 for a test sample, 0 and 0 to leave one out. */
  readonly weights: Int32Array;
  readonly candidates: number;
  /** Candidates to rank, from 0; all when there are fewer. */
  readonly top: number;
}

export interface ScoreTableResult {
  /** candidates × 4 words: DEMO, TEST, RIGHT, ACCURACY. */
  readonly sums: Int32Array;
  /**
   * The min(top, candidates) best candidates, best first: by DEMO, then TEST, then ACCURACY, each the more the better, then
   * by their number, the lower the better.
   */
  readonly ranking: Int32Array;
}

/**
 * Sums and ranks. All sums are of integers, so that every backend has the same.
 * @throws RangeError where a length, number or weight breaks what `ScoreRows` says
 */
export type ScoreTable = (rows: ScoreRows) => ScoreTableResult;

/** Checks the arguments of a {@link ScoreTable} and makes a result of zeros. */
export function prepareScoreTable(rows: ScoreRows): ScoreTableResult {
  const { match, candidate, sample, weights, candidates, top } = rows;
  const count = candidate.length;
  if (match.length !== count * MATCH_WORDS) {
    throw new RangeError(`scoreTable: ${match.length} words of matches, expected ${count} × ${MATCH_WORDS}`);
  }
  if (sample.length !== count) throw new RangeError(`scoreTable: ${sample.length} samples of rows, expected ${count}`);
  if (weights.length % WEIGHT_WORDS !== 0) {
    throw new RangeError(`scoreTable: ${weights.length} words of weights, expected a multiple of ${WEIGHT_WORDS}`);
  }
  for (const [name, n] of Object.entries({ candidates, top })) {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`scoreTable: ${name} is ${n}, expected an integer from 0`);
  }
  let weight = 0;
  for (const part of weights) {
    weight += part;
    if (part < 0 || weight > MOST_WEIGHT) {
      throw new RangeError(`scoreTable: found weight ${part}, expected from 0 and at most ${MOST_WEIGHT} together`);
    }
  }
  checkNumbers('candidate', candidate, candidates);
  checkNumbers('sample', sample, weights.length / WEIGHT_WORDS);
  return { sums: new Int32Array(candidates * SUM_WORDS), ranking: new Int32Array(Math.min(top, candidates)) };
}

function checkNumbers(name: string, numbers: Int32Array, end: number): void {
  for (let k = 0; k < numbers.length; k++) {
    const n = numbers[k]!;
    if (n < 0 || n >= end) throw new RangeError(`scoreTable: ${name}[${k}] is ${n}, expected 0..${end - 1}`);
  }
}
