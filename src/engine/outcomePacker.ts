// What became of some candidates on one sample, as plain numbers that threads can pass on.
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS, SAME_SHAPE } from '../../kernels/gridMatch/op.ts';
import { fitsRecord } from '../../kernels/record.ts';
import type { ArcGrid } from '../arc/grid.ts';
import { isInt, Tuple, type Value } from '../value/value.ts';
import { digestOf, digestOfGrid } from './digest.ts';
import type { OutcomeSink } from './evaluator.ts';
import type { GridRows } from './gridRows.ts';
import { matchGrids } from './match.ts';
import type { OutputGrid, Verdict } from './verdict.ts';

// Codes of outcomes; from FIRST_NAME on, the place of a verdict's name.
const ROW = 1;
const COMPARED = 2;
const NOT_GRID = 3;
const FIRST_NAME = 4;

/** The outcomes of the candidates first .. first + codes.length - 1, and differ sizes. */
export interface PackedOutcomes {
  readonly first: number;
  readonly codes: Uint8Array;
  /** Height and width of each grid; the battery's line, and 0, of what ended otherwise. */
  readonly sizes: Int32Array;
  /** `digestOf` each result. */
  readonly digests: Float64Array;
  /** The grids that fit a packed record, one after the other; empty where they are compared already. */
  readonly records: Int32Array;
  /** What `gridMatch` says of them; empty where they are not compared. */
  readonly match: Int32Array;
  /** The same four words of all other grids, which are compared already; zeros where nothing is expected. */
  readonly compared: Int32Array;
  readonly names: readonly Verdict[];
  /** Sizes of differ values from a differ's place on: see `differSize`. */
  readonly firstDiffer: number;
  readonly differs: Float64Array;
}

/** Takes outcomes, be they fresh or from another thread. `digest` is that of the result. */
export interface DigestedSink {
  grid(candidate: number, output: OutputGrid, digest: number): void;
  /** The same for a grid from another thread that fits a packed record: record `at` of `records`. */
  record(candidate: number, records: Int32Array, at: number, digest: number): void;
  /** The same for a grid that is compared already; without an expected grid the numbers say nothing. */
  matched(candidate: number, match: RowMatch, digest: number): void;
  notGrid(candidate: number, digest: number): void;
  ended(candidate: number, verdict: Verdict, line: number): void;
}

/** How an output compares with the expected grid, as `gridMatch` says it. */
export interface RowMatch {
  readonly exact: boolean;
  readonly sameShape: boolean;
  /** Equal cells in the common top-left box. */
  readonly equal: number;
  /** Larger height × larger width. */
  readonly box: number;
}

/** What becomes of outcomes where they arise. */
type FreshSink = Omit<DigestedSink, 'record' | 'matched'>;

/** What becomes of outcomes from another thread. */
type PackedSink = Omit<DigestedSink, 'grid'>;

/**
 * A sink for the evaluator that adds the digests.
 * @param all whether results that are no grids get theirs, too; where a candidate ends at its first mismatch they equal
 *   nothing before them, and NaN says so
 */
export function digesting(sink: FreshSink, all = true): OutcomeSink {
  return {
    grid: (candidate, output, value) => sink.grid(candidate, output, digestOfGrid(output, value)),
    notGrid: (candidate, value) => sink.notGrid(candidate, all ? digestOf(value) : Number.NaN),
    ended: (candidate, verdict, line) => sink.ended(candidate, verdict, line),
  };
}

/**
 * The size of a differ value: its first element when that is an int and no bool, else NaN. Source:
 * docs/spec/battery.md 5.3.
 */
export function differSize(value: Value): number {
  if (!(value instanceof Tuple) || value.length === 0) return Number.NaN;
  const first = value.at(0);
  return isInt(first) && typeof first !== 'boolean' ? Number(first) : Number.NaN;
}

/** Packs the outcomes of some candidates and differs on one sample. */
export class OutcomePacker implements FreshSink {
  readonly #first: number;
  readonly #codes: Uint8Array;
  readonly #sizes: Int32Array;
  readonly #digests: Float64Array;
  readonly #rows: GridRows;
  readonly #expected: ArcGrid | null;
  /** Whether grids that fit records go there: what is compared with a grid that does not fit is compared here. */
  readonly #packs: boolean;
  readonly #compared: number[] = [];
  readonly #names: Verdict[] = [];
  readonly #firstDiffer: number;
  readonly #differs: Float64Array;

