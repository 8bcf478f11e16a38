// scoreTable in TypeScript: one pass over the rows, then a sorted list of the best.
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS } from '../gridMatch/op.ts';
import {
  ACCURACY,
  ACCURACY_ONE,
  DEMO,
  prepareScoreTable,
  RIGHT,
  type ScoreRows,
  type ScoreTableResult,
  SUM_WORDS,
  TEST,
  WEIGHT_WORDS,
} from './op.ts';

/** See `ScoreTable` in `op.ts`. */
export function scoreTableCpu(rows: ScoreRows): ScoreTableResult {
  const result = prepareScoreTable(rows);
  const { match, candidate, sample, weights } = rows;
  const { sums } = result;
  for (let k = 0; k < candidate.length; k++) {
    const demo = weights[sample[k]! * WEIGHT_WORDS + DEMO]!;
    const test = weights[sample[k]! * WEIGHT_WORDS + TEST]!;
    const from = k * MATCH_WORDS;
    const to = candidate[k]! * SUM_WORDS;
    const equal = match[from + EQUAL_CELLS]!;
    const box = match[from + BOX_CELLS]!;
    if (match[from + EXACT] === 1) {
      sums[to + DEMO]! += demo;
      sums[to + TEST]! += test;
    }
    sums[to + RIGHT]! += equal * (demo + test);
    if (box > 0) sums[to + ACCURACY]! += Math.trunc((equal * ACCURACY_ONE) / box) * (demo + test);
  }
  rankCandidates(sums, result.ranking);
  return result;
}

/** Ranks candidates by their sums, as `ScoreTableResult` says, for backends that leave it to the host. */
export function rankCandidates(sums: Int32Array, ranking: Int32Array): void {
  // The best so far in order: nearly every candidate is no better than the last of them and costs one comparison.
  let ranked = 0;
  for (let c = 0; c < sums.length / SUM_WORDS && ranking.length > 0; c++) {
    if (ranked === ranking.length && !isBetter(sums, c, ranking[ranked - 1]!)) continue;
    let from = 0;
    let to = ranked;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isBetter(sums, c, ranking[middle]!)) to = middle;
      else from = middle + 1;
    }
    ranking.copyWithin(from + 1, from, Math.min(ranked, ranking.length - 1));
    ranking[from] = c;
    if (ranked < ranking.length) ranked++;
  }
}

const RANKED = [DEMO, TEST, ACCURACY];

/** Whether candidate `a` is better than `b`, which has a lower number. */
function isBetter(sums: Int32Array, a: number, b: number): boolean {
  for (const word of RANKED) {
    const difference = sums[a * SUM_WORDS + word]! - sums[b * SUM_WORDS + word]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}
