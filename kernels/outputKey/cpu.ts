// outputKey in TypeScript.
import { HASH_WORDS, RECORD_WORDS } from '../record.ts';
import { KEY_ROTATION, KEY_WORDS, type OutputKey, prepareOutputKey } from './op.ts';

/** See `OutputKey` in `op.ts`. */
export const outputKeyCpu: OutputKey = (outputs, samples) => {
  const keys = prepareOutputKey(outputs, samples);
  const [h1, h2, h3, h4] = HASH_WORDS;
  let record = 0;
  for (let at = 0; at < keys.length; at += KEY_WORDS) {
    for (let s = 0; s < samples; s++, record += RECORD_WORDS) {
      const left = (KEY_ROTATION * s) & 31;
      keys[at]! ^= rotated(outputs[record + h1]!, left);
      keys[at + 1]! ^= rotated(outputs[record + h2]!, left);
      keys[at + 2]! ^= rotated(outputs[record + h3]!, left);
      keys[at + 3]! ^= rotated(outputs[record + h4]!, left);
    }
  }
  return keys;
};

function rotated(word: number, left: number): number {
  return (word << left) | (word >>> (32 - left));
}
