// A run whose backend is lost in the middle: it ends on wasm with the same results, and says so.
import { describe, expect, test } from 'vitest';
import { type Backend, BackendLostError } from '../../kernels/backend.ts';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { fellBack, SteadyBackend } from '../../src/backend/steadyBackend.ts';
import { prepareRun } from '../../src/pipeline/read/prepareRun.ts';
import { RunStop } from '../../src/pipeline/runStop.ts';
import type { TaskResult } from '../../src/pipeline/score/scoreTask.ts';
import { scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';
import { useWorkerFile } from '../engine/workerFile.ts';

const run = prepareRun({ batteries: [], data: [], selection: {} });

/** Stands for a device: computes right, answers late, and is lost at the call with this number. */
function device(lostAt: number): Backend & { calls: number } {
  const cpu = openCpu();
  const backend = { ...cpu, name: 'webgpu', device: 'a device', batchRows: 50, calls: 0 } as Backend & {
    calls: number;
  };
  const late = async <T>(compute: () => T): Promise<T> => {
    const call = ++backend.calls;
    await new Promise((resolve) => setTimeout(resolve, call % 3));
    if (call >= lostAt) throw new BackendLostError('webgpu', 'the device was pulled out');
    return compute();
  };
  backend.gridMatch = (outputs, expected, index) => {
    // what a device has not answered must not be written over
    const words = [outputs.slice(), expected.slice(), index.slice()] as const;
    return late(() => {
      expect([outputs, expected, index]).toEqual(words);
      return cpu.gridMatch(outputs, expected, index);
    });
  };
  backend.scoreTable = (rows) => late(() => cpu.scoreTable(rows));
  return backend;
}

async function results(backend: Backend, more: object = {}): Promise<unknown[]> {
  const found: TaskResult[] = [];
  for await (const result of scoreTasks(run, run.data.tasks, { jobs: 1, ...more, backend })) found.push(result);
  return found.map(({ timing: _, table: __, ...result }) => result);
}

describe('a backend that answers later', () => {
  const worker = useWorkerFile();
  test.each([{}, { jobs: 3, worthWorkers: 0 }, { firstMismatch: true }])('gives the same with %o', async (more) => {
    const whole = device(Number.POSITIVE_INFINITY);
    expect(await results(whole, { ...more, worker })).toEqual(await results(openCpu(), { ...more, worker }));
    expect(whole.calls).toBeGreaterThan(14);
  });

  test.each([1, 2, 5, 20])('is lost at call %i: the rest is done by wasm', async (lostAt) => {
    const steady = new SteadyBackend(device(lostAt));
    expect(fellBack(steady)).toBeUndefined();
    expect(await results(steady)).toEqual(await results(openCpu()));
    expect(steady.name).toBe('wasm');
    const reason = 'backend webgpu was lost: the device was pulled out';
    expect(fellBack(steady)).toEqual({ from: 'webgpu', to: 'wasm', reason });
    await steady.close();
  });

  test('must not be lost where it is required', async () => {
    await expect(results(device(5))).rejects.toThrow('backend webgpu was lost: the device was pulled out');
  });

  test('the deadline comes while it has not answered: every pair has one verdict', async () => {
    for (let deadline = 5; deadline < 300; deadline += 17) {
      const stop = new RunStop(performance.now() + deadline);
      const late = device(Number.POSITIVE_INFINITY);
      const found = scoreTasks(run, run.data.tasks, { jobs: 3, worthWorkers: 0, worker, backend: late, stop });
      for await (const { verdicts, demos, tests, counts, cut } of found) {
        const pairs = Object.values(verdicts).reduce((sum, n) => sum + n, 0);
        expect(pairs).toBe(counts.scored * (demos + tests));
        expect(cut).toBe(verdicts.not_run === undefined ? undefined : 'deadline');
      }
    }
  });

  test('a fault that is no loss ends the run', async () => {
    const broken = device(Number.POSITIVE_INFINITY);
    broken.gridMatch = async () => {
      throw new Error('a fault of ours');
    };
    await expect(results(new SteadyBackend(broken))).rejects.toThrow('a fault of ours');
  });
});
