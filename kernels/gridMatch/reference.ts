// gridMatch, the plainest way: cell by cell. The oracle that every backend is held against.
import { unpackRecord } from '../record.ts';
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS, prepareGridMatch, SAME_SHAPE } from './op.ts';

/** See `GridMatch` in `op.ts`. */
export function gridMatchReference(
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
  result?: Int32Array,
): Int32Array {
  const matches = prepareGridMatch(outputs, expected, index, result);
  for (let k = 0; k < index.length; k++) {
    const a = unpackRecord(outputs, k);
    const b = unpackRecord(expected, index[k]!);
    let equal = 0;
    for (let r = 0; r < Math.min(a.height, b.height); r++) {
      for (let c = 0; c < Math.min(a.width, b.width); c++) {
        if (a.cells[r * a.width + c] === b.cells[r * b.width + c]) equal++;
      }
    }
    const sameShape = a.height > 0 && a.height === b.height && a.width === b.width;
    matches[k * MATCH_WORDS + EXACT] = Number(sameShape && equal === a.height * a.width);
    matches[k * MATCH_WORDS + SAME_SHAPE] = Number(sameShape);
    matches[k * MATCH_WORDS + EQUAL_CELLS] = equal;
    matches[k * MATCH_WORDS + BOX_CELLS] = Math.max(a.height, b.height) * Math.max(a.width, b.width);
  }
  return matches;
}
