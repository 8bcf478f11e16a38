// The op gridMatch: each output grid against its expected grid. Contract and argument checks for every backend.
import { RECORD_WORDS } from '../record.ts';

/** 32-bit words of the result for one output. */
export const MATCH_WORDS = 4;
/** Word 0 of a result: 1 where the output is the expected grid (same shape, all cells equal), else 0. */
export const EXACT = 0;
/** Word 1 of a result: 1 where height and width are equal, else 0. */
export const SAME_SHAPE = 1;
/** Word 2 of a result: number of equal cells in the common top-left box, min(heights) × min(widths). */
export const EQUAL_CELLS = 2;
/** Word 3 of a result: cells of the larger box, max(heights) × max(widths). */
export const BOX_CELLS = 3;

/**
 * Compares n packed outputs with packed expected grids.
 *
 * A record of height 0 (an output that does not fit) is never exact, has no shape and no equal cells: words 0..2 are 0,
 * and word 3 is the number of cells of the other grid, so that its share of equal cells is 0. The comparison is of cells and
 * shape; the content hash is not looked at.
 *
 * @param outputs n records (n × 128 words, see `record.ts`)
 * @param expected m records
 * @param index n numbers 0..m − 1: output k is compared with expected grid index[k]
 * @param result where to write, n × 4 words; made when left out
 * @returns `result`: words EXACT, SAME_SHAPE, EQUAL_CELLS, BOX_CELLS of output 0, then of output 1, …
 * @throws RangeError where a length or an entry of `index` breaks the above
 */
export type GridMatch = (
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
  result?: Int32Array,
) => Int32Array;

/** Checks the arguments of a {@link GridMatch} and returns where to write the result. */
export function prepareGridMatch(
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
  result: Int32Array | undefined,
): Int32Array {
  const count = index.length;
  if (outputs.length !== count * RECORD_WORDS) {
    throw new RangeError(`gridMatch: ${outputs.length} words of outputs, expected ${count} × ${RECORD_WORDS}`);
  }
  if (expected.length % RECORD_WORDS !== 0) {
    throw new RangeError(
      `gridMatch: ${expected.length} words of expected grids, expected a multiple of ${RECORD_WORDS}`,
    );
  }
  const grids = expected.length / RECORD_WORDS;
  for (let k = 0; k < count; k++) {
    const at = index[k]!;
    if (at < 0 || at >= grids) throw new RangeError(`gridMatch: index[${k}] is ${at}, expected 0..${grids - 1}`);
  }
  if (result === undefined) return new Int32Array(count * MATCH_WORDS);
  if (result.length !== count * MATCH_WORDS) {
    throw new RangeError(`gridMatch: ${result.length} words of result, expected ${count} × ${MATCH_WORDS}`);
  }
  return result;
}
