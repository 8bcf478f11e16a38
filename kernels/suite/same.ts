// Comparison of large arrays: where they first differ.
import { fail } from 'node:assert/strict';

/** Throws where `found` differs from `expected`. */
export function assertSame(found: Int32Array, expected: Int32Array): void {
  if (found.length !== expected.length) fail(`${found.length} words in place of ${expected.length}`);
  const at = found.findIndex((word, k) => word !== expected[k]);
  if (at >= 0) fail(`word ${at} is ${found[at]} in place of ${expected[at]}`);
}

/** Batch sizes around the borders at which some backend cuts. */
export const BORDERS: readonly number[] = [1, 63, 64, 65, 255, 256, 257, 1023, 1025, 4095, 4096, 4097];
