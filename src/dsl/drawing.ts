// Drawing patches and objects on grids. Source: docs/spec/dsl.md 3.9.
import { equal } from '../value/equal.ts';
import { INDEX_ERROR } from '../value/errors.ts';
import { item, iterate, lengthOf, tuple, unpackTwo } from '../value/protocol.ts';
import type { Value } from '../value/value.ts';
import { mostcolor } from './colours.ts';
import { shift, toindices } from './indices.ts';
import { type CellLayout, NESTED } from './layout.ts';
import { isWithin } from './sequences.ts';
import type { Theme } from './table.ts';

/** A copy of a grid to draw on. Locations outside its number of rows and the length of row 0 are skipped. */
export class Drawing {
  readonly #columns: number;
  readonly #rows: Value[][];

  constructor(grid: Value) {
    this.#columns = lengthOf(item(grid, 0));
    this.#rows = iterate(grid).map((row) => iterate(row).slice());
  }

  /** Puts `value` at a location if it `covers` what is there. */
  #put(i: Value, j: Value, value: Value, covers: (present: Value) => boolean): void {
    if (!isWithin(i, this.#rows.length) || !isWithin(j, this.#columns)) return;
    const row = this.#rows[Number(i)]!;
    const column = Number(j);
    if (column >= row.length) throw INDEX_ERROR;
    if (covers(row[column]!)) row[column] = value;
  }

  /** Puts `value` at every location. */
  fill(locations: Value, value: Value, covers: (present: Value) => boolean = anything): Value {
    for (const location of iterate(locations)) {
      const [i, j] = unpackTwo(location);
      this.#put(i, j, value, covers);
    }
    return this.#grid();
  }

  /** Puts every cell of an object, in iteration order. */
  paint(obj: Value, layout: CellLayout, covers: (present: Value) => boolean = anything): Value {
    for (const cell of iterate(obj)) {
      const [value, i, j] = layout.parts(cell);
      this.#put(i, j, value, covers);
    }
    return this.#grid();
  }

  #grid(): Value {
    return tuple(this.#rows.map(tuple));
  }
}

function anything(): boolean {
  return true;
}

function fill(grid: Value, value: Value, patch: Value): Value {
  const drawing = new Drawing(grid);
  return drawing.fill(toindices(patch), value);
}

function paint(grid: Value, obj: Value): Value {
  return new Drawing(grid).paint(obj, NESTED);
}

function underfill(grid: Value, value: Value, patch: Value): Value {
  const drawing = new Drawing(grid); // first, for its IndexError on an empty grid
  const background = mostcolor(grid);
  return drawing.fill(toindices(patch), value, (present) => equal(present, background));
}

function underpaint(grid: Value, obj: Value): Value {
  const drawing = new Drawing(grid);
  const background = mostcolor(grid);
  return drawing.paint(obj, NESTED, (present) => equal(present, background));
}

function cover(grid: Value, patch: Value): Value {
  const background = mostcolor(grid);
  return fill(grid, background, toindices(patch));
}

function move(grid: Value, obj: Value, offset: Value): Value {
  const covered = cover(grid, obj);
  return paint(covered, shift(obj, offset));
}

export const DRAWING: Theme = { fill, paint, underfill, underpaint, cover, move };
