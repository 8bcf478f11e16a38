// The programs of the cases return what they returned in the Python original, sample by sample.
import { describe, expect, test } from 'vitest';
import { decode } from '../../scripts/conformance/decode.ts';
import { namesOf } from '../../src/dsl/dialects.ts';
import { Evaluator, type OutcomeSink } from '../../src/engine/evaluator.ts';
import { gridValue, pairsOf } from '../../src/engine/inputs.ts';
import { Graph } from '../../src/graph/graph.ts';
import { readBattery } from '../../src/pipeline/read/battery.ts';
import { loadTasks } from '../../src/pipeline/read/loadTasks.ts';
import { equal } from '../../src/value/equal.ts';
import { Fn, type Value } from '../../src/value/value.ts';
import { shared } from '../lang/shared.ts';
import { batteryOf, expectedNames, readExpected, taskFile } from './cases.ts';

const names = namesOf('sic');
const library = {
  lookUp: (name: string): Value => names.get(name)!,
  call: (): Value => {
    throw new Error('no calls in outputs');
  },
};

/** Whether a value is what the case says; parts that change from process to process are any value. */
function isOutput(value: Value | undefined, json: unknown): boolean {
  if (value === undefined) return false;
  const text = JSON.stringify(json);
  if (text.includes('"closure"')) return value instanceof Fn && value.name === null;
  if (text.includes('"unstable"')) return true;
  const wanted = decode(json, 'generic', library);
  return Object.is(value, wanted) || equal(value, wanted);
}

describe.skipIf(shared === undefined)('the shared cases', () => {
  test.each(expectedNames)('%s', (name) => {
    const expected = readExpected(name);
    const graph = new Graph(namesOf);
    const battery = readBattery(batteryOf(expected));
    graph.add(battery);
    const own = graph.candidates.flatMap(({ solverId, also }, k) => [solverId, ...also].map((id) => `${id} ${k}`));
    const task = loadTasks([taskFile(expected)]).tasks[0]!;
    const evaluator = new Evaluator(graph);
    const wrong: string[] = [];
    [...task.demo, ...task.test].forEach(({ input }, sample) => {
      const values: (Value | undefined)[] = [];
      const sink: OutcomeSink = {
        grid: (k, _, value) => {
          values[k] = value;
        },
        notGrid: (k, value) => {
          values[k] = value;
        },
        ended: () => {},
      };
      evaluator.run({ input: gridValue(input), pairs: pairsOf(task) }, sink);
      // some candidate of the id returned each output, and none of them anything else
      for (const [k, { solver_id, outputs }] of expected.programs.entries()) {
        const mine = own
          .filter((one) => one.startsWith(`${solver_id} `))
          .map((one) => values[Number(one.split(' ')[1])]);
        if (!mine.some((value) => isOutput(value, outputs[sample]))) wrong.push(`program ${k}, sample ${sample}`);
      }
    });
    expect(wrong).toEqual([]);
  });
});
