// A sample that is run in parts, by several workers or in slices of time, gives what one run of all gives.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { readTasks } from '../../src/arc/read.ts';
import { type DifferRun, Evaluator, type OutcomeSink } from '../../src/engine/evaluator.ts';
import { gridValue, pairsOf } from '../../src/engine/inputs.ts';
import { readBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { repr } from '../../src/report/repr.ts';
import type { Value } from '../../src/value/value.ts';
import { kept, modules } from '../lang/shared.ts';

const [task] = readTasks(join(packageFolder(), 'examples', 'tasks'));
const { input, output } = task!.demo[0]!;
const sample = { input: gridValue(input), pairs: pairsOf(task!) };

/** Takes down what is found, reader by reader. */
class Found implements OutcomeSink {
  readonly lines: string[] = [];
  readonly differs: DifferRun = {
    expected: gridValue(output!),
    value: (differ, value) => void this.lines.push(`differ ${differ}: ${repr(value)}`),
  };

  grid(k: number, _: object, value: Value): void {
    this.lines.push(`${k}: ${repr(value)}`);
  }

  notGrid(k: number): void {
    this.lines.push(`${k}: no grid`);
  }

  ended(k: number, verdict: string, line: number): void {
    this.lines.push(`${k}: ${verdict} ${line}`);
  }
}

test.each(modules(kept))('%s', (name) => {
  const { graph } = buildGraph([readBattery(join(kept, name))]);
  const evaluator = new Evaluator(graph);
  const readers = graph.candidates.length + graph.differs.length;
  const whole = new Found();
  evaluator.run(sample, whole, whole.differs);
  expect(whole.lines.length).toBeGreaterThanOrEqual(graph.candidates.length);

  for (let cut = 0; cut <= readers; cut++) {
    const parts = new Found();
    evaluator.run(sample, parts, parts.differs, 0, cut);
    evaluator.run(sample, parts, parts.differs, cut);
    expect(parts.lines).toEqual(whole.lines);
  }

  const sliced = new Found();
  let slices = 0;
  for (const _ of evaluator.slices(0, sample, sliced, sliced.differs)) slices++;
  expect([slices, sliced.lines]).toEqual([readers, whole.lines]);

  const bare = new Found();
  evaluator.run(sample, bare);
  expect(bare.lines).toEqual(whole.lines.slice(0, graph.candidates.length));
  for (let cut = 0; cut <= graph.candidates.length; cut++) {
    const parts = new Found();
    evaluator.run(sample, parts, undefined, 0, cut);
    evaluator.run(sample, parts, undefined, cut);
    expect(parts.lines).toEqual(bare.lines);
  }
});
