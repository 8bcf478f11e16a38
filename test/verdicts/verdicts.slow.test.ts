// The folders of programs that end in a worker, and the heap that those of `budget` need with all of theirs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTasks } from '../../src/arc/read.ts';
import { readBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';
import { useBatt } from '../cli/command.ts';
import { useWorkerFile } from '../engine/workerFile.ts';

const worker = useWorkerFile();
const batt = useBatt();
const folder = import.meta.dirname;
const [task] = readTasks(join(folder, 'task.json'));
const samples = task!.demo.length + task!.test.length;

/** Heap, in MiB, within which all programs that run into their budgets are scored; docs/budgets.md states it. */
const HEAP_CEILING = 2048;

describe.each(['crash', 'timeout'])('%s', (verdict) => {
  it.each(readdirSync(join(folder, verdict)))('%s', async (file) => {
    const set = buildGraph([readBattery(join(folder, verdict, file))]);
    const timeout = verdict === 'timeout' ? 1 : 100;
    const options = { worker, jobs: 1, budget: 0, memory: 512, timeout };
    for await (const result of scoreTasks({ set, filterSeconds: 0 }, [task!], options)) {
      expect(result.verdicts).toEqual({ [verdict]: samples });
    }
  });
});

it(`budgets keep the heap below ${HEAP_CEILING} MiB`, () => {
  const programs = ['-b', join(folder, 'budget'), '--data', join(folder, 'task.json')];
  const limit = { NODE_OPTIONS: `--max-old-space-size=${HEAP_CEILING}` };
  const { code, stdout, stderr } = batt.run(['run', ...programs, '--budget', '100000000', '--json', '--quiet'], limit);
  expect([code, stderr]).toEqual([0, '']);
  const summary = JSON.parse(stdout.trim().split('\n').at(-1)!) as { verdicts: Record<string, number> };
  expect(summary.verdicts).toEqual({ budget: readdirSync(join(folder, 'budget')).length * samples });
});
