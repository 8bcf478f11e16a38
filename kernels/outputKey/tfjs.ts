// outputKey as a tfjs op, for whichever tfjs backend is current.
import { engine, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { RECORD_WORDS } from '../record.ts';
import { checkTensor } from '../tfjs/check.ts';

/** Name of the tfjs kernel: input `outputs`; one output. */
export const OUTPUT_KEY = 'OutputKey';

/**
 * Folds the content hashes of each candidate's outputs, see `OutputKey` in `op.ts`.
 * @param outputs int32, [candidates, samples, 128]; samples from 1
 * @returns int32, [candidates, 4]
 * @throws TypeError, RangeError where the dtype or the shape breaks the above
 */
export function outputKey(outputs: Tensor3D): Tensor2D {
  checkTensor('outputKey: outputs', outputs, ['candidates', 'samples', RECORD_WORDS]);
  if (outputs.shape[1] < 1) throw new RangeError('outputKey: found 0 samples, expected 1 or more');
  return engine().runKernel(OUTPUT_KEY, { outputs });
}
