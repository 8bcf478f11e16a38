// What the conformance suite does not ask of every backend: parts, memory that threads share, loss, choice of the adapter.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { BackendAbsentError, BackendLostError } from '../../../kernels/backend.ts';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { scoreTableReference } from '../../../kernels/scoreTable/reference.ts';
import { gridArbitrary, packAll } from '../../../kernels/suite/grids.ts';
import { randomRows } from '../../../kernels/suite/randomRows.ts';
import { openWebGpu } from '../../../kernels/webgpu/openWebGpu.ts';
import type { WebGpuBackend } from '../../../kernels/webgpu/webGpuBackend.ts';

/** Parts of 32 records or 1,024 rows. */
const SMALL = 32 * 512;

const adapter = await openWebGpu().then(
  async (backend) => {
    await backend.close();
    return backend.device;
  },
  (error: unknown) => {
    if (!(error instanceof BackendAbsentError)) throw error;
    // CI looks for these words
    console.warn(`left out: parts, loss and adapters of webgpu: ${error.message}`);
    return undefined;
  },
);

function records(count: number, seed = count): Int32Array {
  return packAll(fc.sample(fc.option(gridArbitrary(9)), { numRuns: count, seed }));
}

describe.skipIf(adapter === undefined)('in parts', async () => {
  if (adapter === undefined) return;
  const backend = await openWebGpu({}, SMALL);
  afterAll(async () => {
    expect(backend.held()).toEqual({ tensors: 0, buffers: 0 });
    await backend.close();
  });

  test.each([1, 31, 32, 33, 63, 64, 65, 1000])('gridMatch: %i rows', async (rows) => {
    const outputs = records(rows);
    for (const grids of [1, 32, 33, 300]) {
      const expected = records(grids);
      const index = Int32Array.from({ length: rows }, (_, k) => (k * 7) % grids);
      const result = new Int32Array(4 * rows);
      expect(await backend.gridMatch(outputs, expected, index, result)).toBe(result);
      expect(result).toEqual(gridMatchReference(outputs, expected, index));
    }
  });

  test.each([1023, 1024, 1025, 2049])('scoreTable: %i candidates', async (candidates) => {
    for (const samples of [1, 3]) {
      const rows = randomRows({ seed: candidates, candidates, samples, kinds: 5 });
      for (const top of [10, candidates]) {
        expect(await backend.scoreTable({ ...rows, top })).toEqual(scoreTableReference({ ...rows, top }));
      }
    }
  });

  test('calls that overlap, of many sizes', async () => {
    await Promise.all(
      Array.from({ length: 40 }, async (_, k) => {
        const outputs = records(3 * k + 1);
        const index = Int32Array.from({ length: 3 * k + 1 }, (_, row) => row);
        expect(await backend.gridMatch(outputs, outputs, index)).toEqual(gridMatchReference(outputs, outputs, index));
      }),
    );
  });
});

test.skipIf(adapter === undefined)('outputs in memory that threads share', async () => {
  const backend = await openWebGpu();
  const outputs = records(3);
  const shared = new Int32Array(new SharedArrayBuffer(outputs.byteLength + 4), 4);
  shared.set(outputs);
  const index = Int32Array.of(2, 1, 0);
  expect(await backend.gridMatch(shared, outputs, index)).toEqual(gridMatchReference(outputs, outputs, index));
  await backend.close();
});

test.skipIf(adapter === undefined)('ranks a hundred thousand candidates', async () => {
  const backend = await openWebGpu();
  const rows = { ...randomRows({ seed: 1, candidates: 100_000, samples: 1, kinds: 90 }), top: 5000 };
  const { sums, ranking } = await backend.scoreTable(rows);
  const reference = scoreTableReference(rows);
  expect(Buffer.compare(Buffer.from(sums.buffer), Buffer.from(reference.sums.buffer))).toBe(0);
  expect(Buffer.compare(Buffer.from(ranking.buffer), Buffer.from(reference.ranking.buffer))).toBe(0);
  await backend.close();
});

describe.skipIf(adapter === undefined)('a device that is lost', () => {
  const outputs = records(100);
  const index = Int32Array.from({ length: 100 }, (_, k) => k);

  async function isLost(backend: WebGpuBackend, reason: string): Promise<void> {
    const calls = [
      () => backend.gridMatch(outputs, outputs, index),
      () => backend.scoreTable(randomRows({ seed: 1, candidates: 5, samples: 2 })),
    ];
    for (const call of calls) {
      const error = await call().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(BackendLostError);
      expect((error as Error).message).toContain(reason);
    }
    expect(backend.held()).toEqual({ tensors: 0, buffers: 0 });
    await backend.close();
  }

  test('in the middle of calls', async () => {
    const backend = await openWebGpu({}, SMALL);
    await backend.gridMatch(outputs, outputs, index);
    const running = [
      backend.gridMatch(outputs, outputs, index),
      backend.scoreTable(randomRows({ seed: 1, candidates: 5, samples: 2 })),
    ];
    await Promise.resolve();
    backend.gpu.destroy();
    for (const call of running) await expect(call).rejects.toThrow('backend webgpu was lost: device was destroyed');
    await isLost(backend, 'device was destroyed');
  });

  test('between calls', async () => {
    const backend = await openWebGpu();
    backend.gpu.destroy();
    await isLost(backend, 'device was destroyed');
  });

  test('for want of memory', async () => {
    if (!adapter?.includes('SwiftShader')) {
      console.warn('left out: out of memory: only SwiftShader is known to have no room for 1 GiB');
      return;
    }
    const GIB = 2 ** 30;
    const backend = await openWebGpu({}, GIB);
    const rows = GIB / 4 / RECORD_WORDS;
    const call = backend.gridMatch(new Int32Array(GIB / 4), outputs, new Int32Array(rows));
    await expect(call).rejects.toThrow('VK_ERROR_OUT_OF_DEVICE_MEMORY');
    await isLost(backend, 'VK_ERROR_OUT_OF_DEVICE_MEMORY');
  });
});

describe.skipIf(adapter === undefined)('the adapter', () => {
  const name = adapter?.replace(/ \(.*/, '') ?? '';

  test('is chosen by a part of its name, whatever the case', async () => {
    for (const part of [name.toUpperCase(), name.slice(1, 5).toLowerCase()]) {
      const backend = await openWebGpu({ device: part });
      expect(backend.device).toBe(adapter);
      await backend.close();
    }
  });

  test('that is not there is refused with the names of those that are', async () => {
    await expect(openWebGpu({ device: 'Voodoo 3' })).rejects.toThrow(BackendAbsentError);
    await expect(openWebGpu({ device: 'Voodoo 3' })).rejects.toThrow(
      new RegExp(`^backend webgpu is absent: no adapter is called Voodoo 3, expected one of: .*${name}`),
    );
  });
});

test.skipIf(adapter === undefined)(
  "leaves tfjs's registry, and the global scope but for classes, as they were",
  async () => {
    const tf = await import('@tensorflow/tfjs-core');
    const backend = await openWebGpu();
    expect(tf.engine().backendNames()).toEqual([]);
    expect(Reflect.get(Reflect.get(globalThis, 'navigator') ?? {}, 'gpu')).toBe(undefined);
    await backend.close();
  },
);
