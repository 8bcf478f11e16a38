// The expected grids of a part of a batch, where all of them together are too much for a device.
import { RECORD_WORDS } from '../record.ts';

/** The expected grids that `index` names, each once, and `index` for them. */
export function gatherExpected(expected: Int32Array, index: Int32Array): { expected: Int32Array; index: Int32Array } {
  const places = new Map<number, number>();
  const renumbered = index.map((grid) => {
    const place = places.get(grid) ?? places.size;
    places.set(grid, place);
    return place;
  });
  const gathered = new Int32Array(places.size * RECORD_WORDS);
  for (const [grid, place] of places) {
    gathered.set(expected.subarray(grid * RECORD_WORDS, (grid + 1) * RECORD_WORDS), place * RECORD_WORDS);
  }
  return { expected: gathered, index: renumbered };
}
