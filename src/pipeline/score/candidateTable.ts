// What became of the candidates of one task, asked for with the candidates themselves.
import type { Verdict } from '../../engine/verdict.ts';
import type { Candidate } from '../../graph/graph.ts';
import type { ScoreTable } from '../../score/scoreTable.ts';

/**
 * The verdicts of a task. It is asked with a candidate of the graph that was scored, not with a number: several numbers count
 * programs, and with duplicates among them only one is the row of a table.
 */
export class CandidateTable {
  readonly #table: ScoreTable;
  readonly #candidates: readonly Candidate[];

  /** @param candidates those of the graph; row k of the table is what became of the k-th */
  constructor(table: ScoreTable, candidates: readonly Candidate[]) {
    this.#table = table;
    this.#candidates = candidates;
  }

  /** Demo and test samples. */
  get samples(): number {
    return this.#table.samples;
  }

  /** The expected grids as packed records, one a sample, an invalid one where it is not known. */
  get records(): Int32Array {
    return this.#table.records;
  }

  /**
   * What a candidate ended with on a sample.
   * @param sample from 0, demo samples first, then test samples
   * @throws RangeError for a candidate of another graph, and for a sample that the task does not have
   */
  verdict(candidate: Candidate, sample: number): Verdict {
    return this.#table.verdict(this.#rowOf(candidate), this.#checked(sample));
  }

  /** Whether a candidate made the expected grid of a sample; false where that is not known. */
  isMatch(candidate: Candidate, sample: number): boolean {
    return this.#table.isMatch(this.#rowOf(candidate), this.#checked(sample));
  }

  /** The share of right cells of a candidate over the demo samples alone, not rounded. */
  demoCells(candidate: Candidate): number {
    return this.#table.demoCells(this.#rowOf(candidate));
  }

  #rowOf(candidate: Candidate): number {
    const { place, solverId } = candidate;
    if (this.#candidates[place] === candidate) return place;
    throw new RangeError(`found the candidate ${solverId} of another graph, expected one of those scored`);
  }

  #checked(sample: number): number {
    if (Number.isInteger(sample) && sample >= 0 && sample < this.samples) return sample;
    throw new RangeError(`found sample ${sample}, expected one from 0 to ${this.samples - 1}`);
  }
}