  /**
   * @param rows where grids go that fit records
   * @param expected what the others are compared with
   */
  constructor(
    rows: GridRows,
    expected: ArcGrid | null,
    first: number,
    candidates: number,
    firstDiffer: number,
    differs: number,
  ) {
    this.#rows = rows;
    this.#expected = expected;
    this.#packs = expected === null || fitsRecord(expected.height, expected.width, expected.cells);
    this.#first = first;
    this.#codes = new Uint8Array(candidates);
    this.#sizes = new Int32Array(2 * candidates);
    this.#digests = new Float64Array(candidates);
    this.#firstDiffer = firstDiffer;
    this.#differs = new Float64Array(differs).fill(Number.NaN);
  }

  grid(candidate: number, output: OutputGrid, digest: number): void {
    const { height, width, cells } = output;
    const k = candidate - this.#first;
    this.#sizes[2 * k] = height;
    this.#sizes[2 * k + 1] = width;
    this.#digests[k] = digest;
    if (this.#packs && fitsRecord(height, width, cells)) {
      this.#codes[k] = ROW;
      this.#rows.add(height, width, cells);
      return;
    }
    this.#codes[k] = COMPARED;
    const at = this.#compared.length;
    for (let word = 0; word < MATCH_WORDS; word++) this.#compared.push(0);
    if (this.#expected === null) return;
    const { exact, sameShape, equal, box } = matchGrids(output, this.#expected);
    this.#compared[at + EXACT] = Number(exact);
    this.#compared[at + SAME_SHAPE] = Number(sameShape);
    this.#compared[at + EQUAL_CELLS] = equal;
    this.#compared[at + BOX_CELLS] = box;
  }

  notGrid(candidate: number, digest: number): void {
    this.#codes[candidate - this.#first] = NOT_GRID;
    this.#digests[candidate - this.#first] = digest;
  }

  ended(candidate: number, verdict: Verdict, line: number): void {
    const k = candidate - this.#first;
    let name = this.#names.indexOf(verdict);
    if (name < 0) name = this.#names.push(verdict) - 1;
    this.#codes[k] = FIRST_NAME + name;
    this.#sizes[2 * k] = line;
  }

  differ(differ: number, value: Value): void {
    this.#differs[differ - this.#firstDiffer] = differSize(value);
  }

  packed(): PackedOutcomes {
    return {
      first: this.#first,
      codes: this.#codes,
      sizes: this.#sizes,
      digests: this.#digests,
      ...this.#rows.packed(),
      compared: Int32Array.from(this.#compared),
      names: this.#names,
      firstDiffer: this.#firstDiffer,
      differs: this.#differs,
    };
  }
}

/** Hands packed outcomes to a sink, in the order of the candidates. */
export function unpack(
  { first, codes, sizes, digests, records, match, compared, names }: PackedOutcomes,
  sink: PackedSink,
): void {
  let row = 0;
  let other = 0;
  for (let k = 0; k < codes.length; k++) {
    const code = codes[k]!;
    if (code === ROW && match.length > 0) sink.matched(first + k, rowMatch(match, row++), digests[k]!);
    else if (code === ROW) sink.record(first + k, records, row++, digests[k]!);
    else if (code === NOT_GRID) sink.notGrid(first + k, digests[k]!);
    else if (code >= FIRST_NAME) sink.ended(first + k, names[code - FIRST_NAME]!, sizes[2 * k]!);
    else sink.matched(first + k, rowMatch(compared, other++), digests[k]!);
  }
}

function rowMatch(match: Int32Array, row: number): RowMatch {
  const at = row * MATCH_WORDS;
  return {
    exact: match[at + EXACT] === 1,
    sameShape: match[at + SAME_SHAPE] === 1,
    equal: match[at + EQUAL_CELLS]!,
    box: match[at + BOX_CELLS]!,
  };
}
