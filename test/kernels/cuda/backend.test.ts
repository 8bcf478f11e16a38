// The backend in threads, one a GPU, on test doubles of NVIDIA's libraries: results, however they are shared out.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Backend } from '../../../kernels/backend.ts';
import { openCuda } from '../../../kernels/cuda/openCuda.ts';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { scoreTableReference } from '../../../kernels/scoreTable/reference.ts';
import { randomRows } from '../../../kernels/suite/randomRows.ts';
import { become, everyRow, folder, noProgram, program, records } from './machine.ts';

function repeated(rows: number): Int32Array {
  return Int32Array.from({ length: rows * RECORD_WORDS }, (_, at) => records[at % records.length]!);
}

async function holds(backend: Backend, outputs: Int32Array, expected: Int32Array, index: Int32Array) {
  const found = await backend.gridMatch(outputs, expected, index);
  const wanted = gridMatchReference(outputs, expected, index);
  expect(Buffer.compare(Buffer.from(found.buffer), Buffer.from(wanted.buffer))).toBe(0);
  expect(backend.held()).toEqual({ tensors: 0, buffers: 0 });
}

describe.skipIf(folder === undefined)('cuda', () => {
  beforeEach(() => become(''));

  describe.each([
    ['four threads', 'devices=4', program],
    ['one thread', '', program],
    ['this thread, two GPUs', 'devices=2', noProgram],
    ['so little memory that all is done in parts', 'memory=2500000', program],
  ])('%s', (_, machine, script) => {
    test('all ops, calls that overlap', async () => {
      become(machine);
      const backend = await openCuda({}, script);
      const rows = randomRows({ seed: 5, candidates: 3000, samples: 4 });
      const [match, table] = await Promise.all([
        backend.gridMatch(records, records, everyRow),
        backend.scoreTable({ ...rows, top: 40 }),
      ]);
      expect(match).toEqual(gridMatchReference(records, records, everyRow));
      expect(table).toEqual(scoreTableReference({ ...rows, top: 40 }));
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
});
