// Runs the differs of batteries on the demo samples of a task.
import type { Task } from '../arc/task.ts';
import { type EvaluationOptions, Evaluator, type OutcomeSink } from '../engine/evaluate.ts';
import { Tuple, type Value } from '../value/value.ts';
import type { CandidateSet } from './candidates.ts';
import { gridOf, pairsOf } from './inputs.ts';

/** What differs found on one sample, one entry an item of `graph.differs`; undefined for a value that does not count. */
export type DifferSizes = readonly (number | undefined)[];

/** The sizes on each demo sample with a known output. */
export function differSizes({ graph }: CandidateSet, task: Task, options: EvaluationOptions): DifferSizes[] {
  if (graph.differs.length === 0) return [];
  const evaluator = new Evaluator(graph, options);
  const pairs = pairsOf(task);
  const all: DifferSizes[] = [];
  for (const { input, output } of task.demo) {
    if (output === null) continue;
    const sizes: (number | undefined)[] = new Array(graph.differs.length).fill(undefined);
    evaluator.run({ input: gridOf(input), pairs }, NOBODY, {
      expected: gridOf(output),
      value: (differ, value) => {
        sizes[differ] = sizeOf(value);
      },
    });
    all.push(sizes);
  }
  return all;
}

/** A differ value counts if it is a tuple that begins with an int, no bool (FORMAT 5.3); its size is that int. */
function sizeOf(value: Value): number | undefined {
  if (!(value instanceof Tuple) || value.length === 0) return undefined;
  const [first] = value.items();
  if (typeof first === 'bigint') return first > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  return typeof first === 'number' && Number.isInteger(first) ? first : undefined;
}

/** The candidates have been scored before. */
const NOBODY: OutcomeSink = { grid: () => {}, notGrid: () => {}, ended: () => {} };
