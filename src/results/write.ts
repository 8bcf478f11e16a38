// Writes the results of a run: whole lines at the end of `results.jsonl`, each on its way to the disk within a second.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/folders.ts';
import { StoreError, storeError } from '../files/storeError.ts';
import { RESULTS } from './find.ts';
import type { CandidateFields, ResultLine } from './lines.ts';
import { RESULTS_SCHEMA } from './lines.ts';
import { sealed } from './seal.ts';

/** Milliseconds after which what was written is synced to the disk. */
const SYNC_EVERY = 1000;

/** Candidates in a line. */
const CANDIDATES = 1000;

/** A results file that grows by whole lines. What a crash leaves behind the last whole line is cut off by {@link reopen}. */
export class ResultsFile {
  /** The folder of the run. */
  readonly folder: string;
  readonly #path: string;
  readonly #file: number;
  #end: number;
  /** Lines that it has. */
  #lines: number;
  #synced: number = performance.now();

  private constructor(folder: string, file: number, end: number, lines: number) {
    this.folder = folder;
    this.#path = join(folder, RESULTS);
    this.#file = file;
    this.#end = end;
    this.#lines = lines;
  }

  /**
   * Makes the folder and the file of a new run.
   * @throws StoreError where that cannot be done
   */
  static async create(folder: string): Promise<ResultsFile> {
    const path = join(folder, RESULTS);
    try {
      await makeFolder(folder, new Set());
      return new ResultsFile(folder, openSync(path, 'ax'), 0, 0);
    } catch (error) {
      throw await storeError(error, path, 'write the file');
    }
  }

  /**
   * Opens the file of a run to go on with.
   * @param size bytes of its whole lines
   * @param lines number of them
   * @throws StoreError where that cannot be done
   */
  static async reopen(folder: string, size: number, lines: number): Promise<ResultsFile> {
    const path = join(folder, RESULTS);
    try {
      const file = openSync(path, 'r+');
      ftruncateSync(file, size);
      return new ResultsFile(folder, file, size, lines);
    } catch (error) {
      throw await storeError(error, path, 'write the file');
    }
  }

  /**
   * Adds a line; a line that cannot be written in full is taken back.
   * @throws StoreError where it cannot be written
   */
  async add(line: ResultLine): Promise<void> {
    try {
      const bytes = Buffer.from(sealed(line, this.#lines + 1));
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#file, bytes, done, bytes.length - done, this.#end + done);
      this.#end += bytes.length;
      this.#lines++;
      if (performance.now() - this.#synced > SYNC_EVERY) this.#sync();
    } catch (error) {
      try {
        ftruncateSync(this.#file, this.#end);
      } catch {
        // the cut line stays, for the reader to leave out
      }
      throw await storeError(error, this.#path, 'write the file');
    }
  }

  /** Adds the lines of the candidates from number `from` on. */
  async addCandidates(rows: readonly CandidateFields[], from = 0): Promise<void> {
    for (let k = 0; k < rows.length; k += CANDIDATES) {
      const line = { schema: RESULTS_SCHEMA, type: 'candidates', first: from + k } as const;
      await this.add({ ...line, rows: rows.slice(k, k + CANDIDATES) });
    }
  }

  /** @throws StoreError where somebody has removed or replaced the file */
  #sync(): void {
    fsyncSync(this.#file);
    this.#synced = performance.now();
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size;
    if (size === this.#end) return;
    const found = size === undefined ? 'it is gone' : `it has ${size} bytes, expected ${this.#end}`;
    throw new StoreError(this.#path, 'write the file', `${found}: what was written is lost`);
  }

  /**
   * Ends the file: its lines are on the disk.
   * @throws StoreError where that cannot be done
   */
  async close(): Promise<void> {
    try {
      try {
        this.#sync();
      } finally {
        closeSync(this.#file);
      }
    } catch (error) {
      throw await storeError(error, this.#path, 'write the file');
    }
  }
}

/** A new id; ids sort by the time of the start, UTC: `20260131T235959123Z-0f3a9c`. */
export function runId(start: Date): string {
  return `${start.toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}
