// Host memory that a GPU reads and writes by itself, at the speed of the bus and while the processor does something else.
import type { Driver, Koffi } from './driver.ts';
import { CudaError } from './errors.ts';

const PAGE = 4096;
/** So that it is pinned for all GPUs. */
const PORTABLE = 1;

/**
 * Zeroed words with pages of their own, as pinning wants them; threads may share them. They are JavaScript's memory, so that
 * they outlive the GPU.
 */
export function pageWords(koffi: Koffi, count: number): Int32Array {
  const buffer = new SharedArrayBuffer(4 * count + 2 * PAGE);
  const past = Number(koffi.address(new Uint8Array(buffer)) % BigInt(PAGE));
  return new Int32Array(buffer, past === 0 ? 0 : PAGE - past, count);
}

/** Pins words of {@link pageWords}; false where the driver does not, which costs speed and nothing else. */
export function pin(driver: Driver, words: Int32Array): boolean {
  if (words.length === 0) return false;
  try {
    driver.call('cuMemHostRegister_v2', words, Math.ceil(words.byteLength / PAGE) * PAGE, PORTABLE);
    return true;
  } catch (error) {
    if (error instanceof CudaError) return false;
    throw error;
  }
}

/** Undoes {@link pin}. */
export function unpin(driver: Driver, words: Int32Array): void {
  driver.call('cuMemHostUnregister', words);
}
