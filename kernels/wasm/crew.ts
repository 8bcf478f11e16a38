// Worker threads that share the memory of a WASM backend and help its caller with large batches of gridMatch.
import type { Worker } from 'node:worker_threads';
import { MATCH_WORDS } from '../gridMatch/op.ts';
import { RECORD_WORDS } from '../record.ts';
import { copyWords } from './scratch.ts';
import type { WasmMemory } from './wasmMemory.ts';
import type { Kernels } from './wasmModule.ts';

// A job in the shared memory, in words; assembly/crew.ts has the same names.
const SIGNAL = 0;
const LEFT = 16;
const BLOCKS = 32;
const ROWS = 33;
const OUTPUTS = 34;
const EXPECTED = 35;
const INDEX = 36;
const RESULT = 37;
const NUMBER = 38;
const DONE = 48;
/** Rows of a block, which a thread claims at once. */
const BLOCK_ROWS = 512;
/** Rows of a job; a larger batch is several. */
export const JOB_ROWS: number = 1 << 16;
const INDEX_AT = DONE + JOB_ROWS / BLOCK_ROWS;
const RESULT_AT = INDEX_AT + JOB_ROWS;
const JOB_WORDS = RESULT_AT + JOB_ROWS * MATCH_WORDS;

/** Looks at another thread's block before sleeping until it is done: that is sooner, mostly, than waking would be. */
const LOOKS = 2000;
/** Milliseconds that a claimed block may take; some 0.01 are usual. */
const PATIENCE = 2000;

/** What an op on WASM works with. */
export interface WasmHost {
  readonly kernels: Kernels;
  readonly memory: WasmMemory;
  /** `SCRATCH_WORDS` words at the beginning of the memory; each call uses them as it likes. */
  readonly scratch: Int32Array;
  /** Other threads for large batches. */
  readonly crew: Crew | undefined;
}

/** What a worker thread runs; it begins with the job that is at hand, if there is one. */
export const SERVE = `
const { module, memory, job } = require('node:worker_threads').workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(job);
`;

/**
 * The helpers of one backend. They begin at the first batch and need no reply to it: the caller computes what none of them has
 * claimed, all of it where none could be started. They keep no process alive.
 */
export class Crew {
  readonly #module: WebAssembly.Module;
  readonly #kernels: Kernels;
  readonly #memory: WasmMemory;
  readonly #program: string;
  /** Helpers to start; 0 once that was done. */
  #missing: number;
  #workers: Worker[] = [];
  /** The job; undefined before the first, without memory for it, and after a helper was lost. */
  #words: Int32Array | undefined;

  /** @param helpers threads besides the caller */
  constructor(
    helpers: number,
    module: WebAssembly.Module,
    kernels: Kernels,
    memory: WasmMemory,
    program: string = SERVE,
  ) {
    this.#missing = helpers;
    this.#module = module;
    this.#kernels = kernels;
    this.#memory = memory;
    this.#program = program;
  }

  /**
   * Compares records that lie in the memory.
   * @param outputs byte offset of the records of the batch
   * @param expected byte offset of the expected grids
   * @param matches result of the whole batch
   * @returns rows that are done, from the first on: all, unless there is no crew or a helper stopped in the middle of a block;
   *   the crew is given up then
   */
  gridMatch(outputs: number, expected: number, index: Int32Array, matches: Int32Array): number {
    if (this.#missing > 0) this.#start();
    const words = this.#words;
    if (words === undefined) return 0;
    words[EXPECTED] = expected;
    for (let from = 0; from < index.length; from += JOB_ROWS) {
      const rows = Math.min(JOB_ROWS, index.length - from);
      words[OUTPUTS] = outputs + 4 * RECORD_WORDS * from;
      copyWords(index, from, words, INDEX_AT, rows);
      const done = this.#share(words, rows, matches, from);
      if (done < rows) return from + done;
    }
    return index.length;
  }

  #start(): void {
    this.#words = this.#memory.take(JOB_WORDS);
    if (this.#words !== undefined) {
      const job = this.#words.byteOffset;
      this.#words[INDEX] = job + 4 * INDEX_AT;
      this.#words[RESULT] = job + 4 * RESULT_AT;
      // late, since loading it takes a millisecond
      const { Worker } = process.getBuiltinModule('node:worker_threads');
      const workerData = { module: this.#module, memory: this.#memory.memory, job };
      try {
        for (let k = 0; k < this.#missing; k++) {
          const worker = new Worker(this.#program, { eval: true, workerData, execArgv: [] });
          worker.unref();
          // one that cannot run claims nothing, so that nothing is missed
          worker.on('error', () => {});
          this.#workers.push(worker);
        }
      } catch {
        // no more of them, then
      }
    }
    this.#missing = 0;
  }

  /** Computes a job with the helpers and copies the results of its blocks as they come. */
  #share(words: Int32Array, rows: number, matches: Int32Array, from: number): number {
    const blocks = Math.ceil(rows / BLOCK_ROWS);
    const number = words[NUMBER]! + 1;
    words[NUMBER] = number;
    words[ROWS] = rows;
    words[BLOCKS] = blocks;
    // From here on blocks can be claimed, also by a helper that has not slept since the last job.
    Atomics.store(words, LEFT, blocks);
    Atomics.store(words, SIGNAL, number);
    Atomics.notify(words, SIGNAL);
    let next = 0;
    for (let left = true; next < blocks; ) {
      if (left) left = this.#kernels.work(words.byteOffset) === 1;
      else if (!waitFor(words, DONE + next, number)) {
        void this.close();
        break;
      }
      for (; next < blocks && Atomics.load(words, DONE + next) === number; next++) {
        const at = next * BLOCK_ROWS;
        const count = Math.min(BLOCK_ROWS, rows - at) * MATCH_WORDS;
        copyWords(words, RESULT_AT + at * MATCH_WORDS, matches, (from + at) * MATCH_WORDS, count);
      }
    }
    return Math.min(next * BLOCK_ROWS, rows);
  }

  /** Ends the helpers. The memory of the job is left as it is: one that still runs may write to it. */
  async close(): Promise<void> {
    const workers = this.#workers;
    this.#workers = [];
    this.#missing = 0;
    this.#words = undefined;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Waits for a word to have a value; false after {@link PATIENCE} without a change. */
function waitFor(words: Int32Array, at: number, value: number): boolean {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, at) === value) return true;
  const found = Atomics.load(words, at);
  return found === value || Atomics.wait(words, at, found, PATIENCE) !== 'timed-out';
}
