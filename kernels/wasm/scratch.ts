// The part of a WASM memory that arguments from elsewhere pass through, and what the kernels need to be called.
import type { Crew } from './crew.ts';
import type { WasmMemory } from './wasmMemory.ts';
import type { Kernels } from './wasmModule.ts';

/** What an op on WASM works with. */
export interface WasmHost {
  readonly kernels: Kernels;
  readonly memory: WasmMemory;
  /** {@link SCRATCH_WORDS} words at the beginning of the memory; each call uses them as it likes. */
  readonly scratch: Int32Array;
  /** Other threads for large batches. */
  readonly crew: Crew | undefined;
}

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
