// The ops on one GPU, in the thread that calls them.
import { BackendLostError } from '../backend.ts';
import { GRID_MATCH_CUDA, gridMatchCuda } from '../gridMatch/cuda.ts';
import { prepareGridMatch } from '../gridMatch/op.ts';
import { SCORE_TABLE_CUDA, scoreTableCuda } from '../scoreTable/cuda.ts';
import { prepareScoreTable } from '../scoreTable/op.ts';
import type { Ops } from '../spread.ts';
import { CudaError } from './driver.ts';
import type { Gpu } from './gpu.ts';

/** The kernels, as one program for nvrtc: CUDA C without any include. */
export const CUDA_SOURCE: string = GRID_MATCH_CUDA + SCORE_TABLE_CUDA;

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
  };
}

/** Does what a GPU is asked for. A call of the driver that fails is a lost backend. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof CudaError ? new BackendLostError('cuda', error.message) : error;
  }
}
