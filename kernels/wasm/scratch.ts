// The part of a WASM memory that arguments from elsewhere pass through.
/** Words of the scratch area: 2.5 MiB, so that most of what a call copies stays in the caches. */
export const SCRATCH_WORDS: number = 5 << 17;

/** Words up to which a plain loop is faster than a view and `set`. */
const FEW_WORDS = 128;

/** Copies `count` words between arrays that may lie in different memories. */
export function copyWords(from: Int32Array, fromAt: number, to: Int32Array, toAt: number, count: number): void {
  if (count > FEW_WORDS) {
    to.set(from.subarray(fromAt, fromAt + count), toAt);
    return;
  }
  for (let k = 0; k < count; k++) to[toAt + k] = from[fromAt + k]!;
}
