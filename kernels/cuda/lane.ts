// A GPU as a lane of the backend.
import type { GridMatchTimes } from '../gridMatch/times.ts';
import type { Lane } from '../spread.ts';

/** See {@link CudaLane.timeGridMatch}. */
export type TimeGridMatch = (outputs: Int32Array, expected: Int32Array, index: Int32Array) => Promise<GridMatchTimes>;

/** A lane, from the moment its GPU is chosen. */
export interface CudaLane extends Lane {
  /**
   * Loads the kernels; everything else comes later.
   * @param kernels what they are, for errors
   * @returns records that the GPU computes at once
   * @throws BackendAbsentError where the GPU does not open, or does not take them
   */
  open(image: Uint8Array, kernels: string): Promise<number>;
  /** Has all GPUs read words of `pageWords` by themselves, as far as the driver does that. */
  pin(words: Int32Array): void;
  /**
   * gridMatch in one part, with its steps one after the other and timed; the arguments keep its contract, and none is empty.
   * @throws BackendLostError
   */
  timeGridMatch: TimeGridMatch;
}
