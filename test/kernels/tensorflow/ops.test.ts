// Raw TensorFlow ops: which are refused, what becomes of their errors, and that nothing is left of a computation.
import { afterEach, describe, expect, test } from 'vitest';
import { BackendAbsentError, BackendLostError } from '../../../kernels/backend.ts';
import { type Addon, loadAddon } from '../../../kernels/tensorflow/addon.ts';
import { guarded } from '../../../kernels/tensorflow/openLocal.ts';
import { compute } from '../../../kernels/tensorflow/ops.ts';

let addon: Addon | undefined;
try {
  addon = loadAddon();
} catch (error) {
  if (!(error instanceof BackendAbsentError)) throw error;
  console.warn(`left out: raw TensorFlow ops: ${error.message}`);
}

describe.runIf(addon !== undefined)('raw ops', () => {
  afterEach(() => expect(addon!.getNumOfTensors()).toBe(0));

  test('one whose GPU kernel works in host memory is refused on any device', () => {
    compute(addon!, (ops) => {
      const ints = ops.ints([1, 2]);
      expect(() => ops.run('AddV2', [ints, ints])).toThrow('found op AddV2 of int32');
      expect(() => ops.run('Where', [ints])).toThrow('found op Where of int32');
    });
  });

  test('too little memory is the loss of the backend', () => {
    const work = () =>
      compute(addon!, (ops) => {
        const wide = ops.upload(new Int32Array(1 << 20), 'int32', [1, 1 << 20]);
        const sums = [ops.cast(wide, 'float64'), ops.ints([0]), ops.host(0x7fffffff)];
        ops.run('UnsortedSegmentSum', sums); // 2^54 bytes
      });
    expect(() => guarded(work)).toThrow(BackendLostError);
    expect(() => guarded(work)).toThrow(/was lost: status 8, OOM/);
  });

  test('a wrong argument is not', () => {
    const work = () => compute(addon!, (ops) => ops.gather(ops.ints([1, 2]), ops.ints([0]), 7));
    expect(() => guarded(work)).toThrow('Invalid TF_Status: 3');
  });

  test('Split moves bits that are no number', () => {
    const words = Int32Array.of(0x7fc00001, -1, 0x7ff00001, 0x7f800001, 0, -0x80000000);
    compute(addon!, (ops) => {
      const doubles = ops.bitcast(ops.upload(words, 'int64', [1, 3]), 'float64');
      const parts = ops.runAll('Split', [ops.host(1), doubles], { num_split: 3 }, 3);
      const back = parts.flatMap((part) => [...ops.read(ops.bitcast(ops.bitcast(part, 'int64'), 'int32'))]);
      expect(back).toEqual([...words]);
    });
  });
});
