// scoreTable, the plainest way. The oracle that every backend is held against.
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
} from './op.ts';

/** See `ScoreTable` in `op.ts`. */
export function scoreTableReference(rows: ScoreRows): ScoreTableResult {
  const result = prepareScoreTable(rows);
  const { match, candidate, sample, weights, candidates } = rows;
  const sums = Array.from({ length: candidates }, () => [0, 0, 0, 0]);
  for (const [k, c] of candidate.entries()) {
    const [demo, test] = weights.subarray(2 * sample[k]!);
    const row = match.subarray(k * MATCH_WORDS);
    const sum = sums[c]!;
    sum[DEMO]! += row[EXACT]! * demo!;
    sum[TEST]! += row[EXACT]! * test!;
    sum[RIGHT]! += row[EQUAL_CELLS]! * (demo! + test!);
    const accuracy = row[BOX_CELLS] === 0 ? 0 : Math.floor((row[EQUAL_CELLS]! * ACCURACY_ONE) / row[BOX_CELLS]!);
    sum[ACCURACY]! += accuracy * (demo! + test!);
  }
  sums.forEach((sum, c) => {
    result.sums.set(sum, c * SUM_WORDS);
  });
  const ranked = sums
    .map((sum, c) => ({ sum, c }))
    .sort(
      (a, b) =>
        b.sum[DEMO]! - a.sum[DEMO]! || b.sum[TEST]! - a.sum[TEST]! || b.sum[ACCURACY]! - a.sum[ACCURACY]! || a.c - b.c,
    );
  result.ranking.set(ranked.slice(0, result.ranking.length).map(({ c }) => c));
  return result;
}
