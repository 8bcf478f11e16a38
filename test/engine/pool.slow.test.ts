// Worker threads give what one thread gives, and a candidate that hangs or ends its worker costs only itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { readTasks } from '../../src/arc/read.ts';
import type { Task } from '../../src/arc/task.ts';
import { READER } from '../../src/engine/block.ts';
import { startedWorkers } from '../../src/engine/pool.ts';
import { parseBattery, readBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph, type CandidateSet } from '../../src/pipeline/read/candidates.ts';
import type { TaskResult } from '../../src/pipeline/score/scoreTask.ts';
import { type RunScoringOptions, scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';
import { useWorkerFile } from './workerFile.ts';

const worker = useWorkerFile();
/** The place of the candidate at which the faulty workers below come to grief. */
const FAULTY = 2;
const exiting = useWorkerFile(faultAt(FAULTY, 'process.exit(9)'));
const hanging = useWorkerFile(faultAt(FAULTY, 'for (;;);'));

/** Runs `fault` where the real worker leaves word that it begins with a candidate. */
function faultAt(candidate: number, fault: string): string {
  return `{
    const store = Atomics.store;
    Atomics.store = (array, index, value) => {
      const stored = store(array, index, value);
      if (index === ${READER} && value === ${candidate}) { ${fault} }
      return stored;
    };
  }`;
}
const examples = join(packageFolder(), 'examples');
const verdicts = join(import.meta.dirname, '..', 'verdicts');
const bundled = buildGraph([readBattery(join(examples, 'battery.py'))]);
const tasks = readTasks(join(examples, 'tasks'));
const [task] = readTasks(join(verdicts, 'task.json'));

async function score(set: CandidateSet, on: readonly Task[], options: RunScoringOptions): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  for await (const result of scoreTasks({ set, filterSeconds: 0 }, on, { worker, ...options })) results.push(result);
  return results;
}

/** All of some results but the times. */
function text(results: readonly TaskResult[]): string {
  return results
    .map(({ timing: _, scores, ...rest }) => JSON.stringify({ ...rest, scores: [...scores] }, null, 1))
    .join('\n');
}

/** The programs of some files, each under its own id. */
function together(files: readonly string[]): CandidateSet {
  return buildGraph([
    parseBattery(
      files
        .map((file, k) => readFileSync(join(verdicts, file), 'utf8').replace('def solve(', `def solve_p${k}(`))
        .join('\n'),
      { file: 'together.py' },
    ),
  ]);
}

/** Verdicts of each candidate by its place. */
function verdictsOf([result]: readonly TaskResult[]): object[] {
  return result!.candidates.map(({ score: { verdicts: counts } }) => counts);
}

test.each([1, 2, 8])('%i jobs give what one thread gives, to the byte', async (jobs) => {
  const before = startedWorkers();
  const alone = await score(bundled, tasks, { jobs: 1 });
  expect(startedWorkers()).toBe(before);
  const pooled = await score(bundled, tasks, jobs === 1 ? { jobs, budget: 0 } : { jobs, worthWorkers: 0 });
  expect(startedWorkers()).toBe(before + Math.max(1, jobs - 1)); // this thread works, too
  expect(text(pooled)).toBe(text(alone));
});

test.each([2, 8])('differs and closures are the same with %i jobs', async (jobs) => {
  const file = join(import.meta.dirname, '..', 'fixtures', 'battery', 'closure12.py');
  const set = buildGraph([readBattery(file)]);
  const alone = await score(set, tasks, { jobs: 1, differs: true });
  expect(alone[0]!.differSizes).toHaveLength(tasks[0]!.demo.length);
  expect(alone[0]!.differSizes[0]).toHaveLength(set.graph.differs.length);
  const pooled = await score(set, tasks, { jobs, worthWorkers: 0, differs: true });
  expect(text(pooled)).toBe(text(alone));
});

test('every verdict is the same in a worker', async () => {
  const files = [
    'ok/mirror',
    'shape/over_thirty',
    'shape/million_fold',
    'mismatch/negative_colour',
    'not_grid/function',
  ];
  files.push('mismatch/colour_ten', 'not_grid/set', 'error_TypeError/plain', 'error_KeyError/plain', 'not_grid/none');
  const set = together([...files, 'budget/repeat', 'budget/huge_integers'].map((name) => `${name}.py`));
  const options = { budget: 1_000_000 };
  const alone = await score(set, [task!], { jobs: 1, ...options });
  expect(text(await score(set, [task!], { jobs: 2, worthWorkers: 0, ...options }))).toBe(text(alone));
});

