// CPython's set table: open addressing whose layout decides the iteration order. Source: docs/spec/dsl.md 2.2 and 2.3.
import { lookAtClock } from './meter.ts';

export const EMPTY = -1;
export const REMOVED = -2;
/** Slots looked at behind the first of a probe, and the size from which a table grows slower, in CPython 3.11. */
export const LINEAR_PROBES = 9;
export const FAST_GROWTH_LIMIT = 50000;

/**
 * Rounds of a probe between two looks at the clock. Values may be made whose hashes are all the same, and then each insertion
 * passes all of them; it charges nothing, since a table may be built for one candidate or the other.
 */
const LONG_PROBE = 256;

/** Slots of the largest table whose empty form is kept. */
const LARGEST_TEMPLATE = 1 << 16;

const templates: number[][] = [];

/** `size` empty slots, a power of two. A copy of an array is made several times as fast as a filled one. */
export function emptySlots(size: number): number[] {
  if (size > LARGEST_TEMPLATE) return new Array<number>(size).fill(EMPTY);
  const power = 31 - Math.clz32(size);
  templates[power] ??= Array.from({ length: size }, () => EMPTY);
  return templates[power].slice();
}

/**
 * A table of keys with their hashes. A key is a number >= 0 that stands for an element: an id, or a place in a list of
 * values (then `same` compares the values).
 */
export class HashTable {
  mask = 7;
  /** Live keys and removed-markers. */
  fill = 0;
  /** Live keys. */
  used = 0;
  keys: number[] = [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY];
  lo: number[] = [0, 0, 0, 0, 0, 0, 0, 0];
  hi: number[] = [0, 0, 0, 0, 0, 0, 0, 0];

  /** Whether two keys of equal hash stand for equal elements. */
  same(a: number, b: number): boolean {
    return a === b;
  }

  /** Normal insertion; false when an equal element was there already (it stays). */
  insert(key: number, lo: number, hi: number): boolean {
    const keys = this.keys;
    const mask = this.mask;
    let pLo = lo;
    let pHi = hi;
    let i = lo & mask;
    for (let rounds = 1; ; rounds++) {
      if (rounds % LONG_PROBE === 0) lookAtClock();
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let slot = i; slot <= end; slot++) {
        const k = keys[slot]!;
        if (k === EMPTY) {
          keys[slot] = key;
          this.lo[slot] = lo;
          this.hi[slot] = hi;
          this.used++;
          if (++this.fill * 5 >= mask * 3) this.rebuild(this.used > FAST_GROWTH_LIMIT ? this.used * 2 : this.used * 4);
          return true;
        }
        if (k >= 0 && this.lo[slot] === lo && this.hi[slot] === hi && this.same(k, key)) return false;
      }
      pLo = (pLo >>> 5) | (pHi << 27);
      pHi >>>= 5;
      i = (Math.imul(i, 5) + 1 + pLo) & mask;
    }
  }

  /** The slot of an element equal to `key`, or -1. */
  find(key: number, lo: number, hi: number): number {
    const keys = this.keys;
    const mask = this.mask;
    let pLo = lo;
    let pHi = hi;
    let i = lo & mask;
    for (let rounds = 1; ; rounds++) {
      if (rounds % LONG_PROBE === 0) lookAtClock();
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let slot = i; slot <= end; slot++) {
        const k = keys[slot]!;
        if (k === EMPTY) return -1;
        if (k >= 0 && this.lo[slot] === lo && this.hi[slot] === hi && this.same(k, key)) return slot;
      }
      pLo = (pLo >>> 5) | (pHi << 27);
      pHi >>>= 5;
      i = (Math.imul(i, 5) + 1 + pLo) & mask;
    }
  }

  /** Puts a removed-marker in the slot of an element equal to `key`; false when there is none. */
  remove(key: number, lo: number, hi: number): boolean {
    const slot = this.find(key, lo, hi);
    if (slot < 0) return false;
    this.keys[slot] = REMOVED;
    this.used--;
    return true;
  }

  /** Gives the table the smallest size above `m` (at least 8), dropping removed-markers. */
  rebuild(m: number): void {
    let size = 8;
    while (size <= m) size *= 2;
    if (size === 8 && this.mask === 7 && this.fill === this.used) return;
    const { keys, lo, hi } = this;
    const slots = this.mask;
    this.reset(size);
    for (let slot = 0; slot <= slots; slot++) {
      const k = keys[slot]!;
      if (k >= 0) this.place(k, lo[slot]!, hi[slot]!);
    }
    this.fill = this.used;
  }

  /** Merges `source` into this table (docs/spec/dsl.md 2.3). The keys of both must mean the same elements. */
  merge(source: HashTable): void {
    if (source === this || source.used === 0) return;
    if ((this.fill + source.used) * 5 >= this.mask * 3) this.rebuild((this.used + source.used) * 2);
    if (this.fill === 0 && this.mask === source.mask && source.fill === source.used) {
      this.keys = source.keys.slice();
      this.lo = source.lo.slice();
      this.hi = source.hi.slice();
      this.fill = source.fill;
      this.used = source.used;
      return;
    }
    const plain = this.fill === 0;
    for (let slot = 0; slot <= source.mask; slot++) {
      const k = source.keys[slot]!;
      if (k < 0) continue;
      if (plain) this.place(k, source.lo[slot]!, source.hi[slot]!);
      else this.insert(k, source.lo[slot]!, source.hi[slot]!);
    }
    if (plain) this.fill = this.used;
  }

  /** The keys in iteration order: slot by slot. */
  order(): number[] {
    const result: number[] = new Array(this.used);
    let n = 0;
    for (const k of this.keys) if (k >= 0) result[n++] = k;
    return result;
  }

  /** Fills `target` with this table's layout, each key replaced by another for the same element. */
  rekeyed<T extends HashTable>(rekey: (key: number) => number, target: T): T {
    target.mask = this.mask;
    target.fill = this.fill;
    target.used = this.used;
    target.keys = this.keys.map((key) => (key < 0 ? key : rekey(key)));
    target.lo = this.lo.slice();
    target.hi = this.hi.slice();
    return target;
  }

  /** An empty table of `size` slots. */
  private reset(size: number): void {
    this.mask = size - 1;
    this.keys = emptySlots(size);
    this.lo = emptySlots(size);
    this.hi = emptySlots(size);
    this.fill = 0;
    this.used = 0;
  }

  /** Puts a key that is not there in the first empty slot of its probe sequence; no growth. */
  private place(key: number, lo: number, hi: number): void {
    const keys = this.keys;
    const mask = this.mask;
    let pLo = lo;
    let pHi = hi;
    let i = lo & mask;
    for (;;) {
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let slot = i; slot <= end; slot++) {
        if (keys[slot] !== EMPTY) continue;
        keys[slot] = key;
        this.lo[slot] = lo;
        this.hi[slot] = hi;
        this.used++;
        return;
      }
      pLo = (pLo >>> 5) | (pHi << 27);
      pHi >>>= 5;
      i = (Math.imul(i, 5) + 1 + pLo) & mask;
    }
  }
}

/** A copy of a table (docs/spec/dsl.md 2.4, path COPY). */
export function copyTable(source: HashTable): HashTable {
  const table = new HashTable();
  table.merge(source);
  return table;
}
