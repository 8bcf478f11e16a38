// Collects output grids of many candidates, samples and tasks into one batch of packed records and scores them at once.
import { gridMatchCpu } from '../../kernels/gridMatch/cpu.ts';
import { BOX_CELLS, EQUAL_CELLS, EXACT, type GridMatch, MATCH_WORDS, SAME_SHAPE } from '../../kernels/gridMatch/op.ts';
import { fitsRecord, packRecord, RECORD_WORDS } from '../../kernels/layout.ts';
import type { ArcGrid } from '../arc/grid.ts';
import type { ScoreTable } from './table.ts';

/**
 * A grid that a candidate made: height × width cells (at least 1 × 1), row by row, any size and any numbers. Of a grid with
 * a side over 30 the top-left box of 30 × 30 is enough, `stride` cells a row.
 */
export interface ScoredGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: ArrayLike<number>;
  /** Cells of a row in `cells`; default `width`. */
  readonly stride?: number;
}

/** How a batch is scored. */
export interface ScoreBatchOptions {
  /** Outputs compared at once, 512 bytes each; default 4096. */
  readonly capacity?: number;
  /** The backend of the comparison; default the plain TypeScript one. */
  readonly match?: GridMatch;
}

/**
 * A batch of outputs on their way into score tables. It is launched when full and by {@link flush}; until then the verdicts
 * of its outputs are not in their tables.
 */
export class ScoreBatch {
  readonly #match: GridMatch;
  readonly #capacity: number;
  // One row an output; the buffers are used again by the next batch.
  readonly #outputs: Int32Array;
  readonly #index: Int32Array;
  readonly #result: Int32Array;
  readonly #candidates: Int32Array;
  readonly #samples: Int32Array;
  readonly #tables: ScoreTable[] = [];
  #rows = 0;
  // The expected grids of the tables in this batch: those of a table lie together, from its first record on.
  #expected: Int32Array;
  #expectedGrids = 0;
  readonly #firstRecords = new Map<ScoreTable, number>();

  constructor({ capacity = 4096, match = gridMatchCpu }: ScoreBatchOptions = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`found a capacity of ${capacity}, expected an integer from 1`);
    }
    this.#match = match;
    this.#capacity = capacity;
    this.#outputs = new Int32Array(capacity * RECORD_WORDS);
    this.#index = new Int32Array(capacity);
    this.#result = new Int32Array(capacity * MATCH_WORDS);
    this.#candidates = new Int32Array(capacity);
    this.#samples = new Int32Array(capacity);
    this.#expected = new Int32Array(64 * RECORD_WORDS);
  }

  /** Scores the grid that a candidate made of a sample of `table`; its cells are read now and may change afterwards. */
  add(table: ScoreTable, candidate: number, sample: number, output: ScoredGrid): void {
    const { height, width, cells } = output;
    const expected = table.expected[sample]!;
    if (expected === null) {
      table.end(candidate, sample, 'ok');
    } else if (!fitsRecord(height, width, cells)) {
      matchDirectly(table, candidate, sample, output, expected);
    } else {
      const row = this.#rows++;
      packRecord(this.#outputs, row, height, width, cells);
      this.#index[row] = this.#firstRecord(table) + sample;
      this.#tables[row] = table;
      this.#candidates[row] = candidate;
      this.#samples[row] = sample;
      if (this.#rows === this.#capacity) this.flush();
    }
  }

  /** Compares what is in the batch, writes it into the tables and empties the batch. */
  flush(): void {
    const rows = this.#rows;
    if (rows === 0) return;
    const result = this.#match(
      this.#outputs.subarray(0, rows * RECORD_WORDS),
      this.#expected.subarray(0, this.#expectedGrids * RECORD_WORDS),
      this.#index.subarray(0, rows),
      this.#result.subarray(0, rows * MATCH_WORDS),
    );
    for (let row = 0; row < rows; row++) {
      const at = row * MATCH_WORDS;
      this.#tables[row]!.match(
        this.#candidates[row]!,
        this.#samples[row]!,
        result[at + EXACT] === 1,
        result[at + SAME_SHAPE] === 1,
        result[at + EQUAL_CELLS]!,
        result[at + BOX_CELLS]!,
      );
    }
    this.#rows = 0;
    this.#tables.length = 0;
    this.#expectedGrids = 0;
    this.#firstRecords.clear();
  }

  #firstRecord(table: ScoreTable): number {
    const known = this.#firstRecords.get(table);
    if (known !== undefined) return known;
    const first = this.#expectedGrids;
    this.#expectedGrids += table.samples;
    if (this.#expected.length < this.#expectedGrids * RECORD_WORDS) {
      const larger = new Int32Array(2 * this.#expectedGrids * RECORD_WORDS);
      larger.set(this.#expected);
      this.#expected = larger;
    }
    this.#expected.set(table.records, first * RECORD_WORDS);
    this.#firstRecords.set(table, first);
    return first;
  }
}

// An output that does not fit a record can't be the expected grid, which fits; its shape and cells still count.
function matchDirectly(
  table: ScoreTable,
  candidate: number,
  sample: number,
  output: ScoredGrid,
  expected: ArcGrid,
): void {
  const rows = Math.min(output.height, expected.height);
  const columns = Math.min(output.width, expected.width);
  const stride = output.stride ?? output.width;
  let equal = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (output.cells[r * stride + c] === expected.cells[r * expected.width + c]) equal++;
    }
  }
  const sameShape = output.height === expected.height && output.width === expected.width;
  const box = Math.max(output.height, expected.height) * Math.max(output.width, expected.width);
  table.match(candidate, sample, false, sameShape, equal, box);
}
