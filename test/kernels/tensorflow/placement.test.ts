// Where TensorFlow runs the ops: on the GPU, all of them, where there is one.
import { expect, test } from 'vitest';
import { BackendAbsentError } from '../../../kernels/backend.ts';
import { DEVICE_OPS } from '../../../kernels/tensorflow/ops.ts';
import { type Placement, parsePlacement, RESULTS, tracePlacement } from '../../../kernels/tensorflow/placement.ts';
import { visibleGpus } from '../../../kernels/tensorflow/visibleGpus.ts';
import { CHILD, programOf } from './program.ts';

const program = await programOf(CHILD);

/** What was logged of a process with this `CUDA_VISIBLE_DEVICES`; undefined, and said, where TensorFlow is absent. */
async function trace(visible: string): Promise<Placement | undefined> {
  try {
    return await tracePlacement(program, { ...process.env, CUDA_VISIBLE_DEVICES: visible });
  } catch (error) {
    if (!(error instanceof BackendAbsentError)) throw error;
    console.warn(`left out: placement of TensorFlow's ops: ${error.message}`);
    return undefined;
  }
}

/** Ops of the list that only `outputKey` runs, which is a tfjs op and none of the backend's. */
const OF_OUTPUT_KEY = ['RightShift'];

test('on the CPU: every op that is listed as one for the device runs, and no other', async () => {
  const placement = await trace('');
  if (placement === undefined) return;
  const listed = Object.keys(DEVICE_OPS).filter((op) => !OF_OUTPUT_KEY.includes(op));
  expect([...new Set(placement.ops.map(({ op }) => op))].sort()).toEqual(listed.sort());
  expect([...new Set(placement.ops.map(({ device }) => device))]).toEqual(['CPU:0']);
  expect(placement.copiesToHost).toBe(0);
});

test('with a GPU: every op runs on it, and nothing but the results leaves it', async () => {
  const [gpu] = visibleGpus();
  if (gpu === undefined) {
    console.warn("left out: placement of TensorFlow's ops on a GPU: there is none");
    return;
  }
  const placement = await trace(gpu.id);
  if (placement === undefined) return;
  expect(placement.ops.filter(({ device }) => device !== 'GPU:0')).toEqual([]);
  expect(placement.ops.length).toBeGreaterThan(RESULTS);
  expect(placement.copiesToHost).toBe(RESULTS);
});

test('the log of TensorFlow', () => {
  const log = `I0000 00:00:1795451080.533057   14642 execute.cc:1587] Caching op BitwiseXor
I0000 00:00:1795451080.533057   14642 execute.cc:1775] Executing op BitwiseXor in device /job:localhost/replica:0/task:0/device:GPU:0
2023-04-01 10:00:00.000000: I tensorflow/core/common_runtime/gpu/gpu_util.cc:293] CopyGPUTensorToCPU
2023-04-01 10:00:00.000000: I tensorflow/core/common_runtime/eager/execute.cc:1419] Executing op Cast in device /job:localhost/replica:0/task:0/device:CPU:0
`;
  expect(parsePlacement(log)).toEqual({
    ops: [
      { op: 'BitwiseXor', device: 'GPU:0' },
      { op: 'Cast', device: 'CPU:0' },
    ],
    copiesToHost: 1,
  });
});
