// scoreTable in TensorFlow ops: segment sums in float64, where all of them are exact, and one key for the ranking.
import { BOX_CELLS, EQUAL_CELLS, EXACT } from '../gridMatch/op.ts';
import type { DeviceTensor, Ops } from '../tensorflow/ops.ts';
import { ACCURACY, ACCURACY_ONE, DEMO, TEST } from './op.ts';

/** Where the words of a candidate's sums begin in its key for the ranking: ACCURACY is below 2^31, TEST and DEMO below 2^15. */
const KEY_BITS = [
  [DEMO, 46],
  [TEST, 31],
  [ACCURACY, 0],
] as const;

/** The tensors of rows, all int32. */
export interface RowTensors {
  /** [n, 4] */
  readonly match: DeviceTensor;
  /** [n]; a row with a number below 0 counts for nothing */
  readonly candidate: DeviceTensor;
  /** [n], numbers 0..s − 1 */
  readonly sample: DeviceTensor;
  /** [s, 2] */
  readonly weights: DeviceTensor;
}

/**
 * The sums of `ScoreTable` in `op.ts` over some rows.
 * @param candidates from 1
 * @returns float64, [candidates, 4]
 */
export function sumsTensorFlow(ops: Ops, rows: RowTensors, candidates: number): DeviceTensor {
  const match = ops.cast(rows.match, 'float64');
  const column = (word: number) => ops.gather(match, ops.ints([word]), 1);
  const weights = ops.gather(ops.cast(rows.weights, 'float64'), rows.sample, 0);
  const weight = ops.reshape(ops.run('Sum', [weights, ops.host(1)]), [-1, 1]);
  const equal = column(EQUAL_CELLS);
  // exact: a quotient of integers below 2^53 is never rounded up to a whole number
  const scaled = ops.run('Mul', [equal, ops.cast(ops.floats([ACCURACY_ONE]), 'float64')]);
  const accuracy = ops.run('Floor', [ops.run('DivNoNan', [scaled, column(BOX_CELLS)])]);
  const columns = [
    ops.run('Mul', [column(EXACT), weights]),
    ops.run('Mul', [equal, weight]),
    ops.run('Mul', [accuracy, weight]),
  ];
  const values = ops.run('ConcatV2', [...columns, ops.host(1)], { N: columns.length, T: 'float64' });
  return ops.run('UnsortedSegmentSum', [values, rows.candidate, ops.host(candidates)]);
}

/**
 * The result of `ScoreTable` in `op.ts`.
 * @param totals float64, [candidates, 4], from {@link sumsTensorFlow}
 * @param ranked how many candidates to rank, at most all
 * @returns sums: int32, [candidates, 4]; ranking: int32, [ranked]
 */
export function rankTensorFlow(
  ops: Ops,
  totals: DeviceTensor,
  ranked: number,
): { sums: DeviceTensor; ranking: DeviceTensor } {
  // through int64, of which int32 takes the lower bits
  const sums = ops.cast(totals, 'int64');
  const key = KEY_BITS.map(([word, bits]) => {
    const column = ops.reshape(ops.gather(sums, ops.ints([word]), 1), [-1]);
    return ops.run('LeftShift', [column, ops.cast(ops.ints([bits]), 'int64')]);
  }).reduce((key, part) => ops.run('BitwiseOr', [key, part]));
  // of equal keys it puts the lower index first
  const [, ranking] = ops.runAll('TopKV2', [key, ops.host(ranked)], {}, 2);
  return { sums: ops.cast(sums, 'int32'), ranking: ranking! };
}
