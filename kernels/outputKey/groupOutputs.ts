// Candidates of equal behaviour, from the keys of their outputs.
import { HEIGHT_WORD, RECORD_WORDS } from '../record.ts';
import { KEY_WORDS } from './op.ts';

/**
 * Groups candidates whose outputs are equal on all samples. Candidates of equal keys are compared cell by cell; one with an
 * output that does not fit a record is in no group.
 * @param outputs, samples as given to `outputKey`
 * @param keys what it returned
 * @returns for each candidate the first one of its group, itself where it is alone
 */
export function groupOutputs(outputs: Int32Array, samples: number, keys: Int32Array): Int32Array {
  const words = samples * RECORD_WORDS;
  const firstOf = new Int32Array(keys.length / KEY_WORDS);
  const known = new Map<string, number[]>();
  for (let c = 0; c < firstOf.length; c++) {
    firstOf[c] = c;
    if (!fits(outputs, c * words, samples)) continue;
    const key = keys.subarray(c * KEY_WORDS, (c + 1) * KEY_WORDS).join();
    const alike = known.get(key);
    if (alike === undefined) {
      known.set(key, [c]);
      continue;
    }
    const first = alike.find((other) => equal(outputs, other * words, c * words, words));
    if (first === undefined) alike.push(c);
    else firstOf[c] = first;
  }
  return firstOf;
}

function fits(outputs: Int32Array, from: number, samples: number): boolean {
  for (let s = 0; s < samples; s++) if (outputs[from + s * RECORD_WORDS + HEIGHT_WORD] === 0) return false;
  return true;
}

function equal(outputs: Int32Array, a: number, b: number, words: number): boolean {
  for (let word = 0; word < words; word++) if (outputs[a + word] !== outputs[b + word]) return false;
  return true;
}
