// The op outputKey: a key a candidate over its outputs on all samples, to find candidates of equal behaviour.
import { RECORD_WORDS } from '../record.ts';

/** 32-bit words of a key. */
export const KEY_WORDS = 4;

/** Bits by which the hash of sample s is rotated, modulo 32: s × this. So equal outputs in another order have another key. */
export const KEY_ROTATION = 7;

/**
 * Folds the content hashes of each candidate's outputs.
 *
 * Word j of the key is the xor, over samples s, of word j of the content hash of the output on s, rotated left by
 * 7·s mod 32 bits. An output that does not fit a record adds nothing. Candidates of equal outputs have equal keys; that equal
 * keys mean equal outputs is to be confirmed, see `groupOutputs`.
 *
 * @param outputs candidates × samples records, the samples of a candidate together (see `record.ts`)
 * @param samples records of a candidate, from 1
 * @returns candidates × 4 words
 * @throws RangeError where a length breaks the above
 */
export type OutputKey = (outputs: Int32Array, samples: number) => Int32Array;

/** Checks the arguments of an {@link OutputKey} and makes keys of zeros. */
export function prepareOutputKey(outputs: Int32Array, samples: number): Int32Array {
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`outputKey: found ${samples} samples, expected an integer from 1`);
  }
  if (outputs.length % (samples * RECORD_WORDS) !== 0) {
    throw new RangeError(
      `outputKey: ${outputs.length} words of outputs, expected a multiple of ${samples} × ${RECORD_WORDS}`,
    );
  }
  return new Int32Array((outputs.length / samples / RECORD_WORDS) * KEY_WORDS);
}
