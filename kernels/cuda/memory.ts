// The memory of a GPU: what was given back is kept for the next who asks.
import type { Driver } from './driver.ts';
import { CudaError } from './errors.ts';

const OUT_OF_MEMORY = 2;
/** Blocks that are kept at most. */
const MOST_IDLE = 16;

/** Memory on the device. */
export interface Block {
  readonly address: bigint;
  readonly bytes: number;
}

/** Needs the GPU's context to be current. */
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
