// The backend in threads, one a GPU, on test doubles of NVIDIA's libraries: results, life cycles, and each thing that may fail.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { BackendAbsentError, BackendLostError } from '../../../kernels/backend.ts';
import { type CudaBackend, openCuda } from '../../../kernels/cuda/backend.ts';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { RECORD_WORDS } from '../../../kernels/layout.ts';
import { readNvidiaDriver } from '../../../kernels/nvidia.ts';
import { outputKeyReference } from '../../../kernels/outputKey/reference.ts';
import { scoreTableReference } from '../../../kernels/scoreTable/reference.ts';
import { packageFolder } from '../../../src/arc/bundled.ts';
import { gridArbitrary, packAll } from '../grids.ts';
import { randomRows } from '../rows.ts';
import { programOf } from '../tensorflow/program.ts';
import { become, folder } from './machine.ts';

const WORKER = new URL('../../../kernels/cuda/worker.ts', import.meta.url);
const NO_PROGRAM = new URL('none.js', WORKER);
const program = await programOf(WORKER);
const records = packAll(fc.sample(gridArbitrary(9), { numRuns: 200, seed: 1 }));
const everyRow = Int32Array.from({ length: 200 }, (_, k) => (k * 7) % 200);

function repeated(rows: number): Int32Array {
  return Int32Array.from({ length: rows * RECORD_WORDS }, (_, at) => records[at % records.length]!);
}

async function holds(backend: CudaBackend, outputs: Int32Array, expected: Int32Array, index: Int32Array) {
  const found = await backend.gridMatch(outputs, expected, index);
  expect(
    Buffer.compare(Buffer.from(found.buffer), Buffer.from(gridMatchReference(outputs, expected, index).buffer)),
  ).toBe(0);
  expect(backend.held()).toEqual({ tensors: 0, buffers: 0 });
}

