// Frozensets of any values, and the ways CPython builds one set from another. Source: docs/spec/dsl.md 2.3, 2.4.
import { hashOf, identicalOrEqual } from './equal.ts';
import { out } from './hash.ts';
import { FLAT_CELL, hashPlane, kindOf, wordOf } from './ids.ts';
import { copyIds, IdTable, insertAll } from './idTable.ts';
import { allocate } from './meter.ts';
import { EMPTY_SET, equalFlatId, equalId, idOf, newMarks, PatchSet, tupleOf } from './patch.ts';
import { HashTable } from './table.ts';
import { FrozenSet, type Value } from './value.ts';

/** Words of 8 bytes that an element takes in a table at its sparsest, with the list of elements. */
const SET_WORDS = 16;

/** A table whose keys are places in `entries`. */
class ListTable extends HashTable {
  readonly entries: Value[];

  constructor(entries: Value[]) {
    super();
    this.entries = entries;
  }

  override same(a: number, b: number): boolean {
    return identicalOrEqual(this.entries[a]!, this.entries[b]!);
  }

  /** Normal insertion of a value. */
  add(value: Value): void {
    hashOf(value);
    const { lo, hi } = out;
    this.entries.push(value);
    if (!this.insert(this.entries.length - 1, lo, hi)) this.entries.pop();
  }

  has(value: Value): boolean {
    hashOf(value);
    const { lo, hi } = out;
    this.entries.push(value);
    const slot = this.find(this.entries.length - 1, lo, hi);
    this.entries.pop();
    return slot >= 0;
  }

  /** The values in iteration order. */
  values(): Value[] {
    return this.order().map((key) => this.entries[key]!);
  }
}

/**
 * A frozenset of any values. Its table is built when first asked for: until then only its elements are known, in an
 * order of no meaning.
 */
export class ListSet extends FrozenSet {
  readonly length: number;
  #make: (() => ListTable) | null;
  #table: ListTable | null;
  #items: readonly Value[] | null = null;
  #elements: readonly Value[] | null;

  /** The set of a finished table, or of distinct `elements` whose table `make` builds. */
  constructor(table: ListTable);
  constructor(make: () => ListTable, elements: readonly Value[]);
  constructor(table: ListTable | (() => ListTable), elements: readonly Value[] | null = null) {
    super();
    this.#elements = elements;
    if (typeof table === 'function') {
      this.length = elements!.length;
      this.#make = table;
      this.#table = null;
    } else {
      this.length = table.used;
      this.#make = null;
      this.#table = table;
    }
  }

  table(): ListTable {
    if (this.#table === null) {
      this.#table = this.#make!();
      this.#make = null;
    }
    return this.#table;
  }

  items(): readonly Value[] {
    if (this.#items === null) {
      this.#items = this.length < 2 && this.#elements !== null ? this.#elements : this.table().values();
    }
    return this.#items;
  }

  /** The elements in any order: for whoever does not look at order. */
  elements(): readonly Value[] {
    this.#elements ??= this.items();
    return this.#elements;
  }

  /** The set of some of `elements()`, inserted one by one in the order of `items()`. */
  filtered(some: readonly Value[]): ListSet {
    return lazySetOf(some, () => {
      const chosen = new Set(some);
      return this.items().filter((item) => chosen.has(item));
    });
  }
}

/** A set from any sequence that is not a set (docs/spec/dsl.md 2.4, path SEQ). */
export function setOf(values: readonly Value[]): ListSet {
  allocate(values.length, SET_WORDS * values.length);
  return new ListSet(listTable(values));
}

/** A set of distinct elements, which were inserted one by one in the order that `sequence` gives when asked. */
export function lazySetOf(elements: readonly Value[], sequence: () => readonly Value[]): ListSet {
  allocate(elements.length, SET_WORDS * elements.length);
  return new ListSet(() => listTable(sequence()), elements);
}

/** The same for COPY of such a set (docs/spec/dsl.md 2.4: "COPY(SC(values))"). */
export function copiedSetOf(elements: readonly Value[], sequence: () => readonly Value[]): ListSet {
  allocate(elements.length, SET_WORDS * elements.length);
  return new ListSet(() => copyList(listTable(sequence())), elements);
}

/** OR of COPY(SC(a)) and COPY(SC(b)), all elements distinct. */
export function unionOfCopies(a: readonly Value[], b: readonly Value[]): ListSet {
  allocate(a.length + b.length, SET_WORDS * (a.length + b.length));
  return new ListSet(() => joined(copyList(listTable(a)), copyList(listTable(b))), a.concat(b));
}

function listTable(values: readonly Value[]): ListTable {
  const table = new ListTable([]);
  for (const value of values) table.add(value);
  return table;
}

function copyList(source: ListTable): ListTable {
  const table = new ListTable(source.entries.slice());
  table.merge(source);
  return table;
}

/** The set's table over a list of values, in which other values can be put (the set itself keeps its own). */
function listOf(set: FrozenSet): ListTable {
  if (set instanceof ListSet) return set.table();
  const entries: Value[] = [];
  const source = (set as PatchSet).table();
  const table = new ListTable(entries);
  table.mask = source.mask;
  table.fill = source.fill;
  table.used = source.used;
  table.keys = source.keys.map((id) => (id < 0 ? id : entries.push(tupleOf(id)) - 1));
  table.lo = source.keys.map((id) => (id < 0 ? 0 : hashPlane(id)[wordOf(id)]!));
  table.hi = source.keys.map((id) => (id < 0 ? 0 : hashPlane(id)[wordOf(id) + 1]!));
  return table;
}

