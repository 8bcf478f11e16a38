// Where a packer puts the grids that fit records: kept for a backend elsewhere, or compared at once.
import type { SyncBackend } from '../../kernels/backend.ts';
import { MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import { packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import type { ArcGrid } from '../arc/grid.ts';

/** Takes the grids of one sample in turn. */
export interface GridRows {
  /** A grid that fits a record. */
  add(height: number, width: number, cells: ArrayLike<number>): void;
  /** What has come of the rows: their records, or the words of `gridMatch`; one of the two is empty. */
  packed(): { readonly records: Int32Array; readonly match: Int32Array };
}

const NONE = new Int32Array();

/** Keeps the records. */
export class KeptRows implements GridRows {
  #records = new Int32Array(16 * RECORD_WORDS);
  #count = 0;

  add(height: number, width: number, cells: ArrayLike<number>): void {
    if (this.#records.length === this.#count * RECORD_WORDS) {
      const larger = new Int32Array(2 * this.#records.length);
      larger.set(this.#records);
      this.#records = larger;
    }
    packRecord(this.#records, this.#count++, height, width, cells);
  }

  packed(): { readonly records: Int32Array; readonly match: Int32Array } {
    return { records: this.#records.slice(0, this.#count * RECORD_WORDS), match: NONE };
  }
}

/** Compares with the expected grid, some thousand rows at a time: 16 bytes a row remain of 512. */
export class ComparedRows implements GridRows {
  readonly #backend: SyncBackend;
  /** Storage for `backend.batchRows` records, used for one sample after the other. */
  readonly #records: Int32Array;
  readonly #expected: Int32Array = new Int32Array(RECORD_WORDS);
  readonly #match: Int32Array;
  #rows = 0;
  #done = 0;

  /**
   * @param records of the backend, `backend.batchRows` of them
   * @param most rows that may come
   */
  constructor(backend: SyncBackend, records: Int32Array, { height, width, cells }: ArcGrid, most: number) {
    this.#backend = backend;
    this.#records = records;
    this.#match = new Int32Array(most * MATCH_WORDS);
    packRecord(this.#expected, 0, height, width, cells);
  }

  add(height: number, width: number, cells: ArrayLike<number>): void {
    packRecord(this.#records, this.#rows++, height, width, cells);
    if (this.#rows === this.#backend.batchRows) this.#compare();
  }

  #compare(): void {
    const rows = this.#rows;
    const result = this.#match.subarray(this.#done * MATCH_WORDS, (this.#done + rows) * MATCH_WORDS);
    const outputs = this.#records.subarray(0, rows * RECORD_WORDS);
    this.#backend.gridMatch(outputs, this.#expected, new Int32Array(rows), result);
    this.#done += rows;
    this.#rows = 0;
  }

  packed(): { readonly records: Int32Array; readonly match: Int32Array } {
    this.#compare();
    return { records: NONE, match: this.#match.slice(0, this.#done * MATCH_WORDS) };
  }
}

/** Where nothing is expected nothing is compared: the rows are only counted. */
export class UncomparedRows implements GridRows {
  #count = 0;

  add(): void {
    this.#count++;
  }

  packed(): { readonly records: Int32Array; readonly match: Int32Array } {
    return { records: NONE, match: new Int32Array(this.#count * MATCH_WORDS) };
  }
}
