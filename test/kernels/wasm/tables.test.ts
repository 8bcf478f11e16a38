// scoreTable on WASM, on both sides of every size at which they go another way.
import { afterAll, describe, expect, test } from 'vitest';
import { scoreTableReference } from '../../../kernels/scoreTable/reference.ts';
import { PART_CANDIDATES, PART_SAMPLES } from '../../../kernels/scoreTable/wasm.ts';
import { randomRows } from '../../../kernels/suite/randomRows.ts';
import { openWasm } from '../../../kernels/wasm/openWasm.ts';

const backend = openWasm();
afterAll(() => backend.close());

describe('scoreTable', () => {
  test.each([
    [PART_CANDIDATES - 1, 1],
    [PART_CANDIDATES, 1],
    [PART_CANDIDATES + 1, 1],
    [3, PART_SAMPLES],
    [3, PART_SAMPLES + 1],
    [2, 2 * PART_SAMPLES + 1],
  ])('%i candidates, %i samples', (candidates, samples) => {
    const rows = { ...randomRows({ seed: candidates, candidates, samples }), top: 20 };
    // within the sum that weights may have
    rows.weights.forEach((_, at) => {
      rows.weights[at] = Math.min(1, rows.weights[at]!);
    });
    const found = backend.scoreTable(rows);
    const reference = scoreTableReference(rows);
    // toEqual takes seconds for arrays of this size
    expect(Buffer.compare(bytes(found.sums), bytes(reference.sums))).toBe(0);
    expect(found.ranking).toEqual(reference.ranking);
  });

  test('more candidates and more samples than pass at once', () => {
    const candidate = Int32Array.of(0, PART_CANDIDATES, PART_CANDIDATES, PART_CANDIDATES + 1, 5);
    const sample = Int32Array.of(PART_SAMPLES, 0, PART_SAMPLES, PART_SAMPLES - 1, 1);
    const match = Int32Array.from({ length: 20 }, (_, at) => [1, 1, 90, 91][at % 4]! - (at === 19 ? 1 : 0));
    const weights = new Int32Array(2 * PART_SAMPLES + 2).fill(1);
    const rows = { match, candidate, sample, weights, candidates: PART_CANDIDATES + 2, top: 4 };
    const { sums, ranking } = backend.scoreTable(rows);
    // the last row has one cell less in its box, so that all of it is right
    expect([...ranking]).toEqual([PART_CANDIDATES, 5, 0, PART_CANDIDATES + 1]);
    expect([...sums.subarray(-8)]).toEqual([2, 2, 360, 4 * Math.floor((90 * 65536) / 91), 1, 1, 180, 2 * 64815]);
    expect([...sums.subarray(20, 24)]).toEqual([1, 1, 180, 2 * 65536]);
  });
});

function bytes(words: Int32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
