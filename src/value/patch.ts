// Sets of locations or of cells as lists of ids, in an order that is worked out only when somebody looks at it.
import { hashSet } from './hash.ts';
import {
  COLOUR_SHIFT,
  cellId,
  colourOf,
  columnOf,
  FLAT_CELL,
  hashPlane,
  ID_COUNT,
  isColour,
  isColumn,
  isRow,
  kindOf,
  locationId,
  locationOf,
  NESTED_CELL,
  ROW_SHIFT,
  rowOf,
  wordOf,
} from './ids.ts';
import { type IdTable, insertAll } from './idTable.ts';
import { FrozenSet, ListTuple, type Value } from './value.ts';

/** Marks[id] === the current mark: `id` was seen in the current pass. */
let marks: Int32Array | undefined;
let currentMark = 0;

/**
 * A fresh pass over the shared marks; until the next call, `marks[id] === mark` means seen. Nothing that takes marks itself
 * (working out an order, say) may run within a pass.
 */
export function newMarks(): { marks: Int32Array; mark: number } {
  marks ??= new Int32Array(ID_COUNT);
  if (++currentMark === 0x7fffffff) {
    marks.fill(0);
    currentMark = 1;
  }
  return { marks, mark: currentMark };
}

/** The distinct ids of a list, at their first place. */
export function distinct(ids: readonly number[]): number[] {
  const { marks, mark } = newMarks();
  const result: number[] = [];
  for (let k = 0; k < ids.length; k++) {
    const id = ids[k]!;
    if (marks[id] === mark) continue;
    marks[id] = mark;
    result.push(id);
  }
  return result;
}

/**
 * A frozenset of locations, or one of cells. `ids` holds its distinct ids in no particular order (the order that was
 * cheapest to make); `make` builds the table in CPython's way, by default by inserting `ids` as they stand.
 */
export class PatchSet extends FrozenSet {
  readonly ids: readonly number[];
  #make: (() => IdTable) | null;
  #table: IdTable | null = null;
  #order: readonly number[] | null = null;
  #items: readonly Value[] | null = null;
  /** Extent of the locations, from `extent()` on. */
  top = 0;
  bottom = 0;
  left = 0;
  right = 0;
  #measured = false;

  constructor(ids: readonly number[], make: (() => IdTable) | null = null) {
    super();
    this.ids = ids;
    this.#make = make;
  }

  get length(): number {
    return this.ids.length;
  }

  /** What the ids stand for (`kindOf`); 0 for the empty set. */
  get kind(): number {
    return this.ids.length > 0 ? kindOf(this.ids[0]!) : 0;
  }

  /** Whether the ids are cells', nested as the plain dialect has them. */
  get cells(): boolean {
    return this.kind === NESTED_CELL;
  }

  /** The set's table as CPython would have built it; built when first asked for. Must not be changed. */
  table(): IdTable {
    if (this.#table === null) {
      this.#table = this.#make === null ? insertAll(this.ids) : this.#make();
      this.#make = null;
    }
    return this.#table;
  }

