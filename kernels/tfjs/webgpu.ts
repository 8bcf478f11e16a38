// The tfjs kernels for tfjs's backend `webgpu`, in WGSL.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { GRID_MATCH } from '../gridMatch/tfjs.ts';
import { gridMatchWebGpu } from '../gridMatch/webgpu.ts';
import { OUTPUT_KEY } from '../outputKey/tfjs.ts';
import { outputKeyWebGpu } from '../outputKey/webgpu.ts';
import { SCORE_TABLE, type ScoreTableAttrs } from '../scoreTable/tfjs.ts';
import { addRowsWebGpu, rankWebGpu, zeroSums } from '../scoreTable/webgpu.ts';

/** Registers the three kernels. */
export function registerWebGpu(): void {
  const backendName = 'webgpu';
  registerKernel({
    kernelName: GRID_MATCH,
    backendName,
    kernelFunc({ inputs, backend }) {
      const { outputs, expected, index } = inputs as Record<'outputs' | 'expected' | 'index', TensorInfo>;
      return gridMatchWebGpu(backend as WebGPUBackend, outputs, expected, index);
    },
  });
  registerKernel({
    kernelName: SCORE_TABLE,
    backendName,
    kernelFunc({ inputs, backend, attrs }) {
      const { match, candidate, sample, weights } = inputs as Record<
        'match' | 'candidate' | 'sample' | 'weights',
        TensorInfo
      >;
      const { candidates, top } = attrs as unknown as ScoreTableAttrs;
      const sums = zeroSums(backend as WebGPUBackend, candidates);
      addRowsWebGpu(backend as WebGPUBackend, sums, [match, candidate, sample, weights]);
      return [sums, rankWebGpu(backend as WebGPUBackend, sums, top)];
    },
  });
  registerKernel({
    kernelName: OUTPUT_KEY,
    backendName,
    kernelFunc({ inputs, backend }) {
      const { outputs } = inputs as Record<'outputs', TensorInfo>;
      return outputKeyWebGpu(backend as WebGPUBackend, outputs);
    },
  });
}
