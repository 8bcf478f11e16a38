// outputKey in CUDA C.
import type { Gpu } from '../cuda/gpu.ts';
import { HASH_WORDS, RECORD_WORDS } from '../record.ts';
import { KEY_ROTATION, KEY_WORDS } from './op.ts';

const THREADS = 128;

/** A thread a word of a key, in a loop over the samples from `first` on. */
export const OUTPUT_KEY_CUDA: string = `
extern "C" __global__ void __launch_bounds__(${THREADS}) outputKey(
    const unsigned* __restrict__ outputs, unsigned* __restrict__ keys, int words, int samples, int first) {
  const int thread = blockIdx.x * ${THREADS} + threadIdx.x;
  if (thread >= words) return;
  const int hashes[] = {${HASH_WORDS.join(', ')}};
  const unsigned* at = outputs + (size_t)(thread / ${KEY_WORDS}) * samples * ${RECORD_WORDS} + hashes[thread % ${KEY_WORDS}];
  unsigned key = 0;
  for (int s = 0; s < samples; s++) {
    const unsigned word = at[(size_t)s * ${RECORD_WORDS}];
    const unsigned left = ${KEY_ROTATION}u * (unsigned)(first + s) % 32;
    // A shift takes 0..31: by 0 both halves are the word itself.
    key ^= word << left | word >> (32 - left) % 32;
  }
  keys[thread] = key;
}
`;

/** Computes outputKey of arguments that keep its contract, part by part, and adds it to `keys`, which are zeros. */
export function outputKeyCuda(gpu: Gpu, outputs: Int32Array, samples: number, keys: Int32Array): void {
  // candidates in one piece, or each in pieces of its samples
  const most = Math.min(samples, gpu.partRecords);
  const together = Math.floor(gpu.partRecords / most);
  for (let first = 0; first < samples; first += most) {
    const own = Math.min(most, samples - first);
    gpu.inParts(keys.length / KEY_WORDS, own === samples ? together : 1, (work, from, to) => {
      const start = from * samples + first;
      const some = work.upload(outputs.subarray(start * RECORD_WORDS, (start + (to - from) * own) * RECORD_WORDS));
      const words = (to - from) * KEY_WORDS;
      const result = work.take(words);
      work.launch('outputKey', Math.ceil(words / THREADS), THREADS, [some, result, words, own, first]);
      const part = new Int32Array(words);
      work.read(result, part, () => {
        for (let word = 0; word < words; word++) keys[from * KEY_WORDS + word]! ^= part[word]!;
      });
    });
  }
}
