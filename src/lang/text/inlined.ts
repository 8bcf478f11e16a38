// Prints inlined programs, as `ast.unparse` would (docs/spec/battery.md 4), into bytes that later programs copy from.
import type { Ref } from '../battery.ts';
import type { Trees } from './trees.ts';

const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const SPACE = 0x20;

/** The arena keeps what was printed for at least this many bytes, so that programs with common parts copy them. */
const KEPT_BYTES = 1 << 22;

export class InlinedPrinter {
  readonly #trees: Trees;
  readonly #limit: number;
  readonly #capacity: number;
  #arena: Buffer = Buffer.allocUnsafe(1 << 16);
  #used = 0;
  /** Bytes printed before the arena was last begun anew. */
  #base = 0;
  /** By node: where it was printed, counted from the first byte ever; what lies before `#base` is gone. */
  readonly #starts: Float64Array;
  readonly #nodes: number[] = [];
  readonly #items: number[] = [];
  readonly #names: readonly Buffer[];

  /** No text of more than `limit` bytes is printed. */
  constructor(trees: Trees, limit: number) {
    this.#trees = trees;
    this.#limit = limit;
    this.#capacity = Math.max(limit, KEPT_BYTES);
    this.#starts = new Float64Array(trees.count).fill(-1);
    this.#names = trees.names.map((name) => Buffer.from(name));
  }

  /** The bytes of `head` and the expression, or their number if that is over the limit. Good until the next call. */
  print(head: string, root: Ref): Buffer | number {
    const headBytes = Buffer.byteLength(head);
    const size = headBytes + this.#trees.size(root);
    if (size > this.#limit) return size;
    this.#reserve(size);
    const start = this.#used;
    this.#arena.write(head, start);
    this.#write(root, start + headBytes);
    this.#used = start + size;
    return this.#arena.subarray(start, start + size);
  }

  #reserve(size: number): void {
    if (this.#used + size > this.#capacity) {
      this.#base += this.#used;
      this.#used = 0;
    }
    if (this.#used + size <= this.#arena.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.#capacity, (this.#used + size) * 2));
    larger.set(this.#arena.subarray(0, this.#used));
    this.#arena = larger;
  }

  /** Prints a node: its own parts in place, a part printed before by copying. A loop, for trees may be deep. */
  #write(root: Ref, start: number): void {
    const { code, at, sizes } = this.#trees;
    const arena = this.#arena;
    const starts = this.#starts;
    const nodes = this.#nodes;
    const items = this.#items;
    let pos = start;
    let depth = 0;
    let ref = root;
    for (;;) {
      if (ref < 0) {
        const name = this.#names[~ref]!;
        for (let place = 0; place < name.length; place++) arena[pos++] = name[place]!;
      } else if (starts[ref]! >= this.#base) {
        const from = starts[ref]! - this.#base;
        arena.copyWithin(pos, from, from + sizes[ref]!);
        pos += sizes[ref]!;
      } else {
        starts[ref] = this.#base + pos;
        nodes[depth] = ref;
        items[depth++] = 0;
        ref = code[at[ref]!]!;
        continue;
      }
      // A part is printed: the callee is item 0, the arguments follow it.
      for (;;) {
        if (depth === 0) return;
        const item = items[depth - 1]!;
        const place = at[nodes[depth - 1]!]!;
        if (item === 0) arena[pos++] = OPEN;
        if (item < code[place + 1]!) {
          if (item > 0) {
            arena[pos++] = COMMA;
            arena[pos++] = SPACE;
          }
          items[depth - 1] = item + 1;
          ref = code[place + 2 + item]!;
          break;
        }
        arena[pos++] = CLOSE;
        depth--;
      }
    }
  }
}
