// gridMatch on WASM. Records that lie in the backend's memory are read in place; others, the index and the result pass through
// its scratch area, block by block, so that a batch of any size will do.
import { RECORD_WORDS } from '../record.ts';
import type { WasmHost } from '../wasm/crew.ts';
import { copyWords } from '../wasm/scratch.ts';
import { type GridMatch, MATCH_WORDS, prepareGridMatch } from './op.ts';

/** Rows that pass through the scratch area at once. */
export const BLOCK_ROWS: number = 512;
/** Most expected grids that are copied as a whole; of more, each row's is copied, which takes four times as long a grid. */
export const COPIED_GRIDS: number = 4096;
/** Rows from which other threads help: waking them takes some µs, and fewer gain nothing. */
export const CREW_ROWS: number = 4096;

// Words in the scratch area. The records of the rows' expected grids take the place of all expected grids.
const EXPECTED = 0;
const OUTPUTS = EXPECTED + COPIED_GRIDS * RECORD_WORDS;
const INDEX = OUTPUTS + BLOCK_ROWS * RECORD_WORDS;
const RESULT = INDEX + BLOCK_ROWS;

/** See `GridMatch` in `op.ts`. */
export function gridMatchWasm({ kernels, memory, scratch, crew }: WasmHost): GridMatch {
  return (outputs, expected, index, result) => {
    const matches = prepareGridMatch(outputs, expected, index, result);
    const rows = index.length;
    const grids = expected.length / RECORD_WORDS;
    const outputsAt = memory.offsetOf(outputs);
    let expectedAt = memory.offsetOf(expected);
    const gather = expectedAt < 0 && grids > Math.min(4 * rows, COPIED_GRIDS);
    if (expectedAt < 0) {
      expectedAt = 4 * EXPECTED;
      if (!gather) copyWords(expected, 0, scratch, EXPECTED, expected.length);
    }
    let from = 0;
    if (crew !== undefined && rows >= CREW_ROWS && outputsAt >= 0 && !gather) {
      from = crew.gridMatch(outputsAt, expectedAt, index, matches);
    }
    for (; from < rows; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows - from);
      if (outputsAt < 0) copyWords(outputs, from * RECORD_WORDS, scratch, OUTPUTS, count * RECORD_WORDS);
      if (gather) {
        for (let k = 0; k < count; k++) {
          copyWords(expected, index[from + k]! * RECORD_WORDS, scratch, EXPECTED + k * RECORD_WORDS, RECORD_WORDS);
          scratch[INDEX + k] = k;
        }
      } else copyWords(index, from, scratch, INDEX, count);
      const at = outputsAt < 0 ? 4 * OUTPUTS : outputsAt + 4 * RECORD_WORDS * from;
      kernels.gridMatch(at, expectedAt, 4 * INDEX, 4 * RESULT, count);
      copyWords(scratch, RESULT, matches, from * MATCH_WORDS, count * MATCH_WORDS);
    }
    return matches;
  };
}
