// The three tfjs kernels for tfjs backends whose tensors lie in memory that JavaScript reads.
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SyncBackend } from '../backend.ts';
import { MATCH_WORDS } from '../gridMatch/op.ts';
import { GRID_MATCH } from '../gridMatch/tfjs.ts';
import { outputKeyCpu } from '../outputKey/cpu.ts';
import { KEY_WORDS } from '../outputKey/op.ts';
import { OUTPUT_KEY } from '../outputKey/tfjs.ts';
import { SUM_WORDS } from '../scoreTable/op.ts';
import { SCORE_TABLE, type ScoreTableAttrs } from '../scoreTable/tfjs.ts';

/** How a tfjs backend's tensors are read and made. */
interface TensorMemory<B> {
  read(backend: B, tensor: TensorInfo): Int32Array;
  make(backend: B, shape: number[], values: Int32Array): TensorInfo;
}

/** Registers the kernels for the tfjs backend `backendName`: they compute with `ops`, and outputKey, which reads few words, in TypeScript. */
export function registerHostKernels<B>(
  backendName: string,
  ops: Pick<SyncBackend, 'gridMatch' | 'scoreTable'>,
  memory: TensorMemory<B>,
): void {
  const kernels: Record<string, KernelFunc> = {
    [GRID_MATCH]({ inputs, backend }) {
      const { outputs, expected, index } = inputs as Record<'outputs' | 'expected' | 'index', TensorInfo>;
      const read = (tensor: TensorInfo) => memory.read(backend as B, tensor);
      const match = ops.gridMatch(read(outputs), read(expected), read(index));
      return memory.make(backend as B, [index.shape[0]!, MATCH_WORDS], match);
    },
    [SCORE_TABLE]({ inputs, backend, attrs }) {
      const rows = inputs as Record<'match' | 'candidate' | 'sample' | 'weights', TensorInfo>;
      const { candidates, top } = attrs as unknown as ScoreTableAttrs;
      const read = (tensor: TensorInfo) => memory.read(backend as B, tensor);
      const { sums, ranking } = ops.scoreTable({
        match: read(rows.match),
        candidate: read(rows.candidate),
        sample: read(rows.sample),
        weights: read(rows.weights),
        candidates,
        top,
      });
      return [
        memory.make(backend as B, [candidates, SUM_WORDS], sums),
        memory.make(backend as B, [ranking.length], ranking),
      ];
    },
    [OUTPUT_KEY]({ inputs, backend }) {
      const { outputs } = inputs as Record<'outputs', TensorInfo>;
      const [candidates, samples] = outputs.shape as [number, number, number];
      const keys = outputKeyCpu(memory.read(backend as B, outputs), samples);
      return memory.make(backend as B, [candidates, KEY_WORDS], keys);
    },
  };
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    registerKernel({ kernelName, backendName, kernelFunc });
  }
}
