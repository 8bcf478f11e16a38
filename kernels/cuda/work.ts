// What is asked of a GPU in one stream: it begins at once and is done in that order; all of it is done after `settle`.
import type { StepClock } from '../stepClock.ts';
import type { Driver } from './driver.ts';
import { Marks } from './marks.ts';
import type { Block, Memory } from './memory.ts';
import { pageWords, pin, unpin } from './pinned.ts';

/** Does not wait for the stream that the driver has of itself. */
const NON_BLOCKING = 1;
/** Words of the largest result that is read back by way of pinned memory. */
const STAGED_WORDS = 1 << 16;
/** Parameters of a kernel at most. */
const MOST_PARAMETERS = 16;

/** One stream of a GPU, whose context is current wherever it is used. */
export class Work {
  readonly #driver: Driver;
  readonly #memory: Memory;
  readonly #functionOf: (name: string) => bigint;
  /** The driver's handle. */
  readonly stream: bigint;
  readonly #marks: Marks;
  readonly #staged: Int32Array;
  readonly #isPinned: boolean;
  #stagedWords = 0;
  #blocks: Block[] = [];
  /** What is done with results as soon as they are there. */
  #landings: (() => void)[] = [];
  /** Host memory that the device may still read. */
  #inUse: Int32Array[] = [];
  /** Parameters of a launch, 8 bytes each, and their addresses. */
  readonly #values = new BigUint64Array(MOST_PARAMETERS);
  readonly #addresses: BigUint64Array;

  /**
   * @param functionOf the driver's handle of a kernel
   * @param clock to which steps are booked on `settle`
   */
  constructor(driver: Driver, memory: Memory, functionOf: (name: string) => bigint, clock: StepClock) {
    this.#driver = driver;
    this.#memory = memory;
    this.#functionOf = functionOf;
    this.stream = driver.made('cuStreamCreate', NON_BLOCKING);
    this.#marks = new Marks(driver, this.stream, clock);
    this.#staged = pageWords(driver.koffi, STAGED_WORDS);
    this.#isPinned = pin(driver, this.#staged);
    const first = driver.koffi.address(this.#values);
    this.#addresses = BigUint64Array.from(this.#values, (_, k) => first + BigInt(8 * k));
  }

  /** Takes memory for words, from 1, until all is done; returns its address. */
  take(words: number): bigint {
    const block = this.#memory.take(4 * words);
    this.#blocks.push(block);
    return block.address;
  }

  /** Copies words, at least one, into memory that it takes; returns its address. They may not change until all is done. */
  upload(words: Int32Array): bigint {
    const address = this.take(words.length);
    this.copy(words, address);
    return address;
  }

  /** Copies words to an address. They may not change until all is done. */
  copy(words: Int32Array, to: bigint): void {
    this.#inUse.push(words);
    this.#marks.begin('upload');
    this.#driver.call('cuMemcpyHtoDAsync_v2', to, words, words.byteLength, this.stream);
  }

  /** Makes words at an address zero. */
  zero(address: bigint, words: number): void {
    this.#driver.call('cuMemsetD32Async', address, 0, words, this.stream);
  }

  /**
   * Launches a kernel.
   * @param blocks from 1
   * @param values its parameters: addresses as bigint, numbers of 32 bits
   */
  launch(kernel: string, blocks: number, threads: number, values: readonly (bigint | number)[]): void {
    // of a number of 32 bits the lower half of its 8 bytes is looked at
    for (const [k, value] of values.entries()) this.#values[k] = BigInt(value);
    this.#marks.begin('compute');
    const sizes = [blocks, 1, 1, threads, 1, 1, 0] as const;
    this.#driver.call('cuLaunchKernel', this.#functionOf(kernel), ...sizes, this.stream, this.#addresses, null);
  }

  /**
   * Reads words from an address.
   * @param landed is called when they are there, on `settle`
   */
  read(address: bigint, into: Int32Array, landed: () => void = () => {}): void {
    const end = this.#stagedWords + into.length;
    if (end <= STAGED_WORDS) {
      const staged = this.#staged.subarray(this.#stagedWords, end);
      this.#stagedWords = end;
      this.readDirectly(address, staged);
      this.#landings.push(() => into.set(staged));
    } else {
      this.readDirectly(address, into);
    }
    this.#landings.push(landed);
  }

  /** Waits until all is done, and gives back what was taken. */
  settle(): void {
    this.#marks.end();
    this.#driver.call('cuStreamSynchronize', this.stream);
    this.#marks.book();
    const landings = this.#landings;
    this.#release();
    for (const landed of landings) landed();
  }

  /** After a failure: waits as far as that is possible, and forgets all. */
  abandon(): void {
    try {
      this.#driver.call('cuStreamSynchronize', this.stream);
    } catch {
      // the device has stopped: nothing of the host is in use any more
    }
    this.#release();
  }

  /** Gives the stream back. */
  close(): void {
    if (this.#isPinned) unpin(this.#driver, this.#staged);
    this.#marks.close();
    this.#driver.call('cuStreamDestroy_v2', this.stream);
  }

  /** Reads words from an address without a stop on the way; they may not be looked at until all is done. */
  readDirectly(address: bigint, into: Int32Array): void {
    this.#inUse.push(into);
    this.#marks.begin('readback');
    this.#driver.call('cuMemcpyDtoHAsync_v2', into, address, into.byteLength, this.stream);
  }

  #release(): void {
    this.#marks.forget();
    this.#memory.give(this.#blocks);
    this.#blocks = [];
    this.#landings = [];
    this.#inUse = [];
    this.#stagedWords = 0;
  }
}