  /** The ids in iteration order. */
  order(): readonly number[] {
    if (this.#order === null) this.#order = this.ids.length < 2 ? this.ids : this.table().order();
    return this.#order;
  }

  items(): readonly Value[] {
    if (this.#items === null) this.#items = this.order().map(tupleOf);
    return this.#items;
  }

  /** The elements in any order: for whoever does not look at order. */
  elements(): readonly Value[] {
    return this.#items ?? this.ids.map(tupleOf);
  }

  /** Computes `top`, `bottom`, `left`, `right` of a set that is not empty. */
  extent(): void {
    if (this.#measured) return;
    const ids = this.ids;
    const first = locationOf(ids[0]!);
    let top = first;
    let bottom = first;
    let left = first & 511;
    let right = left;
    for (let k = 1; k < ids.length; k++) {
      const location = ids[k]! & ((1 << COLOUR_SHIFT) - 1);
      const column = location & 511;
      if (location < top) top = location;
      else if (location > bottom) bottom = location;
      if (column < left) left = column;
      else if (column > right) right = column;
    }
    this.setExtent(rowOf(top), rowOf(bottom), columnOf(left), columnOf(right));
  }

  /** Says the extent where it is known without looking. */
  setExtent(top: number, bottom: number, left: number, right: number): void {
    this.top = top;
    this.bottom = bottom;
    this.left = left;
    this.right = right;
    this.#measured = true;
  }

  hasId(id: number): boolean {
    if (this.#table === null && this.ids.length <= 24) return this.ids.includes(id);
    return this.table().has(id);
  }

  isSubsetOf(other: PatchSet): boolean {
    if (this.ids === other.ids) return true;
    const { marks, mark } = newMarks();
    for (const id of other.ids) marks[id] = mark;
    for (const id of this.ids) if (marks[id] !== mark) return false;
    return true;
  }

  /** Leaves the set's hash in `out`. */
  hashIds(): void {
    let lo = 0;
    let hi = 0;
    for (let k = 0; k < this.ids.length; k++) {
      const id = this.ids[k]!;
      const plane = hashPlane(id);
      const at = wordOf(id);
      lo ^= plane[at + 2]!;
      hi ^= plane[at + 3]!;
    }
    hashSet(lo, hi, this.ids.length);
  }
}

export const EMPTY_SET: PatchSet = new PatchSet([]);

/** One tuple an id, made when first needed, in rows of 512 columns; dropped all at once when they become many. */
const TUPLES_KEPT = 1 << 18;
let tuplesMade = 0;
let tuples: ((ListTuple | undefined)[] | undefined)[] = [];

/** The tuple that an id stands for: `(row, column)` or `(colour, (row, column))`. */
export function tupleOf(id: number): ListTuple {
  if (tuplesMade >= TUPLES_KEPT || tuplesMade === 0) {
    tuples = new Array(ID_COUNT >> ROW_SHIFT).fill(undefined);
    tuplesMade = 1;
  }
  let row = tuples[id >> ROW_SHIFT];
  if (row === undefined) {
    row = [];
    tuples[id >> ROW_SHIFT] = row;
  }
  const column = id & ((1 << ROW_SHIFT) - 1);
  let tuple = row[column];
  if (tuple === undefined) {
    tuplesMade++;
    tuple = new ListTuple(partsOf(id), id);
    row[column] = tuple;
  }
  return tuple;
}

function partsOf(id: number): Value[] {
  const kind = kindOf(id);
  if (kind === NESTED_CELL) return [colourOf(id), tupleOf(locationOf(id))];
  return kind === FLAT_CELL ? [rowOf(id), columnOf(id), colourOf(id)] : [rowOf(id), columnOf(id)];
}

/** The id of a value that is a location or a cell within the bounds of ids, else -2. */
export function idOf(v: Value): number {
  if (!(v instanceof ListTuple)) return -2;
  if (v.id === -1) v.id = computeId(v.list);
  return v.id;
}

function computeId(list: readonly Value[]): number {
  if (list.length !== 2) return -2;
  const [a, b] = list;
  if (isRow(a) && isColumn(b)) return locationId(a, b);
  if (!isColour(a)) return -2;
  const location = idOf(b!);
  return location >= 0 && kindOf(location) === 0 ? cellId(a, location) : -2;
}

/** The id of the location or cell that `v` equals, else -2: booleans count as the ints they equal, unlike in `idOf`. */
export function equalId(v: Value): number {
  const id = idOf(v);
  if (id >= 0 || !(v instanceof ListTuple) || v.list.length !== 2) return id;
  const [a, b] = v.list.map((x) => (typeof x === 'boolean' ? Number(x) : x)) as [Value, Value];
  if (isRow(a) && isColumn(b)) return locationId(a, b);
  if (!isColour(a)) return -2;
  const location = equalId(b);
  return location >= 0 && kindOf(location) === 0 ? cellId(a, location) : -2;
}

/** The id of the flat cell (row, column, colour) that `v` equals, else -2. */
export function equalFlatId(v: Value): number {
  if (!(v instanceof ListTuple) || v.list.length !== 3) return -2;
  const [row, column, colour] = v.list.map((x) => (typeof x === 'boolean' ? Number(x) : x));
  if (!isRow(row) || !isColumn(column) || !isColour(colour)) return -2;
  return cellId(colour, locationId(row, column), FLAT_CELL);
}
