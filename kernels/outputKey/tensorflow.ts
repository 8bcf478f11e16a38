// outputKey in TensorFlow ops: hash words rotated a sample each, and folded half on half.
import { HASH_WORDS } from '../record.ts';
import type { DeviceTensor, Ops } from '../tensorflow/ops.ts';
import { KEY_ROTATION, KEY_WORDS } from './op.ts';

/**
 * @param outputs int32, [candidates, samples, 128]; both from 1
 * @returns int32, [candidates, 4], see `OutputKey` in `op.ts`
 */
export function outputKeyTensorFlow(ops: Ops, outputs: DeviceTensor): DeviceTensor {
  const [candidates, samples] = outputs.shape as [number, number, number];
  // unsigned, so that a shift to the right brings zeros
  const words = ops.bitcast(ops.gather(outputs, ops.ints(HASH_WORDS), 2), 'uint32');
  const rotations = Array.from({ length: samples }, (_, s) => (KEY_ROTATION * s) % 32);
  const perSample = (bits: number[]) => ops.bitcast(ops.reshape(ops.ints(bits), [1, samples, 1]), 'uint32');
  const left = ops.run('LeftShift', [words, perSample(rotations)]);
  // by 32 − r, in two steps: a shift by 32 is none in TensorFlow
  const halfWay = ops.run('RightShift', [words, perSample(rotations.map(() => 1))]);
  const right = ops.run('RightShift', [halfWay, perSample(rotations.map((bits) => 31 - bits))]);
  let folded = ops.bitcast(ops.run('BitwiseOr', [left, right]), 'int32');
  const slices = (from: number, to: number) =>
    ops.gather(folded, ops.ints(Array.from({ length: to - from }, (_, k) => from + k)), 1);
  let odd: DeviceTensor | undefined;
  for (let count = samples; count > 1; count = Math.floor(count / 2)) {
    const half = Math.floor(count / 2);
    if (count % 2 === 1) {
      const last = slices(count - 1, count);
      odd = odd === undefined ? last : ops.run('BitwiseXor', [odd, last]);
    }
    folded = ops.run('BitwiseXor', [slices(0, half), slices(half, 2 * half)]);
  }
  const keys = odd === undefined ? folded : ops.run('BitwiseXor', [folded, odd]);
  return ops.reshape(keys, [candidates, KEY_WORDS]);
}
