// gridMatch as a tfjs op, for whichever tfjs backend is current.
import { engine, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { RECORD_WORDS } from '../record.ts';
import { checkTensor } from '../tfjs/check.ts';

/** Name of the tfjs kernel: inputs `outputs`, `expected`, `index`; one output. */
export const GRID_MATCH = 'GridMatch';

/**
 * Compares n packed outputs with packed expected grids, see `GridMatch` in `op.ts`.
 *
 * An entry of `index` outside 0..m − 1 is a RangeError on `cpu` and `wasm`; elsewhere, where looking would mean to wait for the
 * device, it is taken as the nearest that is inside.
 *
 * @param outputs int32, [n, 128]
 * @param expected int32, [m, 128]; m from 1 where n is
 * @param index int32, [n]
 * @returns int32, [n, 4]
 * @throws TypeError, RangeError where a dtype or a shape breaks the above
 */
export function gridMatch(outputs: Tensor2D, expected: Tensor2D, index: Tensor1D): Tensor2D {
  checkTensor('gridMatch: index', index, ['n']);
  checkTensor('gridMatch: outputs', outputs, [index.shape[0], RECORD_WORDS]);
  checkTensor('gridMatch: expected', expected, ['m', RECORD_WORDS]);
  if (index.shape[0] > 0 && expected.shape[0] === 0) {
    throw new RangeError('gridMatch: found 0 expected grids, expected 1 or more');
  }
  return engine().runKernel(GRID_MATCH, { outputs, expected, index });
}
