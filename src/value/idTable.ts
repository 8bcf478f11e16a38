// CPython's set table for ids, whose hashes stand in a table: only keys are kept. The layout is that of `HashTable`.
import { hashPlane, wordOf } from './ids.ts';
import { EMPTY, emptySlots, FAST_GROWTH_LIMIT, LINEAR_PROBES, REMOVED } from './table.ts';

/** As `HashTable`, whose methods say what these do; equal ids are equal elements. */
export class IdTable {
  mask = 7;
  fill = 0;
  used = 0;
  keys: number[] = [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY];

  insert(id: number): boolean {
    const slot = this.#slotFor(id);
    if (this.keys[slot] === id) return false;
    this.keys[slot] = id;
    this.used++;
    if (++this.fill * 5 >= this.mask * 3) this.#rebuild(this.used > FAST_GROWTH_LIMIT ? this.used * 2 : this.used * 4);
    return true;
  }

  /** Whether an id is there; a number below zero is no id and has no place in the probe sequence. */
  has(id: number): boolean {
    return id >= 0 && this.keys[this.#slotFor(id)] === id;
  }

  remove(id: number): boolean {
    if (id < 0) return false;
    const slot = this.#slotFor(id);
    if (this.keys[slot] !== id) return false;
    this.keys[slot] = REMOVED;
    this.used--;
    return true;
  }

  merge(source: IdTable): void {
    if (source === this || source.used === 0) return;
    if ((this.fill + source.used) * 5 >= this.mask * 3) this.#rebuild((this.used + source.used) * 2);
    if (this.fill === 0 && this.mask === source.mask && source.fill === source.used) {
      this.keys = source.keys.slice();
      this.fill = source.fill;
      this.used = source.used;
      return;
    }
    const isFresh = this.fill === 0;
    const keys = source.keys;
    for (let slot = 0; slot < keys.length; slot++) {
      const id = keys[slot]!;
      if (id < 0) continue;
      if (isFresh) this.keys[this.#slotFor(id)] = id;
      else this.insert(id);
    }
    if (isFresh) {
      this.used = source.used;
      this.fill = source.used;
    }
  }

  order(): number[] {
    const { keys } = this;
    const result: number[] = new Array(this.used);
    for (let slot = 0, n = 0; n < result.length; slot++) if (keys[slot]! >= 0) result[n++] = keys[slot]!;
    return result;
  }

  #rebuild(m: number): void {
    let size = 8;
    while (size <= m) size *= 2;
    if (size === 8 && this.mask === 7 && this.fill === this.used) return;
    const old = this.keys;
    this.keys = emptySlots(size);
    this.mask = size - 1;
    this.fill = this.used;
    for (let slot = 0; slot < old.length; slot++)
      if (old[slot]! >= 0) this.keys[this.#slotFor(old[slot]!)] = old[slot]!;
  }

  /** The slot of `id`, or the empty slot in which its probe sequence ends. */
  #slotFor(id: number): number {
    const { keys, mask } = this;
    const plane = hashPlane(id);
    const at = wordOf(id);
    let pLo = plane[at]!;
    let i = pLo & mask;
    // most probes end in the first slot
    if (keys[i] === EMPTY || keys[i] === id) return i;
    let pHi = plane[at + 1]!;
    for (;;) {
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let slot = i; slot <= end; slot++) if (keys[slot] === EMPTY || keys[slot] === id) return slot;
      pLo = (pLo >>> 5) | (pHi << 27);
      pHi >>>= 5;
      i = (Math.imul(i, 5) + 1 + pLo) & mask;
    }
  }
}

/** The table that inserting `ids` one by one into an empty set gives (docs/spec/dsl.md 2.4, path SEQ). */
export function insertAll(ids: readonly number[]): IdTable {
  const table = new IdTable();
  for (let k = 0; k < ids.length; k++) table.insert(ids[k]!);
  return table;
}

/** A copy of a table (docs/spec/dsl.md 2.4, path COPY). */
export function copyIds(source: IdTable): IdTable {
  const table = new IdTable();
  table.merge(source);
  return table;
}
