// The samples of a task as programs see them: made once, used for every program that is run on the task.
import type { Sample, Task } from '../arc/task.ts';
import type { SampleInput } from './evaluator.ts';
import { gridValue, pairsOf } from './inputs.ts';

/** A sample of a task and the parameters that a program is called with on it. */
export interface SampleOfTask {
  /** `demo:0`, `demo:1`, …, `test:0`, … */
  readonly name: string;
  readonly sample: Sample;
  readonly input: SampleInput;
}

/** The samples of a task, demo samples first; their values are fresh, so nothing is shared with an earlier evaluation. */
export function taskInputs(task: Pick<Task, 'demo' | 'test'>): SampleOfTask[] {
  const pairs = pairsOf(task);
  const of = (set: string, samples: readonly Sample[]): SampleOfTask[] =>
    samples.map((sample, k) => ({
      name: `${set}:${k}`,
      sample,
      input: { input: gridValue(sample.input), pairs },
    }));
  return [...of('demo', task.demo), ...of('test', task.test)];
}
