// What a user of tfjs would write with its own ops on packed grids: gather, compare, reduce. It gives the exact flag only, since
// there is no op that counts bits.
import { HEIGHT_WORD, RECORD_WORDS } from '../../kernels/record.ts';
import type { Contender } from '../../src/doctor/check/contender.ts';
import type { Comparisons } from './data.ts';

/** Undefined where tfjs is not installed. */
export async function stockContender({ outputs, expected, index }: Comparisons): Promise<Contender | undefined> {
  let tf: typeof import('@tensorflow/tfjs-core');
  try {
    tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-cpu');
  } catch {
    return undefined;
  }
  await tf.setBackend('cpu');
  const a = tf.tensor2d(outputs, [index.length, RECORD_WORDS], 'int32');
  const b = tf.tensor2d(expected, [expected.length / RECORD_WORDS, RECORD_WORDS], 'int32');
  const at = tf.tensor1d(index, 'int32');
  const exact = () =>
    tf.tidy(() => {
      const equal = tf.all(tf.equal(a, tf.gather(b, at)), 1);
      const fits = tf.greater(tf.reshape(tf.slice(a, [0, HEIGHT_WORD], [-1, 1]), [-1]), 0);
      return tf.logicalAnd(equal, fits).dataSync();
    });
  let result: ArrayLike<number> = [];
  return {
    name: 'tfjs stock ops on its cpu backend, exact flag only',
    seconds: (times) => {
      const start = performance.now();
      for (let k = 0; k < times; k++) result = exact();
      return (performance.now() - start) / 1000;
    },
    result: () => Int32Array.from(result),
  };
}
