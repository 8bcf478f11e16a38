// gridMatch in TypeScript over bit planes: a row of up to 30 cells is four xors, and only rows that differ are counted.
import { HEIGHT_WORD, RECORD_WORDS, WIDTH_WORD } from '../record.ts';
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS, prepareGridMatch, SAME_SHAPE } from './op.ts';

/** See `GridMatch` in `op.ts`. Allocates nothing when `result` is given. */
export function gridMatchCpu(
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
  result?: Int32Array,
): Int32Array {
  const matches = prepareGridMatch(outputs, expected, index, result);
  const count = index.length;
  for (let k = 0; k < count; k++) {
    const a = k * RECORD_WORDS;
    const b = index[k]! * RECORD_WORDS;
    const heightA = outputs[a + HEIGHT_WORD]!;
    const heightB = expected[b + HEIGHT_WORD]!;
    const widthA = outputs[a + WIDTH_WORD]!;
    const widthB = expected[b + WIDTH_WORD]!;
    const rows = Math.min(heightA, heightB);
    const columns = Math.min(widthA, widthB);
    const mask = (1 << columns) - 1;
    let equal = rows * columns;
    for (let r = 0; r < rows; r++) {
      const i = a + r;
      const j = b + r;
      let differ =
        ((outputs[i]! ^ expected[j]!) |
          (outputs[i + 32]! ^ expected[j + 32]!) |
          (outputs[i + 64]! ^ expected[j + 64]!) |
          (outputs[i + 96]! ^ expected[j + 96]!)) &
        mask;
      if (differ !== 0) {
        differ -= (differ >>> 1) & 0x55555555;
        differ = (differ & 0x33333333) + ((differ >>> 2) & 0x33333333);
        equal -= Math.imul((differ + (differ >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
      }
    }
    const box = Math.max(heightA, heightB) * Math.max(widthA, widthB);
    const sameShape = heightA === heightB && widthA === widthB && heightA > 0;
    const at = k * MATCH_WORDS;
    matches[at + EXACT] = sameShape && equal === box ? 1 : 0;
    matches[at + SAME_SHAPE] = sameShape ? 1 : 0;
    matches[at + EQUAL_CELLS] = equal;
    matches[at + BOX_CELLS] = box;
  }
  return matches;
}
