// Runs stored program texts, as they would be read back from disk, on the samples of a task.
import type { Task } from '../../arc/task.ts';
import { namesOf } from '../../dsl/dialects.ts';
import { type EvaluationOptions, Evaluator } from '../../engine/evaluator.ts';
import { gridValue, pairsOf } from '../../engine/inputs.ts';
import { Graph } from '../../graph/graph.ts';
import type { Battery, Dialect } from '../../lang/battery.ts';
import { BatteryError } from '../../lang/errors.ts';
import { ScoreBatch } from '../../score/scoreBatch.ts';
import { type CandidateScore, ScoreTable } from '../../score/scoreTable.ts';
import type { Value } from '../../value/value.ts';
import { parseBattery } from '../read/battery.ts';
import { RunStop } from '../runStop.ts';
import { SingleSink } from '../single/singleSink.ts';
import { Turns } from '../turns.ts';

/** What a text gave on all samples: its figures and its own seconds, or why it cannot be run. */
export type Validation =
  | { readonly score: CandidateScore; readonly seconds: number; readonly fault?: undefined }
  | { readonly fault: string };

export interface ValidatorOptions extends EvaluationOptions {
  /** Left out: that of the text's own form. */
  readonly dialect?: Dialect | undefined;
  /** Whether a text that fails a sample is not run on those after it. */
  readonly firstMismatch?: boolean | undefined;
  /** Ends what is under way. Default: nothing does. */
  readonly stop?: RunStop | undefined;
}

/** Programs kept ready for the next task: the first ones, so that those of a larger battery do not drive each other out. */
const MOST_KEPT = 2048;

/** Outputs compared at once: those of one program. */
const BATCH = 64;

export class Validator {
  readonly #options: ValidatorOptions;
  readonly #stop: RunStop;
  readonly #turns = new Turns();
  readonly #batch = new ScoreBatch({ capacity: BATCH });
  readonly #kept = new Map<string, Evaluator>();
  #task: Task | undefined;
  #samples: readonly Value[] = [];
  #pairs: Value = null;

  constructor(options: ValidatorOptions) {
    this.#options = options;
    this.#stop = options.stop ?? new RunStop();
  }

  /**
   * Runs a text on every demo and test sample of a task; one after the other, this has to be waited for.
   * @throws RunOver where the run is to end before all are done
   */
  async run(task: Task, text: string): Promise<Validation> {
    this.#enter(task);
    const evaluator = this.#evaluator(text);
    if (typeof evaluator === 'string') return { fault: evaluator };
    evaluator.stopAt = this.#stop.deadline;
    const table = new ScoreTable(task, 1);
    let milliseconds = 0;
    let lost = false;
    for (const [sample, input] of this.#samples.entries()) {
      if (lost) {
        table.end(0, sample, 'not_run');
        continue;
      }
      if (this.#turns.areDue()) await this.#turns.give();
      this.#stop.throwIfOver();
      const start = performance.now();
      evaluator.run({ input, pairs: this.#pairs }, new SingleSink(this.#batch, table, sample));
      if (this.#options.firstMismatch) {
        this.#batch.flush();
        lost = table.verdict(0, sample) !== 'ok';
      }
      milliseconds += performance.now() - start;
    }
    this.#batch.flush();
    this.#stop.throwIfOver(); // the last one may have been stopped by the deadline
    return { score: table.score(0), seconds: milliseconds / 1000 };
  }

  #enter(task: Task): void {
    if (task === this.#task) return;
    this.#task = task;
    this.#samples = [...task.demo, ...task.test].map(({ input }) => gridValue(input));
    this.#pairs = pairsOf(task);
  }

  /** The program of a text, alone in a graph of its own; or what is wrong with the text. */
  #evaluator(text: string): Evaluator | string {
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    const { dialect } = this.#options;
    let battery: Battery;
    try {
      battery = parseBattery(text, { file: 'solve.py', dialect });
    } catch (error) {
      if (!(error instanceof BatteryError)) throw error;
      return `its text cannot be read: ${error.message}`;
    }
    const [invalid] = battery.invalid;
    if (invalid !== undefined) return `its text cannot be read: line ${invalid.line}: ${invalid.reason}`;
    const graph = new Graph(namesOf);
    graph.add(battery);
    if (graph.candidates.length !== 1) return `its text has ${graph.candidates.length} programs`;
    const evaluator = new Evaluator(graph, this.#options);
    if (this.#kept.size < MOST_KEPT) this.#kept.set(text, evaluator);
    return evaluator;
  }
}