test('a small run starts no worker', async () => {
  const before = startedWorkers();
  await score(bundled, tasks, {});
  await score(bundled, tasks, { jobs: 8 });
  expect(startedWorkers()).toBe(before);
});

const GOOD = [
  'ok/mirror.py',
  'mismatch/identity.py',
  'not_grid/number.py',
  'shape/upscaled.py',
  'error_KeyError/plain.py',
];
const goodVerdicts = GOOD.map((file) => ({ [file.split('/')[0]!.replace('error_', 'error:')]: 3 }));

/** The verdicts expected of the good programs with bad ones put in. */
function expected(places: readonly number[], verdict: string): object[] {
  const all: object[] = [...goodVerdicts];
  for (const place of places) all.splice(place, 0, { [verdict]: 3 });
  return all;
}

function withBad(places: readonly number[], file: string): CandidateSet {
  const all = [...GOOD];
  for (const place of places) all.splice(place, 0, file);
  return together(all);
}

test.each([0, 2, 5])('candidate %i ends its worker: the others keep their verdicts', async (place) => {
  const before = startedWorkers();
  const set = withBad([place], 'crash/many_values.py');
  const results = await score(set, [task!], { jobs: 1, budget: 0, memory: 96 });
  expect(verdictsOf(results)).toEqual(expected([place], 'crash'));
  // a worker that refuses a value lives on; one that dies is replaced, twice a sample at the most
  expect(startedWorkers() - before).toBeGreaterThanOrEqual(1);
  expect(startedWorkers() - before).toBeLessThanOrEqual(1 + 2 * 3);
});

test.each([0, 2, 5])('candidate %i never ends: the others keep their verdicts', async (place) => {
  const set = withBad([place], 'timeout/nested_power.py');
  const results = await score(set, [task!], { jobs: 1, budget: 0, timeout: 0.3 });
  expect(verdictsOf(results)).toEqual(expected([place], 'timeout'));
});

test.each([
  ['exits', 'crash', exiting],
  ['hangs without a look at the clock', 'timeout', hanging],
] as const)(
  'a worker that %s costs only the candidate it is at',
  async (_, verdict, file) => {
    const before = startedWorkers();
    const set = withBad([FAULTY], 'ok/unused_boolean.py');
    const results = await score(set, [task!], { worker: file, jobs: 1, budget: 0, timeout: 0.3 });
    expect(verdictsOf(results)).toEqual(expected([FAULTY], verdict));
    expect(startedWorkers() - before).toBeGreaterThan(1);
  },
  60_000,
);

/** Programs that are no duplicates of each other, each of which ends its worker. */
function crashing(count: number): string {
  const source = readFileSync(join(verdicts, 'crash', 'many_values.py'), 'utf8');
  const names = ['TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN'];
  return Array.from({ length: count }, (_, k) =>
    source
      .replace('def solve(', `def solve_bad${k}(`)
      .replace('x4 = lbind(interval, ZERO)', `x4 = lbind(interval, ${k % 2 ? 'ONE' : 'ZERO'})`)
      .replace('x5 = rbind(x4, ONE)', `x5 = rbind(x4, ${names[k >> 1]})`),
  ).join('\n');
}

test('many that end their workers are all found, and nobody else', async () => {
  const good = readFileSync(join(verdicts, 'ok', 'mirror.py'), 'utf8');
  const battery = `${good.replace('solve(', 'solve_a(')}\n${crashing(4)}\n${readFileSync(
    join(verdicts, 'mismatch', 'identity.py'),
    'utf8',
  ).replace('solve(', 'solve_z(')}`;
  const set = buildGraph([parseBattery(battery, { file: 'many.py' })]);
  const results = await score(set, [task!], { jobs: 2, worthWorkers: 0, budget: 0, memory: 64, timeout: 60 });
  expect(verdictsOf(results)).toEqual([{ ok: 3 }, ...Array(4).fill({ crash: 3 }), { mismatch: 3 }]);
}, 120_000);

test('workers end with the run, also when its results are not wanted to the end', async () => {
  for await (const _ of scoreTasks({ set: bundled, filterSeconds: 0 }, tasks, { worker, jobs: 2, worthWorkers: 0 }))
    break;
  const left = process.getActiveResourcesInfo().filter((name) => name === 'Worker');
  expect(left).toEqual([]);
});

test('a worker that cannot be started is an error where it is needed, and else none', async () => {
  const missing = new URL('missing.js', worker);
  await expect(score(bundled, tasks, { worker: missing, budget: 0 })).rejects.toThrow('cannot be started');
});
