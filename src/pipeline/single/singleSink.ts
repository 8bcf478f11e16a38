// Outcomes of programs that are run one by one, each with a table of its own.
import type { OutcomeSink } from '../../engine/evaluator.ts';
import type { OutputGrid, Verdict } from '../../engine/verdict.ts';
import type { ScoreBatch } from '../../score/scoreBatch.ts';
import type { ScoreTable } from '../../score/scoreTable.ts';

/** Enters what a program did with a sample into its table, as candidate 0. */
export class SingleSink implements OutcomeSink {
  readonly #batch: ScoreBatch;
  readonly #table: ScoreTable;
  readonly #sample: number;

  constructor(batch: ScoreBatch, table: ScoreTable, sample: number) {
    this.#batch = batch;
    this.#table = table;
    this.#sample = sample;
  }

  grid(_: number, output: OutputGrid): void {
    this.#batch.add(this.#table, 0, this.#sample, output);
  }

  notGrid(): void {
    this.#table.end(0, this.#sample, 'not_grid');
  }

  ended(_: number, verdict: Verdict): void {
    this.#table.end(0, this.#sample, verdict);
  }
}
