// What is asked of a GPU in one stream: it begins at once and is done in that order; all of it is done after `settle`. Below, what a
// stream works with: memory of the device, memory of the host that the device reads by itself, and marks that time the steps.
import type { StepClock } from '../stepClock.ts';
import { CudaError, type Driver, type Koffi, quietly } from './driver.ts';

/** Does not wait for the stream that the driver has of itself. */
const NON_BLOCKING = 1;
/** Words of the largest result that is read back by way of pinned memory. */
const STAGED_WORDS = 1 << 16;
/** Parameters of a kernel at most. */
const MOST_PARAMETERS = 16;
/** The driver's number of an error. */
const OUT_OF_MEMORY = 2;
/** Blocks of device memory that are kept at most. */
const MOST_IDLE = 16;
/** Bytes of a page of the host. */
const PAGE = 4096;
/** So that memory is pinned for all GPUs. */
const PORTABLE = 1;
/** The steps whose time a stream books. */
const STEPS = ['upload', 'compute', 'readback'] as const;

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

/** Marks in a stream where steps begin, and where the last one ends. A step that comes again counts as part of the last one begun. */
class Marks {
  readonly #driver: Driver;
  readonly #stream: bigint;
  readonly #clock: StepClock;
  readonly #events: bigint[] = [];
  /** In the order of their marks. */
  #begun: (typeof STEPS)[number][] = [];

  /** @param clock to which the steps are booked */
  constructor(driver: Driver, stream: bigint, clock: StepClock) {
    this.#driver = driver;
    this.#stream = stream;
    this.#clock = clock;
    while (this.#events.length <= STEPS.length) this.#events.push(driver.made('cuEventCreate', 0));
  }

  /** Says that what is asked for next is of a step. */
  begin(step: (typeof STEPS)[number]): void {
    if (this.#begun.includes(step)) return;
    this.#mark();
    this.#begun.push(step);
  }

  /** Says that all was asked for. */
  end(): void {
    if (this.#begun.length > 0) this.#mark();
  }

  /** Books the steps up to `end`, all of which the stream has done. */
  book(): void {
    const milliseconds = new Float32Array(1);
    for (const [k, step] of this.#begun.entries()) {
      this.#driver.call('cuEventElapsedTime', milliseconds, this.#events[k]!, this.#events[k + 1]!);
      this.#clock.book(step, milliseconds[0]! / 1000);
    }
    this.forget();
  }

  /** Books nothing. */
  forget(): void {
    this.#begun = [];
  }

  /** Gives the events back. */
  close(): void {
    for (const event of this.#events) quietly(() => this.#driver.call('cuEventDestroy_v2', event));
  }

  #mark(): void {
    this.#driver.call('cuEventRecord', this.#events[this.#begun.length]!, this.#stream);
  }
}

/** Memory on the device. */
interface Block {
  readonly address: bigint;
  readonly bytes: number;
}

/** The memory of a GPU: what was given back is kept for the next who asks. Needs the GPU's context to be current. */
export class Memory {
  readonly #driver: Driver;
  readonly #taken = new Set<Block>();
  /** Nothing on the device uses them any more. The one that was given back last stands last. */
  #idle: Block[] = [];

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** Blocks that were taken and not given back. */
  get taken(): number {
    return this.#taken.size;
  }

  /**
   * Takes a block of 1 byte at least.
   * @throws CudaError where the memory does not suffice, even without what was kept
   */
  take(bytes: number): Block {
    const fits = this.#idle.filter((block) => block.bytes >= bytes && block.bytes <= 2 * bytes);
    const [best] = fits.sort((a, b) => a.bytes - b.bytes);
    if (best !== undefined) this.#idle.splice(this.#idle.indexOf(best), 1);
    const block = best ?? this.#allocate(bytes);
    this.#taken.add(block);
    return block;
  }

  /** Gives blocks back that nothing on the device uses any more. */
  give(blocks: readonly Block[]): void {
    for (const block of blocks) this.#taken.delete(block);
    this.#idle.push(...blocks);
    this.#free(this.#idle.splice(0, this.#idle.length - MOST_IDLE));
  }

  /** Gives all to the driver, what is taken, too. */
  close(): void {
    this.#free([...this.#taken, ...this.#idle.splice(0)]);
    this.#taken.clear();
  }

  #allocate(bytes: number): Block {
    const allocate = () => ({ address: this.#driver.made('cuMemAlloc_v2', bytes), bytes });
    try {
      return allocate();
    } catch (error) {
      if (!(error instanceof CudaError) || error.code !== OUT_OF_MEMORY || this.#idle.length === 0) throw error;
      this.#free(this.#idle.splice(0));
      return allocate();
    }
  }

  #free(blocks: readonly Block[]): void {
    for (const { address } of blocks) this.#driver.call('cuMemFree_v2', address);
  }
}

/**
 * Zeroed words with pages of their own, as pinning wants them; threads may share them. They are JavaScript's memory, so that
 * they outlive the GPU.
 */
export function pageWords(koffi: Koffi, count: number): Int32Array {
  const buffer = new SharedArrayBuffer(4 * count + 2 * PAGE);
  const past = Number(koffi.address(new Uint8Array(buffer)) % BigInt(PAGE));
  return new Int32Array(buffer, past === 0 ? 0 : PAGE - past, count);
}

/** Pins words of {@link pageWords}; false where the driver does not, which costs speed and nothing else. */
export function pin(driver: Driver, words: Int32Array): boolean {
  if (words.length === 0) return false;
  try {
    driver.call('cuMemHostRegister_v2', words, Math.ceil(words.byteLength / PAGE) * PAGE, PORTABLE);
    return true;
  } catch (error) {
    if (error instanceof CudaError) return false;
    throw error;
  }
}

/** Undoes {@link pin}. */
export function unpin(driver: Driver, words: Int32Array): void {
  driver.call('cuMemHostUnregister', words);
}
