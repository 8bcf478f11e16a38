// Each thing of a GPU that may be missing or fail, on test doubles of NVIDIA's libraries: told apart, and nothing left behind.
import { beforeEach, describe, expect, test } from 'vitest';
import { BackendAbsentError, BackendLostError } from '../../../kernels/backend.ts';
import { openCuda } from '../../../kernels/cuda/openCuda.ts';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { randomRows } from '../../../kernels/suite/randomRows.ts';
import { programOf } from '../tensorflow/program.ts';
import { become, everyRow, folder, noProgram, program, records, WORKER } from './machine.ts';

describe.skipIf(folder === undefined)('cuda', () => {
  beforeEach(() => become(''));

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
    [
      'kernels that it does not take',
      'driver=11080;fail=cuModuleLoadData:1:209',
      'it may be too old for this nvrtc',
      'nvrtc 12.4 for a driver of CUDA 11.8',
    ],
    ['PTX that is too new', 'capability=120;fail=cuModuleLoadData:1:222', 'gave 222', 'the driver is too old'],
    ['a GPU too old for any nvrtc', 'capability=10', 'nvrtc 12.4 knows no sm_10, only 75, 80, 86, 89, 90', ''],
    [
      'both of two',
      'devices=2;fail=cuModuleLoadData:1:209,cuModuleLoadData:2:209',
      'GPU 0: cuModuleLoadData gave 209',
      '',
    ],
  ])('absent: %s', async (_, machine, ...words) => {
    for (const script of [program, noProgram]) {
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
    [
      'the second of two',
      'devices=2;name=NVIDIA L4;fail=cuStreamCreate:3:2',
      'NVIDIA L4, CUDA 12.4, without NVIDIA L4 (GPU',
      2,
    ],
    [
      'two of three',
      'devices=3;name=NVIDIA L4;fail=cuModuleLoadData:1:209,cuModuleLoadData:2:209',
      'NVIDIA L4, CUDA 12.4, without',
      3,
    ],
    [
      'one too old for any nvrtc',
      'devices=2;name=GeForce GT 710,NVIDIA L4;capability=35,89',
      'NVIDIA L4, CUDA 12.4, without GeForce GT 710 (nvrtc 12.4 knows no sm_35, only 75, 80, 86, 89, 90)',
      2,
    ],
  ])('gone without, but where so many are asked for: %s', async (_, machine, device, gpus) => {
    for (const script of [program, noProgram]) {
      become(machine);
      const backend = await openCuda({}, script);
      expect(backend.device).toContain(device);
      const matches = gridMatchReference(records, records, everyRow);
      expect(await backend.gridMatch(records, records, everyRow)).toEqual(matches);
      const own = backend.records(50);
      own.set(records.subarray(0, own.length));
      const few = everyRow.subarray(0, 50);
      expect(await backend.gridMatch(own, records, few)).toEqual(gridMatchReference(own, records, few));
      expect(backend.held()).toEqual({ tensors: 0, buffers: 0 });
      await backend.close();
      become(machine);
      await expect(openCuda({ gpus }, script)).rejects.toThrow(BackendAbsentError);
      // nothing is left of either: the double would end the process, or the next opening fail
      become('devices=3');
      await (await openCuda({ gpus: 3 }, script)).close();
    }
  });

  test.each([
    ['out of memory', 'fail=cuMemAlloc_v2:2:2', 'cuMemAlloc_v2 gave 2, CUDA_ERROR_OUT_OF_MEMORY'],
    ['a launch that fails', 'fail=cuLaunchKernel:1:719', 'cuLaunchKernel gave 719, CUDA_ERROR_LAUNCH_FAILED'],
    ['a device that is gone', 'fail=cuStreamSynchronize:5:700', 'cuStreamSynchronize gave 700'],
    ['a device that is gone, later', 'devices=2;fail=cuMemcpyDtoHAsync_v2:3:214', 'cuMemcpyDtoHAsync_v2 gave 214'],
  ])('lost: %s', async (_, machine, words) => {
    for (const script of [program, noProgram]) {
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
    await expect(backend.gridMatch(records, records, everyRow)).rejects.toThrow(BackendLostError);
    await backend.close();
  });

  test('lost: its thread fails', async () => {
    const throws = await programOf(WORKER, "throw new Error('some words');");
    await expect(openCuda({}, throws)).rejects.toThrow(/backend cuda is absent: GPU 0: some words/);
  });

  test('closing ends calls under way', async () => {
    const backend = await openCuda({}, program);
    const call = backend.gridMatch(records, records, everyRow);
    const closed = backend.close();
    await expect(call).rejects.toThrow('it was closed');
    await closed;
    await expect(backend.gridMatch(records, records, everyRow)).rejects.toThrow('it was closed');
  });
});
