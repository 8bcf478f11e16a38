// The expressions that the calls of a battery stand for: equal ones are one node, so that sizes and texts are made once.
import { randomInt } from 'node:crypto';
import type { Battery, Ref } from '../battery.ts';

const MULTIPLIER = 0x2c1b3c6d;

/** Nodes are laid out like the calls of a battery; what a node is made of has smaller numbers than the node. */
export class Trees {
  readonly names: readonly string[];
  /** Node k: `code[at[k]]` = callee, `code[at[k] + 1]` = number of arguments, then the arguments; r >= 0 a node, else a name. */
  readonly code: Int32Array;
  readonly at: Int32Array;
  /** By node: bytes of UTF-8 of its text as `ast.unparse` prints it; above 2^53 not exact, at last Infinity. */
  readonly sizes: Float64Array;
  count = 0;
  readonly #nameSizes: Float64Array;
  readonly #nodeOf: Int32Array;
  readonly #slots: Int32Array;
  readonly #seed: number = randomInt(0, 2 ** 32 - 1) | 0;
  #length = 0;

  /** `garbled`: a call of the battery whose text the original misreads, one entry a call; null if there is none. */
  constructor(battery: Battery, garbled: Uint8Array | null) {
    const callCount = battery.at.length;
    const nodes = callCount + (garbled?.reduce((sum, flag) => sum + flag, 0) ?? 0);
    this.names = battery.names;
    this.code = new Int32Array(battery.code.length + (nodes - callCount) * 2);
    this.at = new Int32Array(nodes);
    this.sizes = new Float64Array(nodes);
    this.#nameSizes = Float64Array.from(battery.names, (name) => Buffer.byteLength(name));
    this.#nodeOf = new Int32Array(callCount);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(nodes * 2 + 2)));
    const { code, at } = battery;
    for (let call = 0; call < callCount; call++) {
      const from = at[call]!;
      const argCount = code[from + 1]!;
      const to = this.#length;
      this.code[to] = this.root(code[from]!);
      this.code[to + 1] = argCount;
      for (let place = 2; place < argCount + 2; place++) this.code[to + place] = this.root(code[from + place]!);
      this.#nodeOf[call] = garbled?.[call] === 1 ? this.#garble() : this.#intern();
    }
  }

  /** The node of a call; a name stays what it is. */
  root(ref: Ref): Ref {
    return ref >= 0 ? this.#nodeOf[ref]! : ref;
  }

  /** Bytes of UTF-8 of a node or name. */
  size(ref: Ref): number {
    return ref >= 0 ? this.sizes[ref]! : this.#nameSizes[~ref]!;
  }

  /**
   * Turns the call after the last node, whose companion entry is `'f(a, b, c)'`, into what that becomes when it is cut at its
   * commas as if it were `'f, a, b, c'`: `f(a(b, c))`; without a comma, `f(a)()` (docs/spec/battery.md 3).
   */
  #garble(): Ref {
    const start = this.#length;
    const [callee, , ...args] = this.code.subarray(start, start + 2 + this.code[start + 1]!);
    if (args.length < 2) return this.#call(this.#intern(), []);
    return this.#call(callee!, [this.#call(args[0]!, args.slice(1))]);
  }

  #call(callee: Ref, args: readonly Ref[]): Ref {
    this.code.set([callee, args.length, ...args], this.#length);
    return this.#intern();
  }

  /** The node of the call written after the last node: an equal one if there is one. */
  #intern(): Ref {
    const { code, at, count } = this;
    const start = this.#length;
    const end = start + 2 + code[start + 1]!;
    let hash = this.#seed;
    for (let place = start; place < end; place++) {
      hash = Math.imul(hash ^ code[place]!, MULTIPLIER);
      hash ^= hash >>> 15;
    }
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#isAt(at[slots[slot]! - 1]!, start, end)) return slots[slot]! - 1;
    }
    slots[slot] = count + 1;
    at[count] = start;
    this.#length = end;
    // `callee(`, the arguments with `, ` between them, `)`.
    let size = this.size(code[start]!) + 2 + 2 * Math.max(0, end - start - 3);
    for (let place = start + 2; place < end; place++) size += this.size(code[place]!);
    this.sizes[count] = size;
    this.count++;
    return count;
  }

  /** Does what stands at `one` equal what stands from `start` to `end`? The number of arguments is part of it. */
  #isAt(one: number, start: number, end: number): boolean {
    const { code } = this;
    for (let place = start; place < end; place++) if (code[one + place - start] !== code[place]) return false;
    return true;
  }
}
