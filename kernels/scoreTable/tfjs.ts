// scoreTable as a tfjs op, for whichever tfjs backend is current.
import { engine, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { MATCH_WORDS } from '../gridMatch/op.ts';
import { checkTensor } from '../tfjs/check.ts';
import { WEIGHT_WORDS } from './op.ts';

/**
 * Name of the tfjs kernel: inputs `match`, `candidate`, `sample`, `weights`, attributes `candidates`, `top`; two outputs, sums
 * and ranking.
 */
export const SCORE_TABLE = 'ScoreTable';

/** Attributes of the tfjs kernel. */
export interface ScoreTableAttrs {
  readonly candidates: number;
  readonly top: number;
}

/**
 * Sums and ranks the rows of gridMatch, see `ScoreTable` in `op.ts`.
 *
 * Numbers of candidates and samples out of range and weights below 0 or of more than 32,767 together are a RangeError on `cpu`
 * and `wasm`; elsewhere, where looking would mean to wait for the device, such a row counts for nothing, and such weights give
 * sums modulo 2³².
 *
 * @param match int32, [n, 4], from gridMatch
 * @param candidate int32, [n], numbers 0..candidates − 1
 * @param sample int32, [n], numbers 0..s − 1
 * @param weights int32, [s, 2]
 * @param candidates how many there are
 * @param top how many to rank
 * @returns sums: int32, [candidates, 4]; ranking: int32, [min(top, candidates)]
 * @throws TypeError, RangeError where a dtype, shape or number breaks the above
 */
export function scoreTable(
  match: Tensor2D,
  candidate: Tensor1D,
  sample: Tensor1D,
  weights: Tensor2D,
  candidates: number,
  top: number,
): { sums: Tensor2D; ranking: Tensor1D } {
  checkTensor('scoreTable: candidate', candidate, ['n']);
  checkTensor('scoreTable: match', match, [candidate.shape[0], MATCH_WORDS]);
  checkTensor('scoreTable: sample', sample, [candidate.shape[0]]);
  checkTensor('scoreTable: weights', weights, ['s', WEIGHT_WORDS]);
  for (const [name, n] of Object.entries({ candidates, top })) {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`scoreTable: ${name} is ${n}, expected an integer from 0`);
  }
  const inputs = { match, candidate, sample, weights };
  const [sums, ranking] = engine().runKernel<Tensor[]>(SCORE_TABLE, inputs, { candidates, top });
  return { sums: sums as Tensor2D, ranking: ranking as Tensor1D };
}
