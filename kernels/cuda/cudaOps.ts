// The ops on one GPU, in the thread that calls them.
import { BackendLostError } from '../backend.ts';
import { gridMatchCuda } from '../gridMatch/cuda.ts';
import { prepareGridMatch } from '../gridMatch/op.ts';
import { outputKeyCuda } from '../outputKey/cuda.ts';
import { prepareOutputKey } from '../outputKey/op.ts';
import { scoreTableCuda } from '../scoreTable/cuda.ts';
import { prepareScoreTable } from '../scoreTable/op.ts';
import type { Ops } from '../spread.ts';
import { CudaError } from './errors.ts';
import type { Gpu } from './gpu.ts';

/** The ops on a GPU with its kernels loaded; a call of the driver that fails is a lost backend. */
export function cudaOps(gpu: Gpu): Ops {
  return {
    gridMatch(outputs, expected, index, result) {
      const matches = prepareGridMatch(outputs, expected, index, result);
      if (index.length > 0) guarded(() => gridMatchCuda(gpu, outputs, expected, index, matches));
      return matches;
    },
    scoreTable(rows) {
      const result = prepareScoreTable(rows);
      guarded(() => scoreTableCuda(gpu, rows, result));
      return result;
    },
    outputKey(outputs, samples) {
      const keys = prepareOutputKey(outputs, samples);
      guarded(() => outputKeyCuda(gpu, outputs, samples, keys));
      return keys;
    },
  };
}

/** Does what a GPU is asked for. A call of the driver that fails is a lost backend. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof CudaError ? new BackendLostError('cuda', error.message) : error;
  }
}
