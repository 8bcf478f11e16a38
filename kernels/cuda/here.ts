// A GPU used by the calling thread: in the sources, which have no program for another one.
import { BackendAbsentError, type Held } from '../backend.ts';
import type { GridMatchTimes } from '../gridMatch/times.ts';
import { computed, type Ops } from '../spread.ts';
import type { StepSeconds } from '../stepClock.ts';
import { cudaOps, guarded } from './cudaOps.ts';
import type { Driver } from './driver.ts';
import { CudaError } from './errors.ts';
import { Gpu } from './gpu.ts';
import type { CudaLane } from './lane.ts';
import { timeGridMatch } from './timeGridMatch.ts';

export class CudaHere implements CudaLane {
  readonly #driver: Driver;
  readonly #ordinal: number;
  #gpu: Gpu | undefined;
  #ops: Ops | undefined;

  constructor(driver: Driver, ordinal: number) {
    this.#driver = driver;
    this.#ordinal = ordinal;
  }

  get held(): Held {
    return { tensors: 0, buffers: this.#gpu?.held ?? 0 };
  }

  get steps(): StepSeconds {
    return this.#gpu!.steps;
  }

  async open(image: Uint8Array, kernels: string): Promise<number> {
    try {
      this.#gpu = new Gpu(this.#driver, this.#ordinal);
      this.#gpu.load(image);
    } catch (error) {
      if (!(error instanceof CudaError)) throw error;
      throw new BackendAbsentError('cuda', `GPU ${this.#ordinal}: ${error.message} (${kernels})`);
    }
    this.#ops = cudaOps(this.#gpu);
    return this.#gpu.partRecords;
  }

  pin(words: Int32Array): void {
    this.#gpu!.pin(words);
  }

  async call(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[] = []): Promise<Int32Array[]> {
    return computed(this.#ops!, op, arrays, numbers);
  }

  async timeGridMatch(outputs: Int32Array, expected: Int32Array, index: Int32Array): Promise<GridMatchTimes> {
    return guarded(() => timeGridMatch(this.#gpu!, outputs, expected, index));
  }

  async close(): Promise<void> {
    this.#gpu?.close();
  }
}
