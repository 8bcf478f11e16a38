// Interns names: a name's bytes become a small integer once, so that the parser never compares text again.
import { WORDS } from './words.ts';

/** Returned for a name that holds a character Python does not allow in one. */
export const NOT_A_NAME = -2;

const NAME = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
// The seed changes from table to table, so that no file can be made whose names all fall into one slot.
const MULTIPLIER = 0x2c1b3c6d;

export class Symbols {
  /** Where the hash of a name begins; `mix` takes it on byte by byte. */
  readonly seed: number = (Math.random() * 2 ** 32) | 0;
  /** k for the name `t<k>`, else -1. */
  numbers: Int32Array = new Int32Array(1024);
  count = 0;
  #slots = new Int32Array(4096);
  #hashes = new Int32Array(1024);
  /** The name itself, or the name that Python takes it for (NFKC). */
  #canonical = new Int32Array(1024);
  #starts = new Int32Array(1025);
  #bytes = new Uint8Array(16384);
  readonly #texts: string[] = [];

  constructor() {
    for (const word of WORDS) this.internText(word);
  }

  static mix(hash: number, byte: number): number {
    const mixed = Math.imul(hash ^ byte, MULTIPLIER);
    return mixed ^ (mixed >>> 15);
  }

  /** The symbol of the name `source[start..end)`, whose hash the caller has mixed; or `NOT_A_NAME`. */
  intern(source: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (this.#hashes[entry - 1] === hash && this.#holds(entry - 1, source, start, end))
        return this.#canonical[entry - 1]!;
      slot = (slot + 1) & mask;
    }
    return this.#add(source, start, end, hash, slot);
  }

  internText(text: string): number {
    const bytes = Buffer.from(text);
    return this.intern(bytes, 0, bytes.length, bytes.reduce(Symbols.mix, this.seed));
  }

  text(symbol: number): string {
    const known = this.#texts[symbol]!;
    if (known !== '') return known;
    const from = this.#starts[symbol]!;
    const text = Buffer.from(this.#bytes.buffer, from, this.#starts[symbol + 1]! - from).toString();
    this.#texts[symbol] = text;
    return text;
  }

  #holds(symbol: number, source: Uint8Array, start: number, end: number): boolean {
    const bytes = this.#bytes;
    let from = this.#starts[symbol]!;
    if (this.#starts[symbol + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[from++] !== source[at]) return false;
    return true;
  }

  #add(source: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const symbol = this.count++;
    const from = this.#starts[symbol]!;
    const to = from + end - start;
    this.#reserve(symbol + 2, to);
    const bytes = this.#bytes;
    let ascii = true;
    for (let at = start, put = from; at < end; at++, put++) {
      const byte = source[at]!;
      bytes[put] = byte;
      if (byte >= 0x80) ascii = false;
    }
    this.#starts[symbol + 1] = to;
    this.#hashes[symbol] = hash;
    this.#slots[slot] = symbol + 1;
    this.#texts.push('');
    this.numbers[symbol] = tNumber(source, start, end);
    this.#canonical[symbol] = symbol;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return ascii ? symbol : this.#foreign(symbol, this.text(symbol));
  }

  #foreign(symbol: number, text: string): number {
    const normal = text.normalize('NFKC');
    let canonical = symbol;
    if (!NAME.test(text)) canonical = NOT_A_NAME;
    else if (normal !== text) canonical = this.internText(normal);
    this.#canonical[symbol] = canonical;
    return canonical;
  }

  #reserve(symbols: number, bytes: number): void {
    if (symbols > this.#hashes.length) {
      this.#hashes = grown(this.#hashes, symbols * 2);
      this.#canonical = grown(this.#canonical, symbols * 2);
      this.#starts = grown(this.#starts, symbols * 2 + 1);
      this.numbers = grown(this.numbers, symbols * 2);
    }
    if (bytes > this.#bytes.length) {
      const larger = new Uint8Array(bytes * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let symbol = 0; symbol < this.count; symbol++) {
      let slot = this.#hashes[symbol]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = symbol + 1;
    }
    this.#slots = slots;
  }
}

/** A copy of `pool` with room for `length` entries. */
export function grown(pool: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(pool);
  return larger;
}

/** k of `t<k>`, at most nine digits and no leading zero; -1 for any other name. */
function tNumber(source: Uint8Array, start: number, end: number): number {
  const digits = end - start - 1;
  if (source[start] !== 0x74 || digits < 1 || digits > 9) return -1;
  if (source[start + 1] === 0x30 && digits > 1) return -1;
  let number = 0;
  for (let at = start + 1; at < end; at++) {
    const digit = source[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
