// The inner orders of `objects`: the tables that CPython's procedure builds, replayed for those who look at an order.
import { cellId, locationId, ORIGIN, ROW_SHIFT } from '../../value/ids.ts';
import { copyIds, IdTable, insertAll } from '../../value/idTable.ts';
import type { Grid } from '../../value/value.ts';

/** How `objects` grows an object. */
export interface Growth {
  readonly grid: Grid;
  readonly univalued: boolean;
  readonly diagonal: boolean;
  /** Background colour that objects leave out, or -1. */
  readonly background: number;
  /** The kind of cells: `NESTED_CELL` or `FLAT_CELL`. */
  readonly plane: number;
}

/** The layouts of all objects of one call of `objects`, worked out in the order in which it finds them. */
export class Layouts {
  readonly #growth: Growth;
  /** Where each object was begun, in the grid with a frame one cell wide. */
  readonly #seeds: readonly number[];
  readonly #tables: IdTable[] = [];
  /** 1 where an object so far has a cell, by row · width + column. */
  #occupied: Uint8Array | undefined;

  constructor(growth: Growth, seeds: readonly number[]) {
    this.#growth = growth;
    this.#seeds = seeds;
  }

  /** The table of object `k`. */
  of(k: number): IdTable {
    const { grid } = this.#growth;
    this.#occupied ??= new Uint8Array(grid.height * grid.width);
    while (this.#tables.length <= k) this.#tables.push(this.#grow(this.#seeds[this.#tables.length]!, this.#occupied));
    return this.#tables[k]!;
  }

  /** The procedure of docs/spec/dsl.md 3.7 for the object that begins at `seed`. */
  #grow(seed: number, occupied: Uint8Array): IdTable {
    const { grid, univalued, diagonal, background, plane } = this.#growth;
    const { height, width, cells } = grid;
    const startRow = Math.floor(seed / (width + 2)) - 1;
    const startColumn = (seed % (width + 2)) - 1;
    const colour = cells[startRow * width + startColumn]!;
    const start = locationId(startRow, startColumn);
    const object = insertAll([cellId(colour, start, plane)]);
    let candidates: readonly number[] = [start];
    while (candidates.length > 0) {
      const next = new IdTable();
      for (let k = 0; k < candidates.length; k++) {
        const location = candidates[k]!;
        const row = (location >> ROW_SHIFT) - ORIGIN;
        const column = (location & ((1 << ROW_SHIFT) - 1)) - ORIGIN;
        const place = row * width + column;
        const value = cells[place]!;
        if (univalued ? value !== colour : value === background) continue;
        object.insert(cellId(value, location, plane));
        occupied[place] = 1;
        next.merge(neighbourTable(row, column, height, width, diagonal));
      }
      candidates = without(next, occupied, width);
    }
    return copyIds(object);
  }
}

/** The items of SUB(next, occupied) in iteration order. */
function without(next: IdTable, occupied: Uint8Array, width: number): readonly number[] {
  const free: number[] = [];
  for (const location of next.order()) {
    const row = (location >> ROW_SHIFT) - ORIGIN;
    const column = (location & ((1 << ROW_SHIFT) - 1)) - ORIGIN;
    if (occupied[row * width + column] === 0) free.push(location);
  }
  // SUB copies `next` only while nothing but the very first cell is occupied, and then has nothing to remove
  if (next.used >= 8 && isLone(occupied)) return copyIds(next).order();
  return insertAll(free).order();
}

/** Whether at most one cell is occupied. */
function isLone(occupied: Uint8Array): boolean {
  const first = occupied.indexOf(1);
  return occupied.indexOf(1, first + 1) < 0;
}

/** Tables of neighbours by place (32 × 32), sides at the border (4 bits) and kind; kept for real sizes. */
const SIDE_KEPT = 32;
const neighbourTables: (IdTable | undefined)[] = new Array(SIDE_KEPT * SIDE_KEPT * 32).fill(undefined);

/** SC of the members of `dneighbors` or `neighbors` inside the grid, in that set's iteration order. */
function neighbourTable(row: number, column: number, height: number, width: number, diagonal: boolean): IdTable {
  const border =
    (row === 0 ? 1 : 0) | (row === height - 1 ? 2 : 0) | (column === 0 ? 4 : 0) | (column === width - 1 ? 8 : 0);
  if (row >= SIDE_KEPT || column >= SIDE_KEPT) return makeNeighbours(row, column, border, diagonal);
  const key = (((row * SIDE_KEPT + column) << 4) | border) * 2 + (diagonal ? 1 : 0);
  let table = neighbourTables[key];
  if (table === undefined) {
    table = makeNeighbours(row, column, border, diagonal);
    neighbourTables[key] = table;
  }
  return table;
}

function makeNeighbours(row: number, column: number, border: number, diagonal: boolean): IdTable {
  const at = (i: number, j: number): number => locationId(row + i, column + j);
  const around = insertAll([at(-1, 0), at(1, 0), at(0, -1), at(0, 1)]);
  if (diagonal) around.merge(insertAll([at(-1, -1), at(-1, 1), at(1, -1), at(1, 1)]));
  const isInside = (id: number): boolean => {
    const i = (id >> ROW_SHIFT) - ORIGIN - row;
    const j = (id & ((1 << ROW_SHIFT) - 1)) - ORIGIN - column;
    return !((i < 0 && border & 1) || (i > 0 && border & 2) || (j < 0 && border & 4) || (j > 0 && border & 8));
  };
  return insertAll(around.order().filter(isInside));
}
