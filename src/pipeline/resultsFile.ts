// The results of a run on disk: OUT/runs/<id>/results.jsonl, the lines that `--json` prints.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { storeError } from '../store/error.ts';
import { makeFolder } from '../store/folders.ts';

/** A results file that grows by whole lines. */
export class ResultsFile {
  /** The folder of the run. */
  readonly folder: string;
  readonly #path: string;
  readonly #file: number;

  private constructor(folder: string, path: string, file: number) {
    this.folder = folder;
    this.#path = path;
    this.#file = file;
  }

  /**
   * Makes the folder and the file of a new run.
   * @param out the output folder
   * @throws StoreError where that cannot be done
   */
  static async create(out: string): Promise<ResultsFile> {
    const folder = join(out, 'runs', runId(new Date()));
    const path = join(folder, 'results.jsonl');
    try {
      await makeFolder(folder, new Set());
      return new ResultsFile(folder, path, openSync(path, 'ax'));
    } catch (error) {
      throw await storeError(error, path, 'write the file');
    }
  }

  /**
   * Adds a line.
   * @throws StoreError where it cannot be written
   */
  async add(line: object): Promise<void> {
    try {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    } catch (error) {
      throw await storeError(error, this.#path, 'write the file');
    }
  }

  /**
   * Ends the file: its lines are on the disk.
   * @throws StoreError where that cannot be done
   */
  async close(): Promise<void> {
    try {
      fsyncSync(this.#file);
      closeSync(this.#file);
    } catch (error) {
      throw await storeError(error, this.#path, 'write the file');
    }
  }
}

/** Ids sort by the time of the start, UTC: `20260131T235959123Z-0f3a9c`. */
function runId(start: Date): string {
  return `${start.toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}
