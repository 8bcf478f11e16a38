// The pools that calls are written to while a file is read.
import type { Ref } from './battery.ts';
import { grown } from './symbols.ts';

export class Calls {
  /** Number of calls so far; the next one gets this number. */
  count = 0;
  #code: Int32Array<ArrayBuffer> = new Int32Array(4096);
  #length = 0;
  #at: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #lines: Int32Array<ArrayBuffer> = new Int32Array(1024);

  /** Writes a call with the arguments `args[from..to)`; returns its number. */
  emit(callee: Ref, args: Int32Array, from: number, to: number, line: number): Ref {
    const call = this.count;
    let length = this.#length;
    if (call === this.#at.length) {
      this.#at = grown(this.#at, call * 2);
      this.#lines = grown(this.#lines, call * 2);
    }
    if (length + 2 + to - from > this.#code.length) this.#code = grown(this.#code, (length + 2 + to - from) * 2);
    this.#at[call] = length;
    this.#lines[call] = line;
    const code = this.#code;
    code[length++] = callee;
    code[length++] = to - from;
    for (let arg = from; arg < to; arg++) code[length++] = args[arg]!;
    this.#length = length;
    this.count = call + 1;
    return call;
  }

  /** Takes back all calls from this number on. */
  truncate(count: number): void {
    if (count === this.count) return;
    this.#length = this.#at[count]!;
    this.count = count;
  }

  /** The pools, cut to size. */
  finish(): { code: Int32Array; at: Int32Array; lines: Int32Array } {
    return {
      code: this.#code.slice(0, this.#length),
      at: this.#at.slice(0, this.count),
      lines: this.#lines.slice(0, this.count),
    };
  }
}
