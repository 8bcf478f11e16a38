// The words of a doctor, of a machine with everything: such hardware is not at hand, so what was found of it is written here.
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../src/doctor/diagnose.ts';
import { doctorLine } from '../../src/report/doctorJson.ts';
import { doctorText } from '../../src/report/doctorText.ts';
import { styleOf } from '../../src/report/style.ts';

const L4 = { name: 'NVIDIA L4', memoryBytes: 23_034 * 2 ** 20 };
const points = (perSecond: number, sizes: readonly number[]) =>
  sizes.map((comparisons) => ({ comparisons, seconds: comparisons / perSecond }));

const DIAGNOSIS: Diagnosis = {
  host: {
    engine: '1.2.3',
    node: {
      version: 'v18.1.0',
      path: '/bin/node',
      platform: 'linux',
      arch: 'x64',
      expected: '>=20.19',
      supported: false,
    },
    cpu: { model: 'A CPU', cores: 8, usable: 1 },
    memory: { total: 64 * 2 ** 30, available: 2 ** 30, limit: 16 * 2 ** 30 },
  },
  installed: {
    nvidiaSmi: { found: { driver: '550.54.15', cuda: '12.4', gpus: [L4, { name: 'NVIDIA GB10' }] } },
    nvidiaDriver: { found: { version: '550.54.15', gpus: ['NVIDIA L4'] } },
    cudaDriver: { found: { file: '/lib/libcuda.so.1', version: '550.54.15' } },
    nvrtc: { found: [{ file: '/a/libnvrtc.so.12', version: '12.4.127' }, { file: '/b/libnvrtc.so' }] },
    pythonTensorFlow: { found: { version: '2.15.0', folder: '/p/tensorflow', libraries: [] } },
    nodeTensorFlow: { found: { name: '@tensorflow/tfjs-node', version: '4.22.0', addon: '/n/tfjs_binding.node' } },
    vulkanLoader: { reason: 'not found in /lib' },
    vulkanDrivers: {
      found: {
        variable: 'VK_DRIVER_FILES',
        drivers: [{ manifest: '/i.json', library: { reason: 'no file is there' } }],
      },
    },
  },
  adapters: { found: ['NVIDIA L4', 'llvmpipe'] },
  cuda: {
    found: {
      cuda: '12.4',
      library: 'libcuda.so.1',
      gpus: [{ ordinal: 0, ...L4, capability: 89 }],
      nvrtc: { file: '/a/libnvrtc.so.12', version: '12.4' },
    },
  },
  backends: [
    { name: 'cpu', state: { found: { device: 'A CPU', openSeconds: 0.001, points: [] } } },
    {
      name: 'tensorflow',
      state: { found: { device: 'NVIDIA L4', openSeconds: 2, points: [], note: 'out of memory' } },
    },
    { name: 'cuda', state: { reason: 'no NVIDIA driver' } },
  ],
  crossover: {
    path: '/cache/batt/crossover.json',
    notes: ['a note'],
    crossover: {
      measured: '2026-01-02T03:04:05.678Z',
      backends: [
        { backend: 'cpu', device: 'A CPU', openSeconds: 0.001, points: points(1.5e7, [1e3, 1e4]) },
        { backend: 'tensorflow', device: 'NVIDIA L4', openSeconds: 2, points: points(2e5, [1e3]) },
      ],
    },
  },
  auto: [
    { comparisons: 1e3, backend: 'cpu', estimates: [{ backend: 'cpu', seconds: 0.0011 }] },
    { comparisons: 1e7, backend: 'tensorflow', estimates: [{ backend: 'tensorflow', seconds: 52 }] },
  ],
};

