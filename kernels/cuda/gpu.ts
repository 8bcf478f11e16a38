// One GPU, used by one thread.
import { RECORD_WORDS } from '../record.ts';
import { StepClock, type StepSeconds } from '../stepClock.ts';
import { type Driver, quietly } from './driver.ts';
import { Memory, pin, unpin, Work } from './work.ts';

/** Records of a part: while one is computed the next is on its way, and larger ones gain nothing. */
const PART_RECORDS = 16384;
/** Of the memory that is free, so many parts take no more than all: two at a time, of records and of expected grids. */
const PARTS_IN_MEMORY = 8;

/** The primary context of a GPU, two streams in it, and the kernels. What fails throws CudaError; then only `close` is left. */
export class Gpu {
  /** Records to compute at once. */
  readonly partRecords: number;
  readonly #driver: Driver;
  readonly #ordinal: number;
  readonly #context: bigint;
  readonly #memory: Memory;
  readonly #clock = new StepClock();
  readonly #works: Work[] = [];
  readonly #pinned: Int32Array[] = [];
  readonly #functions = new Map<string, bigint>();
  #module: bigint | undefined;

  /** @param ordinal the driver's number of the GPU */
  constructor(driver: Driver, ordinal: number) {
    this.#driver = driver;
    this.#ordinal = ordinal;
    this.#context = driver.made('cuDevicePrimaryCtxRetain', ordinal);
    this.#memory = new Memory(driver);
    try {
      this.#use();
      const [free, total] = [new BigUint64Array(1), new BigUint64Array(1)];
      driver.call('cuMemGetInfo_v2', free, total);
      const most = Math.floor(Number(free[0]) / (PARTS_IN_MEMORY * 4 * RECORD_WORDS));
      this.partRecords = Math.max(1, Math.min(PART_RECORDS, most));
      while (this.#works.length < 2) {
        this.#works.push(new Work(driver, this.#memory, (name) => this.#functionOf(name), this.#clock));
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Loads the kernels, as nvrtc made them. */
  load(image: Uint8Array): void {
    this.#use();
    this.#module = this.#driver.made('cuModuleLoadData', image);
  }

  /** Blocks of memory that calls under way have taken. */
  get held(): number {
    return this.#memory.taken;
  }

  /** Where its time went, by its own clock. */
  get steps(): StepSeconds {
    return this.#clock.seconds;
  }

  /** Has the GPU read words of `pageWords` by itself, until it is closed. */
  pin(words: Int32Array): void {
    quietly(() => {
      this.#use();
      if (pin(this.#driver, words)) this.#pinned.push(words);
    });
  }

  /** Does what is asked for one after another. */
  inOrder(ask: (work: Work) => void): void {
    this.#guarded(() => {
      const work = this.#works[0]!;
      ask(work);
      work.settle();
    });
  }

  /**
   * Does 0..count − 1 in parts of `most` at most, of which two are under way.
   * @param ask asks for what is to be done for from..to − 1
   */
  inParts(count: number, most: number, ask: (work: Work, from: number, to: number) => void): void {
    this.#guarded(() => {
      for (let from = 0, turn = 0; from < count; from += most, turn = 1 - turn) {
        const work = this.#works[turn]!;
        work.settle();
        ask(work, from, Math.min(from + most, count));
      }
      for (const work of this.#works) work.settle();
    });
  }

  /** Uploads words, at least one, for all that `then` asks for. */
  withUploaded(words: Int32Array, then: (address: bigint) => void): void {
    this.#use();
    const block = this.#memory.take(words.byteLength);
    try {
      this.inOrder((work) => work.copy(words, block.address));
      then(block.address);
    } finally {
      quietly(() => this.#memory.give([block]));
    }
  }

  /** Gives all back. */
  close(): void {
    // a context that was lost gives back nothing by itself; it goes as a whole
    quietly(() => {
      this.#use();
      for (const words of this.#pinned) unpin(this.#driver, words);
      this.#memory.close();
      for (const work of this.#works) work.close();
      if (this.#module !== undefined) this.#driver.call('cuModuleUnload', this.#module);
    });
    releaseContext(this.#driver, this.#ordinal);
  }

  #guarded(ask: () => void): void {
    this.#use();
    try {
      ask();
    } catch (error) {
      for (const work of this.#works) quietly(() => work.abandon());
      throw error;
    }
  }

  /** The context is a thread's, and a thread may have several GPUs. */
  #use(): void {
    this.#driver.call('cuCtxSetCurrent', this.#context);
  }

  #functionOf(name: string): bigint {
    let known = this.#functions.get(name);
    if (known === undefined) {
      known = this.#driver.made('cuModuleGetFunction', this.#module!, name);
      this.#functions.set(name, known);
    }
    return known;
  }
}

/** Releases the context of a GPU, and with its last user all that is in it. */
export function releaseContext(driver: Driver, ordinal: number): void {
  quietly(() => driver.call('cuDevicePrimaryCtxRelease_v2', ordinal));
}
