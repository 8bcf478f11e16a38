// Which GPUs a process may use: what nvidia-smi prints, and what CUDA_VISIBLE_DEVICES leaves of it.
import { expect, test } from 'vitest';
import { chosenGpus, parseGpuList, visibleGpus } from '../../../kernels/tensorflow/visibleGpus.ts';

const LIST = `GPU 0: NVIDIA L4 (UUID: GPU-aa11)
GPU 1: NVIDIA L4 (UUID: GPU-bb22)
  MIG 1g.5gb Device 0: (UUID: MIG-cc33)
GPU 2: Tesla T4 (UUID: GPU-dd44)
`;

test('what nvidia-smi -L prints', () => {
  expect(parseGpuList(LIST)).toEqual([
    { id: 'GPU-aa11', name: 'NVIDIA L4' },
    { id: 'GPU-bb22', name: 'NVIDIA L4' },
    { id: 'GPU-dd44', name: 'Tesla T4' },
  ]);
  expect(parseGpuList('No devices found.\n')).toEqual([]);
});

test.each([
  ['2,0', ['2', '0'], ['Tesla T4', 'NVIDIA L4']],
  ['GPU-bb, GPU-dd44', ['GPU-bb', 'GPU-dd44'], ['NVIDIA L4', 'Tesla T4']],
  ['1,7,0', ['1'], ['NVIDIA L4']],
  ['-1', [], []],
])('CUDA_VISIBLE_DEVICES=%s', (visible, ids, names) => {
  const gpus = chosenGpus(parseGpuList(LIST), visible);
  expect(gpus.map(({ id }) => id)).toEqual(ids);
  expect(gpus.map(({ name }) => name)).toEqual(names);
});

test('none where the variable is empty', () => {
  expect(visibleGpus({ ...process.env, CUDA_VISIBLE_DEVICES: '' })).toEqual([]);
});
