// Values that later candidates wait for are dropped past a limit, which changes no outcome and no charge.
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
import { Fn, type Value } from '../../src/value/value.ts';

const [task] = readTasks(join(packageFolder(), 'examples', 'tasks'));
const sample = { input: gridValue(task!.demo[0]!.input) };

const NUMBERS = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];

/** A value of some 3 million items, another one for each number. */
function large(number: string): string {
  const hundred = 'multiply(TEN, TEN)';
  return `repeat(${number}, multiply(multiply(multiply(${hundred}, ${hundred}), ${hundred}), THREE))`;
}

const { graph } = buildGraph([
  parseBattery(
    ['size', 'first']
      .flatMap((read) =>
        NUMBERS.map((number) => `def solve_${read}_${number}(I):\n    return ${read}(${large(number)})\n`),
      )
      .join('\n'),
    { file: 'large.py' },
  ),
]);

/** How often values of so many items were made, and what came of each candidate with the units it used. */
function run(alone: boolean): { made: number; found: string[] } {
  let made = 0;
  const found: string[] = [];
  const program = programOf(snapshotOf(graph), (dialect) => {
    const names = new Map(namesOf(dialect));
    const repeat = names.get('repeat') as Fn;
    const counted = new Fn(2, (x: Value, n: Value) => {
      made++;
      return repeat.call(x, n);
    });
    return names.set('repeat', counted);
  });
  const evaluator = new Evaluator(program);
  const sink: OutcomeSink = {
    grid: (k) => void found.push(`${k} grid ${evaluator.used}`),
    notGrid: (k, value) => void found.push(`${k} ${String(value)} ${evaluator.used}`),
    ended: (k, verdict) => void found.push(`${k} ${verdict} ${evaluator.used}`),
  };
  if (alone) for (let k = 0; k < graph.candidates.length; k++) evaluator.runOne(k, sample, sink);
  else evaluator.run(sample, sink);
  return { made, found };
}

test('what each candidate gives and uses is what it gives and uses alone', { timeout: 120_000 }, () => {
  const together = run(false);
  const alone = run(true);
  expect(together.found).toEqual(alone.found);
  expect(together.found[0]).toMatch(/^0 3000000 /);
  // some were dropped, and some were not
  expect(together.made).toBeGreaterThan(NUMBERS.length);
  expect(together.made).toBeLessThan(alone.made);
});
