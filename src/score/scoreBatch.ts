// Collects output grids of many candidates, samples and tasks into batches of packed records and scores each at once.
import type { Backend } from '../../kernels/backend.ts';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS, SAME_SHAPE } from '../../kernels/gridMatch/op.ts';
import { isOnHost } from '../../kernels/open.ts';
import { fitsRecord, packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import { matchGrids } from '../engine/match.ts';
import type { OutputGrid } from '../engine/verdict.ts';
import type { ScoreTable } from './scoreTable.ts';

/** How batches are scored. */
export interface ScoreBatchOptions {
  /** What compares; default the plain TypeScript of `cpu`, which is there at once. */
  readonly backend?: Backend;
  /** Outputs compared at once, 512 bytes each; default what the backend likes. */
  readonly capacity?: number;
}

/** The rows of a batch, and where their verdicts go. Its buffers are used again and again. */
class Rows {
  readonly outputs: Int32Array;
  readonly index: Int32Array;
  readonly candidates: Int32Array;
  readonly samples: Int32Array;
  readonly tables: ScoreTable[] = [];
  count = 0;
  /** The expected grids of the tables in this batch: those of a table lie together, from its first record on. */
  expected: Int32Array = new Int32Array(64 * RECORD_WORDS);
  expectedGrids = 0;
  readonly firstRecords: Map<ScoreTable, number> = new Map();

  constructor(capacity: number, outputs: Int32Array) {
    this.outputs = outputs;
    this.index = new Int32Array(capacity);
    this.candidates = new Int32Array(capacity);
    this.samples = new Int32Array(capacity);
  }

  /** Enters a row whose record is there. */
  enter(table: ScoreTable, candidate: number, sample: number): void {
    const row = this.count++;
    this.index[row] = this.#firstRecord(table) + sample;
    this.tables[row] = table;
    this.candidates[row] = candidate;
    this.samples[row] = sample;
  }

  #firstRecord(table: ScoreTable): number {
    const known = this.firstRecords.get(table);
    if (known !== undefined) return known;
    const first = this.expectedGrids;
    this.expectedGrids += table.samples;
    if (this.expected.length < this.expectedGrids * RECORD_WORDS) {
      const larger = new Int32Array(2 * this.expectedGrids * RECORD_WORDS);
      larger.set(this.expected);
      this.expected = larger;
    }
    this.expected.set(table.records, first * RECORD_WORDS);
    this.firstRecords.set(table, first);
    return first;
  }

  /** Writes what `gridMatch` found into the tables, and empties the batch. */
  land(result: Int32Array): void {
    for (let row = 0; row < this.count; row++) {
      const at = row * MATCH_WORDS;
      this.tables[row]!.match(
        this.candidates[row]!,
        this.samples[row]!,
        result[at + EXACT] === 1,
        result[at + SAME_SHAPE] === 1,
        result[at + EQUAL_CELLS]!,
        result[at + BOX_CELLS]!,
      );
    }
    this.count = 0;
    this.tables.length = 0;
    this.expectedGrids = 0;
    this.firstRecords.clear();
  }
}

/**
 * Outputs on their way into score tables. A batch is launched when full and by {@link flush}; its verdicts are in their
 * tables as soon as the backend has answered, which one on the CPU does at once. While others compute, the next batch is
 * filled.
 */
export class ScoreBatch {
  readonly #backend: Backend;
  readonly #capacity: number;
  #rows: Rows | undefined;
  readonly #free: Rows[] = [];
  readonly #flying = new Set<Promise<void>>();
  #failure: unknown;

  constructor({ backend = openCpu(), capacity = backend.batchRows }: ScoreBatchOptions = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`found a capacity of ${capacity}, expected an integer from 1`);
    }
    this.#backend = backend;
    this.#capacity = capacity;
  }

  /** Scores the grid that a candidate made of a sample of `table`; its cells are read now and may change afterwards. */
  add(table: ScoreTable, candidate: number, sample: number, output: OutputGrid): void {
    const { height, width, cells } = output;
    const expected = table.expected[sample]!;
    if (expected === null) {
      table.end(candidate, sample, 'ok');
    } else if (!table.hasRecord(sample) || !fitsRecord(height, width, cells)) {
      const { exact, sameShape, equal, box } = matchGrids(output, expected);
      table.match(candidate, sample, exact, sameShape, equal, box);
    } else {
      const rows = this.#filling();
      packRecord(rows.outputs, rows.count, height, width, cells);
      this.#enter(rows, table, candidate, sample);
    }
  }

  /** The same for a grid that is packed already, as the words of record `at` of `records`. */
  addRecord(table: ScoreTable, candidate: number, sample: number, records: Int32Array, at: number): void {
    if (table.expected[sample] === null) {
      table.end(candidate, sample, 'ok');
      return;
    }
    const rows = this.#filling();
    rows.outputs.set(records.subarray(at * RECORD_WORDS, (at + 1) * RECORD_WORDS), rows.count * RECORD_WORDS);
    this.#enter(rows, table, candidate, sample);
  }

  #filling(): Rows {
    this.#rows ??= this.#free.pop() ?? new Rows(this.#capacity, this.#backend.records(this.#capacity));
    return this.#rows;
  }

  #enter(rows: Rows, table: ScoreTable, candidate: number, sample: number): void {
    rows.enter(table, candidate, sample);
    if (rows.count === this.#capacity) this.flush();
  }

  /** Launches what is in the batch. */
  flush(): void {
    const rows = this.#rows;
    if (rows === undefined || rows.count === 0) return;
    const result = this.#backend.gridMatch(
      rows.outputs.subarray(0, rows.count * RECORD_WORDS),
      rows.expected.subarray(0, rows.expectedGrids * RECORD_WORDS),
      rows.index.subarray(0, rows.count),
    );
    if (!(result instanceof Promise)) {
      rows.land(result);
      return;
    }
    this.#rows = undefined;
    const flight: Promise<void> = result
      .then((words) => {
        rows.land(words);
        this.#free.push(rows);
      })
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#flying.delete(flight));
    this.#flying.add(flight);
  }

  /** Launches what is in the batch where waiting for more gains nothing: on the CPU. */
  flushOnHost(): void {
    if (isOnHost(this.#backend)) this.flush();
  }

  /** Batches that the backend has not answered. */
  get inFlight(): number {
    return this.#flying.size;
  }

  /**
   * Waits until at most so many batches are in flight.
   * @throws what the backend failed with
   */
  async landed(most = 0): Promise<void> {
    while (this.#flying.size > most) await Promise.race(this.#flying);
    if (this.#failure !== undefined) throw this.#failure;
  }
}
