// One folder a verdict: every program in it must end in that verdict, on every sample of task.json (on the first one where
// it first uses up its budget, which takes a second). Those of `timeout` and `crash` run in a worker, without a budget.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTasks } from '../../src/arc/read.ts';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import type { Names } from '../../src/dsl/table.ts';
import { Evaluator } from '../../src/engine/evaluator.ts';
import { Graph } from '../../src/graph/graph.ts';
import { readBattery } from '../../src/lang/parse.ts';
import { readBattery as readProgram } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { scoreTask } from '../../src/pipeline/score/scoreTask.ts';
import { scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';
import { ScoreBatch } from '../../src/score/scoreBatch.ts';
import { ScoreTable } from '../../src/score/scoreTable.ts';
import { Grid } from '../../src/value/value.ts';
import { Batt } from '../cli/command.ts';
import { useWorkerFile } from '../engine/workerFile.ts';

const worker = useWorkerFile();
const folder = import.meta.dirname;
const [task] = readTasks(join(folder, 'task.json'));
const samples = [...task!.demo, ...task!.test];

/** Heap, in MiB, within which all programs that run into their budgets are scored; docs/budgets.md states it. */
const HEAP_CEILING = 1024;

/** The verdicts of a file's one program on the samples. */
function verdictsOf(file: string, names: Names, count: number, budget?: number): string[] {
  const graph = new Graph(() => names);
  graph.add(readBattery(file, { known: (name) => names.has(name) }));
  expect(graph.candidates).toHaveLength(1);
  const evaluator = new Evaluator(graph, budget === undefined ? {} : { budget });
  const table = new ScoreTable(task!, 1);
  const batch = new ScoreBatch();
  samples.slice(0, count).forEach(({ input }, sample) => {
    evaluator.run(
      { input: new Grid(input.height, input.width, Array.from(input.cells)) },
      {
        grid: (candidate, output) => batch.add(table, candidate, sample, output),
        notGrid: (candidate) => table.end(candidate, sample, 'not_grid'),
        ended: (candidate, verdict) => table.end(candidate, sample, verdict),
      },
    );
  });
  batch.flush();
  return samples.slice(0, count).map((_, sample) => table.verdict(0, sample));
}

const verdicts = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const IN_WORKERS = ['crash', 'timeout'];

describe.each(IN_WORKERS)('%s', (verdict) => {
  it.each(readdirSync(join(folder, verdict)))('%s', async (file) => {
    const set = buildGraph([readProgram(join(folder, verdict, file))]);
    const timeout = verdict === 'timeout' ? 1 : 100;
    const options = { worker, jobs: 1, budget: 0, memory: 512, timeout };
    for await (const result of scoreTasks({ set, filterSeconds: 0 }, [task!], options)) {
      expect(result.verdicts).toEqual({ [verdict]: samples.length });
    }
  });
});

it('a time-out holds in one thread too', () => {
  const set = buildGraph([readProgram(join(folder, 'timeout', 'nested_power.py'))]);
  expect(scoreTask(set, task!, { budget: 0, timeout: 0.5 }).verdicts).toEqual({ timeout: samples.length });
});

describe.each(verdicts.filter((name) => !IN_WORKERS.includes(name)))('%s', (verdict) => {
  const name = verdict.replace('_', verdict.startsWith('error') ? ':' : '_');
  const expected = samples.slice(0, verdict === 'budget' ? 1 : undefined).map(() => name);
  for (const file of readdirSync(join(folder, verdict))) {
    const [comment] = readFileSync(join(folder, verdict, file), 'utf8').split('\n');
    it(`${file}: ${comment!.slice(2)}`, () => {
      expect(verdictsOf(join(folder, verdict, file), dslNames(), expected.length)).toEqual(expected);
    });
    it(`${file}, the plain way`, () => {
      expect(verdictsOf(join(folder, verdict, file), plainNames(), expected.length, 30_000_000)).toEqual(expected);
    });
  }
});

describe('budgets', () => {
  it(`keep the heap below ${HEAP_CEILING} MiB`, () => {
    const batt = new Batt();
    try {
      batt.build();
      const programs = ['-b', join(folder, 'budget')];
      const data = ['--data', join(folder, 'task.json')];
      const limit = { NODE_OPTIONS: `--max-old-space-size=${HEAP_CEILING}` };
      const { code, stdout, stderr } = batt.run(['run', ...programs, ...data, '--json', '--quiet'], limit);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const count = readdirSync(join(folder, 'budget')).length;
      const summary = JSON.parse(stdout.trim().split('\n').at(-1)!) as { verdicts: Record<string, number> };
      expect(summary.verdicts).toEqual({ budget: count * samples.length });
    } finally {
      batt.remove();
    }
  }, 120_000);

  it('is the same whatever ran before', () => {
    const names = dslNames();
    const files = readdirSync(join(folder, 'ok')).map((file) => join(folder, 'ok', file));
    const graph = new Graph(() => names);
    for (const file of files) graph.add(readBattery(file, { known: (name) => names.has(name) }));
    const grid = (): Grid => new Grid(2, 2, [1, 0, 0, 2]);
    const alone = graph.candidates.map((_, k) => {
      const evaluator = new Evaluator(graph);
      evaluator.runOne(k, { input: grid() }, { grid: () => {}, notGrid: () => {}, ended: () => {} });
      return evaluator.used;
    });
    const together: number[] = [];
    const evaluator = new Evaluator(graph);
    evaluator.run({ input: grid() }, { grid: () => together.push(evaluator.used), notGrid: () => {}, ended: () => {} });
    expect(together).toEqual(alone);
    expect(Math.min(...alone)).toBeGreaterThan(0);
  });

  it('stops at the unit', () => {
    const names = dslNames();
    const graph = new Graph(() => names);
    graph.add(readBattery(join(folder, 'ok', 'mirror.py'), { known: (name) => names.has(name) }));
    const input = new Grid(2, 2, [1, 0, 0, 2]);
    const evaluator = new Evaluator(graph);
    evaluator.run({ input }, { grid: () => {}, notGrid: () => {}, ended: () => {} });
    const outcomeOf = (budget: number): string => {
      let outcome = '';
      new Evaluator(graph, { budget }).run(
        { input },
        {
          grid: () => (outcome = 'grid'),
          notGrid: () => {},
          ended: (_, verdict, line) => (outcome = `${verdict} in line ${line}`),
        },
      );
      return outcome;
    };
    expect(outcomeOf(evaluator.used)).toBe('grid');
    expect(outcomeOf(evaluator.used - 1)).toBe('budget in line 3');
  });
});