test('everything in its place', () => {
  expect(doctorText(DIAGNOSIS, styleOf(false))).toMatchInlineSnapshot(`
    "batt 1.2.3
      Node           v18.1.0 linux x64, NOT supported, expected >=20.19
                     /bin/node
      CPU            A CPU, 8 cores, 1 usable
      memory         64.0 GiB, limited to 16.0 GiB, 1.0 GiB available

    Backends
      cpu            A CPU
      tensorflow     NVIDIA L4
                     but: out of memory
      cuda           absent: no NVIDIA driver

    GPUs
      nvidia-smi     NVIDIA L4, 22.5 GiB
                     NVIDIA GB10
                     driver 550.54.15, runs CUDA up to 12.4
      NVIDIA driver  550.54.15, NVIDIA L4
      WebGPU         NVIDIA L4
                     llvmpipe

    CUDA
      driver         550.54.15, /lib/libcuda.so.1
      nvrtc          12.4.127, /a/libnvrtc.so.12
                     /b/libnvrtc.so
      GPUs           NVIDIA L4, 22.5 GiB, compute capability 8.9
                     runs CUDA up to 12.4, kernels by nvrtc 12.4, /a/libnvrtc.so.12

    TensorFlow
      for Python     2.15.0, /p/tensorflow, without the libraries of its C API
      for Node       @tensorflow/tfjs-node 4.22.0, /n/tfjs_binding.node

    Vulkan
      loader         absent: not found in /lib
      drivers        named by VK_DRIVER_FILES
                     /i.json: of no use: no file is there

    Measured: comparisons a second, with upload and readback
      comparisons         cpu  tensorflow
          opening    0.0010 s      2.00 s
            1,000  15,000,000     200,000
           10,000  15,000,000           –
      2026-01-02 03:04:05 UTC, /cache/batt/crossover.json
      a note

    What --backend auto chooses
           1,000  cpu         fastest for 1,000 comparisons, 0.0011 s; wasm is not there
      10,000,000  tensorflow  fastest for 10,000,000 comparisons, 52.0 s; wasm is not there
      of those that are about as fast: the first of cuda, tensorflow, webgpu, wasm, cpu"
  `);
});

test('colour adds colour alone', () => {
  const coloured = doctorText(DIAGNOSIS, styleOf(true));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colour is made of
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(doctorText(DIAGNOSIS, styleOf(false)));
  expect(coloured).toContain('\x1b[1mBackends\x1b[22m');
  expect(coloured).toContain('\x1b[2m  cuda           absent: no NVIDIA driver\x1b[22m');
  expect(coloured).toContain('\x1b[31m  a note\x1b[39m');
});

test('the document says the same in numbers', () => {
  expect(JSON.parse(JSON.stringify(doctorLine(DIAGNOSIS)))).toMatchObject({
    schema: 1,
    type: 'doctor',
    engine: '1.2.3',
    memory: { total: 64 * 2 ** 30, limit: 16 * 2 ** 30 },
    backends: [
      { name: 'cpu', present: true, device: 'A CPU', open_seconds: 0.001 },
      { name: 'tensorflow', present: true, note: 'out of memory' },
      { name: 'cuda', present: false, reason: 'no NVIDIA driver' },
    ],
    gpus: {
      nvidia_smi: {
        present: true,
        cuda: '12.4',
        gpus: [{ name: 'NVIDIA L4', memory: L4.memoryBytes }, { name: 'NVIDIA GB10' }],
      },
      webgpu_adapters: { present: true, names: ['NVIDIA L4', 'llvmpipe'] },
    },
    cuda: { driver: { present: true, file: '/lib/libcuda.so.1', version: '550.54.15' } },
    vulkan: { loader: { present: false, reason: 'not found in /lib' } },
    crossover: {
      backends: [{ backend: 'cpu', points: [{ comparisons: 1e3, per_second: 1.5e7 }, {}] }, {}],
      notes: ['a note'],
    },
    auto: [{ comparisons: 1e3, backend: 'cpu', why: 'fastest for 1,000 comparisons, 0.0011 s; wasm is not there' }, {}],
  });
});
