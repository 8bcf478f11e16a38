// Long arrays in parts that a device takes.
import { RECORD_WORDS } from '../layout.ts';

/**
 * Calls `each` for the parts [from, to) of 0..count − 1, and has two under way: one is handed over while the device computes the
 * other.
 */
export async function inParts(
  count: number,
  size: number,
  each: (from: number, to: number) => Promise<void>,
): Promise<void> {
  let before = Promise.resolve();
  for (let from = 0; from < count; from += size) {
    const part = each(from, Math.min(from + size, count));
    // it is waited for below, unless the part before has failed
    part.catch(() => {});
    await before;
    before = part;
  }
  await before;
}

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
