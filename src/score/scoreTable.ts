// The score table of one task: what became of every candidate on every sample, and each candidate's figures from that.
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS, SAME_SHAPE } from '../../kernels/gridMatch/op.ts';
import { fitsRecord, HEIGHT_WORD, packInvalid, packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import { scoreTableCpu } from '../../kernels/scoreTable/cpu.ts';
import { DEMO, type ScoreRows, SUM_WORDS, TEST, WEIGHT_WORDS } from '../../kernels/scoreTable/op.ts';
import type { ArcGrid } from '../arc/grid.ts';
import type { Sample } from '../arc/task.ts';
import type { Verdict } from '../engine/verdict.ts';

/** The figures of one candidate on one task. */
export interface CandidateScore {
  /** Samples whose expected grid the candidate made, demo and test. */
  readonly oScore: number;
  /** Demo samples matched, and demo samples. */
  readonly demo: readonly [matched: number, samples: number];
  /** Test samples matched, and test samples with an expected grid; null where none has one. */
  readonly test: readonly [matched: number, samples: number] | null;
  /**
   * Mean, over the samples with an expected grid, of equal cells in the common top-left box ÷ (larger height × larger
   * width); 0 for a sample without an output grid; 6 decimals.
   */
  readonly cells: number;
  /** Number of samples by verdict, those that occur; they sum up to the number of samples. Equal ones of a table are one object. */
  readonly verdicts: VerdictCounts;
}

/** Samples by verdict. */
type VerdictCounts = Readonly<Record<string, number>>;

/** Counts of all candidates whose codes are the same. */
interface CountsTree {
  readonly next: CountsTree[];
  counts?: VerdictCounts;
}

// Codes of verdicts: their place in a table's list of names. 0 is a pair that nothing was said about.
const FIRST_NAMES: readonly Verdict[] = ['not_run', 'ok', 'mismatch', 'shape'];
const UNDECIDED = 0;
const OK = 1;
const MISMATCH = 2;
const SHAPE = 3;

/** Cells of the largest box of two grids that fit records. */
const LARGEST_BOX = 900;

/**
 * A table of candidates × samples, samples numbered demo first, then test. Every pair gets one verdict, once: from
 * {@link end} where there is nothing to compare, from {@link match} after a comparison.
 */
export class ScoreTable {
  readonly candidates: number;
  /** Demo and test samples. */
  readonly samples: number;
  /** Expected grid of each sample, null where it is not known. */
  readonly expected: readonly (ArcGrid | null)[];
  /** The expected grids as packed records, one a sample, an invalid one where it is not known or fits none. */
  readonly records: Int32Array;
  /** Whether every expected grid that is known fits a record. */
  readonly isPacked: boolean;
  readonly #demoSamples: number;
  readonly #names: Verdict[] = [...FIRST_NAMES];
  readonly #codes: Uint8Array;
  readonly #equal: Uint16Array | Uint32Array;
  readonly #box: Int32Array;
  #undecided: number;
  /** The counts that occur, reached by the codes of a candidate sample by sample. */
  readonly #counts: CountsTree = { next: [] };
  /** The same by their JSON. */
  readonly #distinctCounts = new Map<string, VerdictCounts>();
  /** What the op scoreTable makes of the matches; undefined until asked for. */
  #sums: Int32Array | undefined;

  /**
   * @param task its demo and test samples
   * @param candidates how many candidates are scored on it
   */
  constructor(task: { readonly demo: readonly Sample[]; readonly test: readonly Sample[] }, candidates: number) {
    this.candidates = candidates;
    this.#demoSamples = task.demo.length;
    this.expected = [...task.demo, ...task.test].map((sample) => sample.output);
    this.samples = this.expected.length;
    this.records = new Int32Array(this.samples * RECORD_WORDS);
    this.expected.forEach((grid, k) => {
      if (grid === null || !fitsRecord(grid.height, grid.width, grid.cells)) packInvalid(this.records, k);
      else packRecord(this.records, k, grid.height, grid.width, grid.cells);
    });
    this.isPacked = this.expected.every((grid, k) => grid === null || this.hasRecord(k));
    const pairs = candidates * this.samples;
    this.#codes = new Uint8Array(pairs);
    this.#equal = this.isPacked ? new Uint16Array(pairs) : new Uint32Array(pairs);
    this.#box = new Int32Array(pairs);
    this.#undecided = pairs;
  }

  /** Whether the expected grid of a sample is known and fits a record. */
  hasRecord(sample: number): boolean {
    return this.records[sample * RECORD_WORDS + HEIGHT_WORD] !== 0;
  }

  /** Pairs that nothing was said about so far; they read as `not_run`. */
  get undecided(): number {
    return this.#undecided;
  }

  /** Says what a candidate ended with where no comparison is to come; `ok` is for a grid without an expected one. */
  end(candidate: number, sample: number, verdict: Verdict): void {
    let code = this.#names.indexOf(verdict, 1);
    if (code < 0) code = this.#names.push(verdict) - 1;
    this.#decide(candidate, sample, code);
  }

  /** Says what all pairs ended with that nothing was said about. */
  endRest(verdict: Verdict): void {
    for (let pair = 0; pair < this.#codes.length && this.#undecided > 0; pair++) {
      if (this.#codes[pair] === UNDECIDED) this.end(Math.floor(pair / this.samples), pair % this.samples, verdict);
    }
  }

  /**
   * Says how the output of a candidate compares with the expected grid of a sample, as `gridMatch` counts.
   * @param equal equal cells in the common top-left box
   * @param box larger height × larger width
   */
  match(candidate: number, sample: number, exact: boolean, sameShape: boolean, equal: number, box: number): void {
    const pair = this.#decide(candidate, sample, exact ? OK : sameShape ? MISMATCH : SHAPE);
    this.#equal[pair] = equal;
    this.#box[pair] = box;
  }

  #decide(candidate: number, sample: number, code: number): number {
    const pair = candidate * this.samples + sample;
    if (this.#codes[pair] !== UNDECIDED) {
      const verdict = this.#names[this.#codes[pair] ?? UNDECIDED];
      throw new Error(`candidate ${candidate}, sample ${sample}: a second verdict, after ${verdict}`);
    }
    this.#codes[pair] = code;
    this.#undecided--;
    this.#sums = undefined;
    return pair;
  }

  /** The verdict of a pair; `not_run` where nothing was said. */
  verdict(candidate: number, sample: number): Verdict {
    return this.#names[this.#codes[candidate * this.samples + sample]!]!;
  }

  /** Whether a candidate made the expected grid of a sample; false where that is not known. */
  isMatch(candidate: number, sample: number): boolean {
    return this.#codes[candidate * this.samples + sample] === OK && this.expected[sample] !== null;
  }

  /**
   * The matches so far, as the op scoreTable takes them; where not every expected grid fits a record, only the plain TypeScript of
   * the op has room for their numbers of cells.
   * @param top candidates to rank
   */
  rows(top: number): ScoreRows {
    const compared = this.#codes.reduce((n, code, pair) => n + Number(this.#isCompared(code, pair)), 0);
    const match = new Int32Array(compared * MATCH_WORDS);
    const candidate = new Int32Array(compared);
    const sample = new Int32Array(compared);
    let row = 0;
    for (let pair = 0; pair < this.#codes.length; pair++) {
      const code = this.#codes[pair]!;
      if (!this.#isCompared(code, pair)) continue;
      candidate[row] = Math.floor(pair / this.samples);
      sample[row] = pair % this.samples;
      const at = row++ * MATCH_WORDS;
      match[at + EXACT] = Number(code === OK);
      match[at + SAME_SHAPE] = Number(code !== SHAPE);
      match[at + EQUAL_CELLS] = this.#equal[pair]!;
      match[at + BOX_CELLS] = this.isPacked ? Math.min(this.#box[pair]!, LARGEST_BOX) : this.#box[pair]!;
    }
    const weights = new Int32Array(this.samples * WEIGHT_WORDS);
    this.expected.forEach((grid, k) => {
      weights[k * WEIGHT_WORDS + (k < this.#demoSamples ? DEMO : TEST)] = Number(grid !== null);
    });
    return { match, candidate, sample, weights, candidates: this.candidates, top };
  }

  #isCompared(code: number, pair: number): boolean {
    return code === MISMATCH || code === SHAPE || (code === OK && this.#box[pair]! > 0);
  }

  /** Takes the sums that a backend made of {@link rows}; without them they are worked out here. */
  takeSums(sums: Int32Array): void {
    this.#sums = sums;
  }

  /** The `cells` of a candidate over the demo samples alone, not rounded. */
  demoCells(candidate: number): number {
    let shares = 0;
    for (let sample = 0; sample < this.#demoSamples; sample++) {
      const pair = candidate * this.samples + sample;
      if (this.#box[pair]! > 0) shares += this.#equal[pair]! / this.#box[pair]!;
    }
    return shares / this.#demoSamples;
  }

  /** The figures of a candidate. */
  score(candidate: number): CandidateScore {
    this.#sums ??= scoreTableCpu(this.rows(0)).sums;
    const scored = [0, 0];
    let shares = 0;
    for (let sample = 0; sample < this.samples; sample++) {
      if (this.expected[sample] === null) continue;
      scored[sample < this.#demoSamples ? DEMO : TEST]!++;
      const pair = candidate * this.samples + sample;
      if (this.#box[pair]! > 0) shares += this.#equal[pair]! / this.#box[pair]!;
    }
    const demo = this.#sums[candidate * SUM_WORDS + DEMO]!;
    const test = this.#sums[candidate * SUM_WORDS + TEST]!;
    const known = scored[DEMO]! + scored[TEST]!;
    return {
      oScore: demo + test,
      demo: [demo, scored[DEMO]!],
      test: scored[TEST] === 0 ? null : [test, scored[TEST]!],
      cells: known === 0 ? 0 : Math.round((shares / known) * 1e6) / 1e6,
      verdicts: this.#countsOf(candidate),
    };
  }

  #countsOf(candidate: number): VerdictCounts {
    const codes = this.#codes.subarray(candidate * this.samples, (candidate + 1) * this.samples);
    let at = this.#counts;
    for (let sample = 0; sample < codes.length; sample++) {
      const code = codes[sample]!;
      at = at.next[code] ??= { next: [] };
    }
    at.counts ??= this.#share(codes);
    return at.counts;
  }

  #share(codes: Uint8Array): VerdictCounts {
    const counts: Record<string, number> = {};
    for (const code of codes) counts[this.#names[code]!] = (counts[this.#names[code]!] ?? 0) + 1;
    const text = JSON.stringify(counts);
    const shared = this.#distinctCounts.get(text) ?? counts;
    this.#distinctCounts.set(text, shared);
    return shared;
  }
}
