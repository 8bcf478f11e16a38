// A call that never ends by itself and charges nothing is ended from outside, in the thread that asked for it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { readTasks } from '../../src/arc/read.ts';
import { namesOf } from '../../src/dsl/dialects.ts';
import { Evaluator, type OutcomeSink } from '../../src/engine/evaluator.ts';
import { gridValue } from '../../src/engine/inputs.ts';
import { programOf, snapshotOf } from '../../src/engine/snapshot.ts';
import { parseBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { Fn } from '../../src/value/value.ts';

const [task] = readTasks(join(packageFolder(), 'examples', 'tasks'));
const sample = { input: gridValue(task!.demo[0]!.input) };

const { graph } = buildGraph([
  parseBattery(
    ['vmirror(I)', 'hmirror(I)', 'rot90(vmirror(I))', 'dmirror(I)']
      .map((call, k) => `def solve_p${k}(I):\n    return ${call}\n`)
      .join('\n'),
    { file: 'hung.py' },
  ),
]);

/** The programs with a `vmirror` that never returns. */
const program = programOf(snapshotOf(graph), (dialect) =>
  new Map(namesOf(dialect)).set('vmirror', new Fn(1, hang, 'vmirror')),
);

function hang(): never {
  for (;;);
}

class Outcomes implements OutcomeSink {
  readonly all: string[] = [];

  grid(k: number): void {
    this.all.push(`${k} grid`);
  }

  notGrid(k: number): void {
    this.all.push(`${k} not_grid`);
  }

  ended(k: number, verdict: string): void {
    this.all.push(`${k} ${verdict}`);
  }
}

test('with a time limit it is a timeout, and the others have their outcomes', { timeout: 60_000 }, () => {
  const outcomes = new Outcomes();
  new Evaluator(program, { timeout: 0.1 }).run(sample, outcomes);
  expect(outcomes.all).toEqual(['0 timeout', '1 grid', '2 timeout', '3 grid']);
});

test('a candidate that is run alone is ended, too', { timeout: 60_000 }, () => {
  const outcomes = new Outcomes();
  const evaluator = new Evaluator(program, { timeout: 0.1 });
  for (const k of [0, 1]) evaluator.runOne(k, sample, outcomes);
  expect(outcomes.all).toEqual(['0 timeout', '1 grid']);
});

test('at the deadline it is ended, and nothing more is run', { timeout: 60_000 }, () => {
  const outcomes = new Outcomes();
  const evaluator = new Evaluator(program);
  evaluator.stopAt = performance.now() + 100;
  for (const _ of evaluator.slices(10, sample, outcomes));
  expect(outcomes.all).toEqual(['0 not_run', '1 not_run', '2 not_run', '3 not_run']);
});
