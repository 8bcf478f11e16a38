// A pool that cannot grow, or replace a worker that died, goes on with the workers that it has.
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { readTasks } from '../../src/arc/read.ts';
import { type Block, PART, type WorkerMessage } from '../../src/engine/block.ts';
import { Pool, startedWorkers } from '../../src/engine/pool.ts';
import { readBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { type RunScoringOptions, scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';
import { useWorkerFile } from './workerFile.ts';

/** Threads that the system still gives. */
const system = vi.hoisted(() => ({ threads: Number.POSITIVE_INFINITY }));

// A double of the operating system, no more: it refuses a thread, and Node throws what it throws then.
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>();
  class LimitedWorker extends real.Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      if (system.threads-- <= 0) {
        const error = new Error('Worker initialization failure: EAGAIN');
        throw Object.assign(error, { code: 'ERR_WORKER_INIT_FAILED' });
      }
      super(...args);
    }
  }
  return { ...real, Worker: LimitedWorker };
});
afterEach(() => {
  system.threads = Number.POSITIVE_INFINITY;
});

const worker = useWorkerFile();

/** Runs one of two statements before the program of a worker: the first worker one, all others the other. */
function oneAndOthers(one: string, others: string): URL {
  return useWorkerFile(`{
    let isFirst = true;
    try {
      process.getBuiltinModule('node:fs').openSync(new URL('first', import.meta.url), 'wx');
    } catch {
      isFirst = false;
    }
    if (isFirst) { ${one} } else { ${others} }
  }`);
}

/** Runs a statement where the worker leaves word that it begins with its first part. */
function atFirstPart(statement: string): string {
  return `const store = Atomics.store;
    Atomics.store = (array, index, value) => {
      const stored = store(array, index, value);
      if (index === ${PART} && value >= 0) {
        Atomics.store = store;
        ${statement}
      }
      return stored;
    };`;
}
const slowly = atFirstPart('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);');
// doubles of a system that has no memory for another thread: it ends before its program begins
const endingOthers = oneAndOthers(slowly, 'process.exit(1);');
const endingLate = oneAndOthers(slowly, 'await new Promise((resolve) => setTimeout(resolve, 200)); process.exit(1);');
const dyingOnce = oneAndOthers(atFirstPart('process.exit(9);'), '');
// a fault of ours, which no battery can cause
const faultyOnce = oneAndOthers(atFirstPart("throw new Error('a fault');"), slowly);

const examples = join(packageFolder(), 'examples');
const set = buildGraph([readBattery(join(examples, 'battery.py'))]);
const tasks = readTasks(join(examples, 'tasks'));

/** All results of a run but the times. */
async function score(options: RunScoringOptions, on = tasks): Promise<string> {
  const results: string[] = [];
  for await (const { timing: _, scores, ...rest } of scoreTasks({ set, filterSeconds: 0 }, on, {
    worker,
    ...options,
  })) {
    results.push(JSON.stringify({ ...rest, scores: [...scores] }));
  }
  return results.join('\n');
}

/** A block for each task, of its first sample. */
const blocks = tasks.map(({ demo }): Block => {
  const { input, output } = demo[0]!;
  const samples = [{ input, third: null, expected: output }];
  return { samples, demo, firstMismatch: false, compareOn: 'cpu' };
});

test.each([
  ['at once', endingOthers],
  ['late', endingLate],
])('workers that end %s, before they are ready, leave the pool to those that live', async (_, file) => {
  const pool = new Pool(set.graph, { worker: file });
  try {
    pool.grow(5);
    const results = await Promise.all(blocks.map((block) => pool.run(block)));
    for (const { pieces } of results) expect(pieces).toHaveLength(1);
    while (pool.size > 1) await setTimeout(10);
    const before = startedWorkers();
    pool.grow(5);
    expect([pool.size, startedWorkers()]).toEqual([1, before]);
    await pool.run(blocks[0]!);
  } finally {
    await pool.close();
  }
});

test.each([1, 3])('where the system gives %i threads a run is done with these', async (threads) => {
  const alone = await score({ jobs: 1 });
  system.threads = threads;
  const before = startedWorkers();
  expect(await score({ jobs: 5, worthWorkers: 0 })).toBe(alone);
  expect(startedWorkers()).toBe(before + threads);
});

test('where it gives none this thread does all, but what needs a worker', async () => {
  const many = Array.from({ length: 50 }, () => tasks).flat(); // so much work that workers are asked for
  const alone = await score({ jobs: 1 }, many);
  system.threads = 0;
  expect(await score({ jobs: 5, worthWorkers: 1e-6 }, many)).toBe(alone);
  expect(system.threads).toBeLessThan(0);
  await expect(score({ jobs: 5, budget: 0 })).rejects.toThrow(
    'threads cannot be started: Worker initialization failure',
  );
});

test('a worker that died and cannot be replaced leaves its work to the others', async () => {
  system.threads = 2;
  const pool = new Pool(set.graph, { worker: dyingOnce });
  try {
    pool.grow(2);
    do {
      const results = await Promise.all(blocks.map((block) => pool.run(block)));
      for (const { pieces } of results) expect(pieces.length).toBeGreaterThan(0);
    } while (pool.size > 1);
  } finally {
    await pool.close();
  }
});

test('after a fault of ours the answers of other workers are not heard', async () => {
  const workers: Worker[] = [];
  const started = (one: Worker): void => void workers.push(one);
  process.on('worker', started);
  const pool = new Pool(set.graph, { worker: faultyOnce });
  // listeners that come after those of the pool, and are called if those have not thrown
  const heard = async (): Promise<string[]> => {
    const messages = await Promise.all(workers.map((one) => once(one, 'message')));
    return messages.map(([message]: WorkerMessage[]) => message!.type).sort();
  };
  try {
    pool.grow(2);
    await setImmediate(); // `process` tells of workers when this turn is over
    expect(workers).toHaveLength(2);
    expect(await heard()).toEqual(['ready', 'ready']);
    const answers = heard();
    const both = await Promise.allSettled([pool.run(blocks[0]!), pool.run(blocks[1]!)]);
    const fault = { status: 'rejected', reason: expect.objectContaining({ message: 'a fault' }) };
    expect(both).toEqual([fault, fault]);
    expect(await answers).toEqual(['done', 'fault']);
  } finally {
    process.off('worker', started);
    await pool.close();
  }
});
