// outputKey, the plainest way. The oracle that every backend is held against.
import { HASH_WORDS, RECORD_WORDS } from '../record.ts';
import { KEY_ROTATION, KEY_WORDS, prepareOutputKey } from './op.ts';

/** See `OutputKey` in `op.ts`. */
export function outputKeyReference(outputs: Int32Array, samples: number): Int32Array {
  const keys = prepareOutputKey(outputs, samples);
  return keys.map((_, at) => {
    const candidate = Math.floor(at / KEY_WORDS);
    let key = 0n;
    for (let s = 0; s < samples; s++) {
      const hash = outputs[(candidate * samples + s) * RECORD_WORDS + HASH_WORDS[at % KEY_WORDS]!]!;
      const twice = BigInt(hash >>> 0) * 0x1_0000_0001n;
      key ^= (twice >> BigInt(32 - ((KEY_ROTATION * s) % 32))) & 0xffff_ffffn;
    }
    return Number(BigInt.asIntN(32, key));
  });
}
