// How fast memory is read: a WASM SIMD loop that loads every byte of a buffer and xors, on one thread and on two, each with half.
import { Worker } from 'node:worker_threads';
import type { Contender } from '../../src/doctor/check/contender.ts';
import { seconds } from '../stats.ts';

const SOURCE = `
export function read(from: usize, bytes: usize): i32 {
  let a = i32x4.splat(0), b = a, c = a, d = a;
  for (let at = from, end = from + bytes; at < end; at += 256) {
    a = v128.xor(a, v128.xor(v128.xor(v128.load(at, 0), v128.load(at, 64)), v128.xor(v128.load(at, 128), v128.load(at, 192))));
    b = v128.xor(b, v128.xor(v128.xor(v128.load(at, 16), v128.load(at, 80)), v128.xor(v128.load(at, 144), v128.load(at, 208))));
    c = v128.xor(c, v128.xor(v128.xor(v128.load(at, 32), v128.load(at, 96)), v128.xor(v128.load(at, 160), v128.load(at, 224))));
    d = v128.xor(d, v128.xor(v128.xor(v128.load(at, 48), v128.load(at, 112)), v128.xor(v128.load(at, 176), v128.load(at, 240))));
  }
  return i32x4.extract_lane(v128.xor(v128.xor(a, b), v128.xor(c, d)), 0);
}
`;
/** By a name that TypeScript does not look up: with the compiler's types the global names of AssemblyScript would come in. */
const COMPILER: string = 'assemblyscript/asc';
interface Compiler {
  compileString(source: string, options: object): Promise<{ binary: Uint8Array | null; stderr: object }>;
}

const PAGE = 1 << 16;
const PAGES = 1 << 14;

/** Waits in state[0] for a turn, reads its part so many times, and says in state[1] that it has. */
const HELPER = `
const { module, memory, state } = require('node:worker_threads').workerData;
const { read } = new WebAssembly.Instance(module, { env: { memory } }).exports;
for (let turn = 0; ; turn++) {
  Atomics.wait(state, 0, turn);
  for (let k = 0; k < state[4]; k++) read(state[2], state[3]);
  Atomics.add(state, 1, 1);
  Atomics.notify(state, 1);
}
`;

/** Readers of buffers; undefined where the compiler of the loop is not installed. */
export class Reading {
  readonly #module: WebAssembly.Module;
  readonly #helpers: Worker[] = [];

  static async open(): Promise<Reading | undefined> {
    try {
      const { default: asc } = (await import(COMPILER)) as { default: Compiler };
      const { binary, stderr } = await asc.compileString(SOURCE, {
        optimizeLevel: 3,
        noAssert: true,
        runtime: 'stub',
        enable: ['simd', 'threads'],
        importMemory: true,
        noExportMemory: true,
        sharedMemory: true,
        maximumMemory: PAGES,
      });
      if (binary === null) throw new Error(`the reading loop does not compile: ${stderr}`);
      return new Reading(new WebAssembly.Module(binary));
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
      throw error;
    }
  }

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Reading a copy of these words on one thread, and on two. */
  contenders(words: Int32Array): readonly [Contender, Contender] {
    // the loop reads 256 bytes at a time, what a half has too many is left out
    const half = Math.floor(words.byteLength / 2 / 256) * 256;
    const pages = Math.ceil(words.byteLength / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGES, shared: true });
    new Int32Array(memory.buffer).set(words);
    const instance = new WebAssembly.Instance(this.#module, { env: { memory } });
    const { read } = instance.exports as { read(from: number, bytes: number): number };
    const state = new Int32Array(new SharedArrayBuffer(20));
    state.set([half, half], 2);
    const helper = new Worker(HELPER, { eval: true, workerData: { module: this.#module, memory, state } });
    helper.unref();
    this.#helpers.push(helper);
    const result = () => new Int32Array();
    return [
      {
        name: ONE,
        result,
        seconds: (times) =>
          seconds(() => {
            for (let k = 0; k < times; k++) read(0, 2 * half);
          }),
      },
      {
        name: TWO,
        result,
        seconds: (times) =>
          seconds(() => {
            const done = Atomics.load(state, 1);
            state[4] = times;
            Atomics.add(state, 0, 1);
            Atomics.notify(state, 0);
            for (let k = 0; k < times; k++) read(0, half);
            Atomics.wait(state, 1, done);
          }),
      },
    ];
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }
}

/** Names of the contenders. */
export const ONE = 'reading, one thread';
export const TWO = 'reading, two threads';