/** value in set */
export function has(set: FrozenSet, value: Value): boolean {
  if (set instanceof ListSet) return set.table().has(value);
  const patch = set as PatchSet;
  const id = patch.kind === FLAT_CELL ? equalFlatId(value) : equalId(value);
  return id >= 0 && patch.hasId(id);
}

/** A copy of a set, as CPython lays it out (docs/spec/dsl.md 2.4, path COPY). */
export function copyOf(set: FrozenSet): FrozenSet {
  allocate(set.length, SET_WORDS * set.length);
  if (set instanceof PatchSet) return new PatchSet(set.ids, () => copyIds(set.table()));
  return new ListSet(copyList(listOf(set)));
}

/** Whether two sets hold ids of one kind, so that their union or difference does too. */
export function alike(a: Value, b: Value): boolean {
  return a instanceof PatchSet && b instanceof PatchSet && (a.length === 0 || b.length === 0 || a.kind === b.kind);
}

/** a | b (docs/spec/dsl.md 2.4, path OR). */
export function union(a: FrozenSet, b: FrozenSet): FrozenSet {
  allocate(a.length + b.length, SET_WORDS * (a.length + b.length));
  if (alike(a, b)) return unionOfPatches(a as PatchSet, b as PatchSet);
  return new ListSet(a === b ? copyList(listOf(a)) : joined(listOf(a), listOf(b)));
}

/** A copy of `a` into which `b` is merged. */
function joined(a: ListTable, b: ListTable): ListTable {
  const table = copyList(a);
  table.merge(b.rekeyed((key) => table.entries.push(b.entries[key]!) - 1, new HashTable()));
  return table;
}

function unionOfPatches(a: PatchSet, b: PatchSet): PatchSet {
  const { marks, mark } = newMarks();
  const ids = a.ids.slice();
  for (const id of a.ids) marks[id] = mark;
  for (const id of b.ids) if (marks[id] !== mark) ids.push(id);
  return new PatchSet(ids, () => {
    const table = copyIds(a.table());
    if (a !== b) table.merge(b.table());
    return table;
  });
}

/** a & b of two sets (docs/spec/dsl.md 2.4, path AND). */
export function intersection(a: FrozenSet, b: FrozenSet): FrozenSet {
  allocate(a.length + b.length, SET_WORDS * (a.length + b.length));
  if (a === b) return copyOf(a);
  const [big, small] = b.length > a.length ? [b, a] : [a, b];
  if (small instanceof PatchSet && big instanceof PatchSet) {
    const { marks, mark } = newMarks();
    for (const id of big.ids) marks[id] = mark;
    const ids = small.ids.filter((id) => marks[id] === mark);
    return new PatchSet(ids, () => insertAll(small.order().filter((id) => big.hasId(id))));
  }
  return setOf(small.items().filter((item) => has(big, item)));
}

/** a - b of two sets (docs/spec/dsl.md 2.4, path SUB). */
export function subtract(a: FrozenSet, b: FrozenSet): FrozenSet {
  allocate(a.length + b.length, SET_WORDS * (a.length + b.length));
  const copies = Math.floor(a.length / 4) > b.length;
  if (a instanceof PatchSet && b instanceof PatchSet) {
    const { marks, mark } = newMarks();
    for (const id of b.ids) marks[id] = mark;
    const ids = a.ids.filter((id) => marks[id] !== mark);
    return new PatchSet(
      ids,
      copies ? () => tableWithout(a, b.ids) : () => insertAll(a.order().filter((id) => !b.hasId(id))),
    );
  }
  if (!copies) return setOf(a.items().filter((item) => !has(b, item)));
  const table = copyList(listOf(a));
  for (const item of b.items()) {
    hashOf(item);
    const { lo, hi } = out;
    table.entries.push(item);
    table.remove(table.entries.length - 1, lo, hi);
  }
  return new ListSet(table);
}

function tableWithout(a: PatchSet, ids: readonly number[]): IdTable {
  const table = copyIds(a.table());
  for (const id of ids) table.remove(id);
  return table;
}

/**
 * The same set in packed form when every element is a location, or every one a cell, within the bounds of ids; else the
 * set itself.
 */
export function packSet(set: FrozenSet): FrozenSet {
  if (set instanceof PatchSet) return set;
  if (set.length === 0) return EMPTY_SET;
  const items = (set as ListSet).elements();
  const first = idOf(items[0]!);
  if (first < 0) return set;
  const kind = kindOf(first);
  const ids: number[] = new Array(items.length);
  for (let k = 0; k < items.length; k++) {
    const id = idOf(items[k]!);
    if (id < 0 || kindOf(id) !== kind) return set;
    ids[k] = id;
  }
  return new PatchSet(ids, () => idTable(set as ListSet));
}

/** The table of a set of locations or cells, with ids for keys. */
function idTable(set: ListSet): IdTable {
  const source = set.table();
  const table = new IdTable();
  table.mask = source.mask;
  table.fill = source.fill;
  table.used = source.used;
  table.keys = source.keys.map((key) => (key < 0 ? key : idOf(source.entries[key]!)));
  return table;
}
