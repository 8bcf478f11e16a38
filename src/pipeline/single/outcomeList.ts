// What became of candidates on one grid, as plain objects.
import type { ArcGrid } from '../../arc/grid.ts';
import { type EvaluationOptions, Evaluator, type OutcomeSink } from '../../engine/evaluator.ts';
import { gridValue } from '../../engine/inputs.ts';
import type { OutputGrid, Verdict } from '../../engine/verdict.ts';
import type { Value } from '../../value/value.ts';
import type { CandidateSet } from '../read/candidates.ts';

/**
 * What a candidate did with a grid: it made a grid (height × width cells row by row, of any size and any ints), it returned
 * something else, or it was stopped by a Python exception or a limit in the statement on `line` of its battery.
 */
export type Outcome =
  | { readonly kind: 'grid'; readonly grid: OutputGrid; readonly value: Value }
  | { readonly kind: 'not_grid'; readonly value: Value }
  | { readonly kind: 'stopped'; readonly verdict: Verdict; readonly line: number };

/**
 * Evaluates all candidates on one input grid.
 * @param input height × width cells row by row, 1..256 each way, colours 0..9; not checked
 * @returns one outcome a candidate, in the order of `set.graph.candidates`
 */
export function evaluate(set: CandidateSet, input: ArcGrid, options: EvaluationOptions = {}): Outcome[] {
  const sink = new OutcomeList();
  new Evaluator(set.graph, options).run({ input: gridValue(input) }, sink);
  return sink.list;
}

/** Keeps the outcomes of candidates by their place in the graph. */
export class OutcomeList implements OutcomeSink {
  readonly list: Outcome[] = [];

  grid(candidate: number, grid: OutputGrid, value: Value): void {
    this.list[candidate] = { kind: 'grid', grid, value };
  }

  notGrid(candidate: number, value: Value): void {
    this.list[candidate] = { kind: 'not_grid', value };
  }

  ended(candidate: number, verdict: Verdict, line: number): void {
    this.list[candidate] = { kind: 'stopped', verdict, line };
  }
}
