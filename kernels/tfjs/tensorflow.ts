// The tfjs kernels for tfjs's backend `tensorflow`, which tfjs-node and tfjs-node-gpu bring: raw TensorFlow ops.
import { createRequire } from 'node:module';
import { env, findBackendFactory, type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { gridMatchTensorFlow } from '../gridMatch/tensorflow.ts';
import { GRID_MATCH } from '../gridMatch/tfjs.ts';
import { outputKeyTensorFlow } from '../outputKey/tensorflow.ts';
import { OUTPUT_KEY } from '../outputKey/tfjs.ts';
import { rankTensorFlow, sumsTensorFlow } from '../scoreTable/tensorflow.ts';
import { SCORE_TABLE, type ScoreTableAttrs } from '../scoreTable/tfjs.ts';
import { type Addon, type AddonTensor, addonFile, loadAddon, tfjsNodeFolders } from '../tensorflow/addon.ts';
import { compute, type DeviceTensor, type Ops } from '../tensorflow/ops.ts';

/** tfjs-node's NodeJSKernelBackend. The methods are private there, and the only way past tfjs's few dtypes. */
interface NodeBackend {
  readonly binding: Addon;
  getInputTensorIds(tensors: TensorInfo[]): number[];
  createOutputTensor(tensor: AddonTensor): TensorInfo;
}

const INT32 = 3;

/**
 * Registers the three kernels. Unless tfjs-node was imported, it is loaded from where `scripts/link-tensorflow` builds its addon.
 * @throws BackendAbsentError
 */
export function registerTensorFlow(): void {
  const require = createRequire(import.meta.url);
  // tfjs-node calls these two, which Node 23 took away
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
  if (findBackendFactory('tensorflow') == null) {
    loadAddon(); // first, for its settings and for the reason where it cannot be
    const quiet = env().getBool('PROD');
    env().set('PROD', true); // no word of each kernel that tfjs's `cpu` has registered before
    require(tfjsNodeFolders().find((folder) => addonFile(folder) !== undefined)!);
    env().set('PROD', quiet);
  }

  registerOps(GRID_MATCH, ['outputs', 'expected', 'index'], (ops, [outputs, expected, index]) => {
    const grid = ops.cast(nearest(ops, ops.cast(index!, 'float64'), expected!.shape[0]!), 'int32');
    return [gridMatchTensorFlow(ops, outputs!, expected!, grid)];
  });
  registerOps(SCORE_TABLE, ['match', 'candidate', 'sample', 'weights'], (ops, inputs, attrs) => {
    const { candidates, top } = attrs as unknown as ScoreTableAttrs;
    const [match, candidate, sample, weights] = inputs as [DeviceTensor, DeviceTensor, DeviceTensor, DeviceTensor];
    const numbers = [ops.cast(candidate, 'float64'), ops.cast(sample, 'float64')] as const;
    const inside = [nearest(ops, numbers[0], candidates), nearest(ops, numbers[1], weights.shape[0]!)] as const;
    const counts = ops.run('LogicalAnd', [
      ops.run('Equal', [numbers[0], inside[0]]),
      ops.run('Equal', [numbers[1], inside[1]]),
    ]);
    // −1 where a row does not count
    const one = ops.cast(ops.floats([1]), 'float64');
    const next = ops.run('Mul', [ops.run('AddV2', [inside[0], one]), ops.cast(counts, 'float64')]);
    const rows = {
      match,
      candidate: ops.cast(ops.run('Sub', [next, one]), 'int32'),
      sample: ops.cast(inside[1], 'int32'),
      weights,
    };
    const { sums, ranking } = rankTensorFlow(ops, sumsTensorFlow(ops, rows, candidates), Math.min(top, candidates));
    return [sums, ranking];
  });
  registerOps(OUTPUT_KEY, ['outputs'], (ops, [outputs]) => [outputKeyTensorFlow(ops, outputs!)]);
}

/** Registers a kernel of int32 tensors. */
function registerOps(
  kernelName: string,
  names: readonly string[],
  run: (ops: Ops, inputs: DeviceTensor[], attrs: object) => DeviceTensor[],
): void {
  const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) => {
    const node = backend as NodeBackend;
    const tensors = names.map((name) => inputs[name] as TensorInfo);
    const ids = node.getInputTensorIds(tensors);
    return compute(node.binding, (ops) => {
      const outputs = run(
        ops,
        tensors.map(({ shape }, k) => ({ id: ids[k]!, shape, dtype: INT32 })),
        attrs ?? {},
      );
      const made = outputs.map((output) => node.createOutputTensor(ops.release(output)));
      return made.length === 1 ? made[0]! : made;
    });
  };
  registerKernel({ kernelName, backendName: 'tensorflow', kernelFunc });
}

/** For each of some numbers, float64, the one in 0..end − 1 that is nearest. */
function nearest(ops: Ops, numbers: DeviceTensor, end: number): DeviceTensor {
  const [first, last] = [0, end - 1].map((n) => ops.cast(ops.ints([n]), 'float64')) as [DeviceTensor, DeviceTensor];
  return ops.run('Maximum', [ops.run('Minimum', [numbers, last]), first]);
}