describe.skipIf(folder === undefined)('cuda', () => {
  beforeEach(() => become(''));

  describe.each([
    ['four threads', 'devices=4', program],
    ['one thread', '', program],
    ['this thread, two GPUs', 'devices=2', NO_PROGRAM],
    ['so little memory that all is done in parts', 'memory=2500000', program],
  ])('%s', (_, machine, script) => {
    test('all ops, calls that overlap', async () => {
      become(machine);
      const backend = await openCuda({}, script);
      const rows = randomRows({ seed: 5, candidates: 3000, samples: 4 });
      const [match, table, key, one] = await Promise.all([
        backend.gridMatch(records, records, everyRow),
        backend.scoreTable({ ...rows, top: 40 }),
        backend.outputKey(records, 4),
        backend.outputKey(records, 200),
      ]);
      expect(match).toEqual(gridMatchReference(records, records, everyRow));
      expect(table).toEqual(scoreTableReference({ ...rows, top: 40 }));
      expect(key).toEqual(outputKeyReference(records, 4));
      expect(one).toEqual(outputKeyReference(records, 200));
      for (const count of [1, 2, 3, 7000]) {
        const index = Int32Array.from({ length: count }, (__, k) => (k * k) % 200);
        await holds(backend, repeated(count), records, index);
      }
      await backend.close();
    });

    test('more of one call than fits the memory at once', async () => {
      become(machine);
      const backend = await openCuda({}, script);
      const many = repeated(3000);
      await holds(
        backend,
        many,
        many,
        Int32Array.from({ length: 3000 }, (__, k) => (k * 7) % 3000),
      );
      expect(await backend.outputKey(many, 1500)).toEqual(outputKeyReference(many, 1500));
      await backend.close();
    });

    test('records of its own, a part of them, more expected grids than outputs', async () => {
      become(machine);
      const backend = await openCuda({}, script);
      const [outputs, expected] = [backend.records(300), backend.records(3000)];
      outputs.set(repeated(300));
      expected.set(repeated(3000));
      const index = Int32Array.from({ length: 300 }, (__, k) => (k * 9) % 3000);
      await holds(backend, outputs, expected, index);
      await holds(backend, outputs.subarray(RECORD_WORDS, 100 * RECORD_WORDS), expected, index.subarray(0, 99));
      await backend.close();
      // they are JavaScript's and outlive the GPUs
      expect(outputs).toEqual(repeated(300));
    });
  });

  test('more rows than are pinned at once, and memory that the driver does not pin', async () => {
    become('fail=cuMemHostRegister_v2:1:801,cuMemHostRegister_v2:3:801');
    const backend = await openCuda({}, program);
    const outputs = backend.records(40_000);
    outputs.set(repeated(40_000));
    await holds(
      backend,
      outputs,
      records,
      Int32Array.from({ length: 40_000 }, (_, k) => k % 200),
    );
    await backend.close();
  });

  test('which GPUs', async () => {
    become('devices=3;name=NVIDIA L4,Tesla T4,NVIDIA L4');
    const deviceOf = async (options: Parameters<typeof openCuda>[0]) => {
      const backend = await openCuda(options, program);
      await backend.close();
      return backend.device;
    };
    expect(await deviceOf({})).toBe('2 × NVIDIA L4, Tesla T4, CUDA 12.4');
    expect(await deviceOf({ gpus: 2 })).toBe('NVIDIA L4, Tesla T4, CUDA 12.4');
    expect(await deviceOf({ device: 'l4' })).toBe('2 × NVIDIA L4, CUDA 12.4');
    expect(await deviceOf({ device: 't4', gpus: 1 })).toBe('Tesla T4, CUDA 12.4');
    await expect(deviceOf({ gpus: 4 })).rejects.toThrow('expected 4 GPUs, found 3 (NVIDIA L4, Tesla T4, NVIDIA L4)');
    await expect(deviceOf({ device: 't4', gpus: 2 })).rejects.toThrow('expected 2 GPUs called t4, found 1');
    await expect(deviceOf({ device: 'H100' })).rejects.toThrow('no GPU is called H100, expected one of: NVIDIA L4');
    await expect(deviceOf({ gpus: 0 })).rejects.toThrow('gpus: found 0, expected an integer from 1');
  });

  test('GPUs of several kinds, one newer than nvrtc', async () => {
    become('devices=3;capability=75,89,121');
    const backend = await openCuda({}, program);
    await holds(
      backend,
      repeated(500),
      records,
      Int32Array.from({ length: 500 }, (_, k) => k % 200),
    );
    await backend.close();
  });

  test('the steps of gridMatch are timed, in order', async () => {
    const backend = await openCuda({}, program);
    const times = await backend.timeGridMatch(records, records, everyRow);
    expect(times.byDevice).toBe(true);
    for (const step of ['upload', 'kernel', 'readback', 'copy'] as const) expect(times[step]).toBeGreaterThan(0);
    await holds(backend, records, records, everyRow);
    await backend.close();
  });

  test.each([
    ['no device', 'devices=0', 'cuInit gave 100, CUDA_ERROR_NO_DEVICE', 'CUDA_VISIBLE_DEVICES hides them'],
    ['a stub', 'fail=cuInit:1:34', 'cuInit gave 34, CUDA_ERROR_STUB_LIBRARY', 'the stub of the CUDA toolkit'],
    ['two versions', 'fail=cuInit:1:803', 'cuInit gave 803', 'libcuda and the driver of the kernel are of different'],
    [
      'a GPU that another has',
      'fail=cuDevicePrimaryCtxRetain:1:46',
      'gave 46',
      'another process has the GPU for itself',
    ],
    ['no memory for a context', 'fail=cuDevicePrimaryCtxRetain:1:2', 'gave 2', 'too little free memory'],
    ['no memory for a stream', 'fail=cuStreamCreate:2:2', 'cuStreamCreate gave 2', 'too little free memory'],
    ['kernels that it does not take', 'fail=cuModuleLoadData:1:209', 'gave 209', 'it may be too old for this nvrtc'],
    ['PTX that is too new', 'capability=120;fail=cuModuleLoadData:1:222', 'gave 222', 'the driver is too old'],
    ['a GPU that is too old', 'capability=61', 'nvrtc 12.4 knows no sm_61, only 75, 80, 86, 89, 90', ''],
    ['the second of two', 'devices=2;fail=cuStreamCreate:3:2', 'cuStreamCreate gave 2', 'too little free memory'],
  ])('absent: %s', async (_, machine, ...words) => {
    for (const script of [program, NO_PROGRAM]) {
      become(machine);
      const error: unknown = await openCuda({}, script).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(BackendAbsentError);
      for (const word of words) expect((error as Error).message).toContain(word);
      // nothing is left of it: the double would end the process, or the next opening fail
      become('devices=2');
      await (await openCuda({}, script)).close();
    }
  });

  test.each([
    ['out of memory', 'fail=cuMemAlloc_v2:2:2', 'cuMemAlloc_v2 gave 2, CUDA_ERROR_OUT_OF_MEMORY'],
    ['a launch that fails', 'fail=cuLaunchKernel:1:719', 'cuLaunchKernel gave 719, CUDA_ERROR_LAUNCH_FAILED'],
    ['a device that is gone', 'fail=cuStreamSynchronize:5:700', 'cuStreamSynchronize gave 700'],
    ['a device that is gone, later', 'devices=2;fail=cuMemcpyDtoHAsync_v2:3:214', 'cuMemcpyDtoHAsync_v2 gave 214'],
  ])('lost: %s', async (_, machine, words) => {
    for (const script of [program, NO_PROGRAM]) {
      become(machine);
      const backend = await openCuda({}, script);
      const outputs = backend.records(2000);
      const index = new Int32Array(2000);
      const failing = (async () => {
        for (let round = 0; round < 5; round++) await backend.gridMatch(outputs, records, index);
      })();
      await expect(failing).rejects.toThrow(BackendLostError);
      await expect(failing).rejects.toThrow(words);
      // all calls from then on, whatever they ask for
      await expect(backend.gridMatch(outputs, records, index)).rejects.toThrow(BackendLostError);
      await expect(backend.scoreTable(randomRows({ seed: 1, candidates: 2, samples: 1 }))).rejects.toThrow(words);
      expect(backend.records(3)).toEqual(new Int32Array(3 * RECORD_WORDS));
      await backend.close();
    }
  });

  test('lost: its thread ends', async () => {
    become('devices=2');
    const dies = await programOf(
      WORKER,
      `import { parentPort as asked, workerData as own } from 'node:worker_threads';
      const post = asked.postMessage.bind(asked);
      asked.postMessage = (answer, ...rest) => answer.type === 'done' && own.ordinal === 1 ? process.exit(9) : post(answer, ...rest);`,
    );
    const backend = await openCuda({}, dies);
    await expect(backend.gridMatch(records, records, everyRow)).rejects.toThrow('its thread ended with exit code 9');
    await expect(backend.outputKey(records, 1)).rejects.toThrow(BackendLostError);
    await backend.close();
  });

  test('lost: its thread fails', async () => {
    const throws = await programOf(WORKER, "throw new Error('some words');");
    await expect(openCuda({}, throws)).rejects.toThrow(/backend cuda is absent: some words/);
  });

  test('closing ends calls under way', async () => {
    const backend = await openCuda({}, program);
    const call = backend.gridMatch(records, records, everyRow);
    const closed = backend.close();
    await expect(call).rejects.toThrow('it was closed');
    await closed;
    await expect(backend.outputKey(records, 1)).rejects.toThrow('it was closed');
  });

  test.each([
    ['after close', 'await call; await backend.close();', 3],
    ['without close', 'await call;', 3],
    ['in a call', '', 3],
    ['by process.exit in a call', 'process.exit();', 3],
    ['of an error that nobody catches, in a call', "throw new Error('nobody');", 1],
  ])('a process ends by itself, with its own exit code: %s', async (_, ending, code) => {
    const contents = `
      import { openCuda } from './kernels/cuda/backend.ts';
      const backend = await openCuda({}, new URL(process.argv[2]));
      const records = backend.records(2000);
      const call = backend.gridMatch(records, records, new Int32Array(2000));
      process.exitCode = 3;
      ${ending}`;
    const args = [fileURLToPath(await programOf(contents)), program.href];
    const { status, signal, stderr } = spawnSync(process.execPath, args, { timeout: 30_000, encoding: 'utf8' });
    expect([status, signal, stderr.includes('nobody')]).toEqual([code, null, code === 1]);
    expect(stderr).not.toContain('double of');
  });

  test('the libraries stay, whatever is collected: they may have threads', async () => {
    const contents = `
      import { readFileSync } from 'node:fs';
      import { setTimeout } from 'node:timers/promises';
      import { openCuda } from './kernels/cuda/backend.ts';
      await (await openCuda({}, new URL(process.argv[2]))).close();
      for (let k = 0; k < 5; k++) await setTimeout(20).then(gc);
      const maps = readFileSync('/proc/self/maps', 'utf8');
      console.log(['libcuda.so.1', 'libnvrtc.so.12'].map((name) => maps.includes(name)).join());`;
    const args = ['--expose-gc', fileURLToPath(await programOf(contents)), program.href];
    expect(String(spawnSync(process.execPath, args, { timeout: 30_000 }).stdout)).toBe('true,true\n');
  });
});

