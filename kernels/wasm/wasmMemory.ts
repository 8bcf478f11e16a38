// The memory of a WASM backend: shared between threads, grown in chunks up to a limit, never shrunk.
import { BackendAbsentError } from '../backend.ts';

/**
 * Bytes that the memory of one backend may reach: room for two million records. The system gives pages only as they are
 * written to; of address space V8 reserves some GiB a memory whatever the limit is.
 */
export const MEMORY_LIMIT: number = 1 << 30;
/** Bytes by which the memory grows, and with which it begins. */
export const MEMORY_CHUNK: number = 1 << 22;
const PAGE = 1 << 16;
/** What is handed out begins at a multiple of this many bytes: a record's size, and whole cache lines. */
const ALIGNMENT = 512;

/** Storage of one backend, handed out bit by bit and given back as a whole. */
export class WasmMemory {
  readonly memory: WebAssembly.Memory;
  /** Views of the one storage: each growth makes a longer one. */
  readonly #buffers = new Set<ArrayBufferLike>();
  #buffer: SharedArrayBuffer;
  #end = 0;

  /** @throws BackendAbsentError where the system does not give the address space */
  constructor() {
    try {
      this.memory = new WebAssembly.Memory({
        initial: MEMORY_CHUNK / PAGE,
        maximum: MEMORY_LIMIT / PAGE,
        shared: true,
      });
    } catch (error) {
      throw new BackendAbsentError(
        'wasm',
        `no memory (${error}); V8 reserves some GiB of address space for it, see ulimit -v, or start node with --disable-wasm-trap-handler`,
      );
    }
    this.#buffer = this.memory.buffer;
    this.#buffers.add(this.#buffer);
  }

  /** Bytes there are now. */
  get size(): number {
    return this.#buffer.byteLength;
  }

  /** Words that nobody has had yet, all zero; undefined where the limit, or what the system has, does not suffice. */
  take(words: number): Int32Array | undefined {
    const from = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    const end = from + words * Int32Array.BYTES_PER_ELEMENT;
    if (end > MEMORY_LIMIT || (end > this.size && !this.#growTo(end))) return undefined;
    this.#end = end;
    return new Int32Array(this.#buffer, from, words);
  }

  #growTo(end: number): boolean {
    const size = Math.ceil(end / MEMORY_CHUNK) * MEMORY_CHUNK;
    try {
      this.memory.grow((size - this.size) / PAGE);
    } catch {
      return false;
    }
    this.#buffer = this.memory.buffer;
    this.#buffers.add(this.#buffer);
    return true;
  }

  /** The byte offset of an array that lies in this memory, -1 for any other. */
  offsetOf(array: Int32Array): number {
    return this.#buffers.has(array.buffer) ? array.byteOffset : -1;
  }
}
