// The backend over several processes: equal to the references, and orderly when one dies.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { BackendAbsentError, BackendLostError } from '../../../kernels/backend.ts';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { scoreTableReference } from '../../../kernels/scoreTable/reference.ts';
import { gridArbitrary, packAll } from '../../../kernels/suite/grids.ts';
import { randomRows } from '../../../kernels/suite/randomRows.ts';
import { openSpread } from '../../../kernels/tensorflow/openSpread.ts';
import { openTensorFlow } from '../../../kernels/tensorflow/openTensorFlow.ts';
import { CHILD, programOf, withoutGpu } from './program.ts';

const program = await programOf(CHILD);
const opened = await openSpread(program, withoutGpu(3)).catch((error: unknown) => {
  if (!(error instanceof BackendAbsentError)) throw error;
  console.warn(`left out: the backend tensorflow over several processes: ${error.message}`);
  return undefined;
});
const records = packAll(fc.sample(gridArbitrary(9), { numRuns: 200, seed: 1 }));

describe.runIf(opened !== undefined)('three processes', () => {
  const backend = opened!;
  afterAll(() => backend.close());

  test.each([1, 2, 3, 200, 20_000])('gridMatch: %i rows', async (rows) => {
    const outputs = Int32Array.from({ length: rows * 128 }, (_, at) => records[at % records.length]!);
    const index = Int32Array.from({ length: rows }, (_, k) => (k * k) % 200);
    expect(await backend.gridMatch(outputs, records, index)).toEqual(gridMatchReference(outputs, records, index));
    expect(backend.held()).toEqual({ tensors: 0, buffers: 0 });
  });

  test('all ops, calls that overlap', async () => {
    const rows = randomRows({ seed: 5, candidates: 300, samples: 4 });
    const index = Int32Array.from({ length: 200 }, (_, k) => 199 - k);
    const [match, table] = await Promise.all([backend.gridMatch(records, records, index), backend.scoreTable(rows)]);
    expect(match).toEqual(gridMatchReference(records, records, index));
    expect(table).toEqual(scoreTableReference(rows));
  });
});

describe.runIf(opened !== undefined)('a process that dies', () => {
  const index = new Int32Array(200);

  test('is named, and all calls reject', async () => {
    // the first message is a call: one process of two dies in it
    const dies = "process.once('message', () => process.env.DIES && process.kill(process.pid, 'SIGKILL'));";
    const [lives, ends] = withoutGpu(2) as [NodeJS.ProcessEnv, NodeJS.ProcessEnv];
    const backend = await openSpread(await programOf(CHILD, dies), [lives, { ...ends, DIES: '1' }]);
    const calls = [backend.gridMatch(records, records, index), backend.gridMatch(records, records, index)];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(BackendLostError) });
    }
    await expect(backend.gridMatch(records, records, index)).rejects.toThrow('SIGKILL');
    await expect(backend.scoreTable(randomRows({ seed: 1, candidates: 2, samples: 1 }))).rejects.toThrow('SIGKILL');
    await backend.close();
  });

  test('that closing ends', async () => {
    const backend = await openSpread(program, withoutGpu(1));
    const call = backend.gridMatch(records, records, index);
    const closed = backend.close();
    await expect(call).rejects.toThrow('it was closed');
    await closed;
    await expect(backend.gridMatch(records, records, index)).rejects.toThrow('it was closed');
  });

  test('with this one, when nobody closed it', async () => {
    const contents = `
      import { openSpread } from './kernels/tensorflow/openSpread.ts';
      const backend = await openSpread(new URL(process.argv[2]), [{ ...process.env, CUDA_VISIBLE_DEVICES: '' }]);
      const records = new Int32Array(128);
      console.log(JSON.stringify([...(await backend.gridMatch(records, records, Int32Array.of(0)))]));`;
    const file = fileURLToPath(await programOf(contents));
    // ends within the time, and so does the process that holds stderr open
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, program.href], { timeout: 30_000 });
    expect({ status, stdout: String(stdout), stderr: String(stderr) }).toEqual({
      status: 0,
      stdout: '[0,0,0,0]\n',
      stderr: '',
    });
  });
});

test('a process that does not start is an absent backend, with what it said last', async () => {
  const failing = await programOf(CHILD, "console.error('some words'); process.exit(7);");
  const opening = openSpread(failing, withoutGpu(2));
  await expect(opening).rejects.toThrow(BackendAbsentError);
  await expect(opening).rejects.toThrow('its process ended with exit code 7: some words');
});

test('more GPUs than there are', async () => {
  await expect(openTensorFlow({ gpus: 4711 })).rejects.toThrow(/expected 4711 GPUs, found \d+/);
  await expect(openTensorFlow({ gpus: 0 })).rejects.toThrow('gpus: found 0, expected an integer from 1');
});