describe.skipIf(folder === undefined)('what is not installed', () => {
  const CONTENTS = `
    import { openCuda } from './kernels/cuda/backend.ts';
    await openCuda().catch((error) => console.log(error.name, error.message));`;
  const bare = mkdtempSync(join(tmpdir(), 'batt-cuda-'));
  afterAll(() => rmSync(bare, { recursive: true, force: true }));

  async function said(libraries: string, script?: string): Promise<string> {
    const file = script ?? fileURLToPath(await programOf(CONTENTS));
    // no nvrtc of Python's either
    const env = { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries };
    return String(spawnSync(process.execPath, [file], { env, timeout: 30_000 }).stdout);
  }

  test('no koffi', async () => {
    const outfile = join(bare, 'program.mjs');
    const options: BuildOptions = { bundle: true, format: 'esm', platform: 'node', external: ['koffi'] };
    await build({ ...options, stdin: { contents: CONTENTS, resolveDir: packageFolder(), loader: 'ts' }, outfile });
    expect(await said(folder!, outfile)).toMatch(
      /backend cuda is absent: the package koffi is not installed \(.*\); npm install koffi$/m,
    );
  });

  test.skipIf(readNvidiaDriver().version !== undefined)('no driver', async () => {
    const words = await said(join(bare, 'nowhere'));
    expect(words).toContain(
      `BackendAbsentError backend cuda is absent: no NVIDIA driver: libcuda.so.1: not found in ${bare}/nowhere`,
    );
    expect(words).toContain('/usr/local/nvidia/lib64');
  });

  test('no nvrtc', async () => {
    const only = join(bare, 'driver');
    mkdirSync(only);
    symlinkSync(join(folder!, 'libcuda.so.1'), join(only, 'libcuda.so.1'));
    expect(await said(only)).toMatch(
      /backend cuda is absent: no nvrtc: libnvrtc\.so\.12, libnvrtc\.so\.11\.2, .*: not found in /,
    );
  });

  test('libraries that are something else', async () => {
    const other = join(bare, 'other');
    mkdirSync(other);
    symlinkSync(join(folder!, 'libnvrtc.so.12'), join(other, 'libcuda.so.1'));
    expect(await said(other)).toContain(`${other}/libcuda.so.1 is too old or no driver: Cannot find function`);
    const swapped = join(bare, 'swapped');
    mkdirSync(swapped);
    symlinkSync(join(folder!, 'libcuda.so.1'), join(swapped, 'libcuda.so.1'));
    symlinkSync(join(folder!, 'libcuda.so.1'), join(swapped, 'libnvrtc.so.12'));
    expect(await said(swapped)).toMatch(/nvrtc: .*: expected that of CUDA 11\.2 or later: Cannot find function/);
  });
});
