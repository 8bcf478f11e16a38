// The locations of a grid while its objects are searched for: numbered row by row, so that the temporary sets of
// docs/spec/dsl.md 3.7 are hash tables of numbers, which can be merged in place.
import { hashOf } from '../value/equal.ts';
import { out } from '../value/hash.ts';
import { item, iterate, lengthOf, unpackTwo } from '../value/protocol.ts';
import { copyTable, HashTable } from '../value/table.ts';
import type { FrozenSet, Value } from '../value/value.ts';
import type { CellLayout } from './layout.ts';
import { asindices } from './patches.ts';

export class Field {
  readonly #grid: Value;
  readonly #layout: CellLayout;
  readonly #rows: number;
  readonly #columns: number;
  /** The location of each number. */
  readonly #locations: Value[];
  /** The numbers in the order of `asindices`. */
  readonly numbers: readonly number[];

  constructor(grid: Value, layout: CellLayout) {
    this.#grid = grid;
    this.#layout = layout;
    this.#rows = lengthOf(grid);
    this.#columns = lengthOf(item(grid, 0));
    const locations = iterate(asindices(grid));
    this.numbers = locations.map((location) => this.#numberOf(location));
    this.#locations = new Array(locations.length);
    locations.forEach((location, k) => {
      this.#locations[this.numbers[k]!] = location;
    });
  }

  /** The number of a location, -1 when it is outside. The coordinates are known to be plain ints. */
  #numberOf(location: Value): number {
    const [row, column] = unpackTwo(location) as [number, number];
    const inside = 0 <= row && row < this.#rows && 0 <= column && column < this.#columns;
    return inside ? row * this.#columns + column : -1;
  }

  colour(number: number): Value {
    const [row, column] = unpackTwo(this.#locations[number]!);
    return item(item(this.#grid, row), column);
  }

  cell(number: number, colour: Value): Value {
    return this.#layout.cell(colour, ...unpackTwo(this.#locations[number]!));
  }

  /** SEQ of the neighbours inside the grid, in the order of `neighbours`' set. */
  around(number: number, neighbours: (location: Value) => FrozenSet): HashTable {
    const all = iterate(neighbours(this.#locations[number]!)).map((location) => this.#numberOf(location));
    return this.#table(all.filter((n) => n >= 0));
  }

  /**
   * The numbers of SUB(table, taken), in its order. Its copying variant never has anything to remove
   * (docs/spec/dsl.md 3.7).
   */
  without(table: HashTable, taken: ReadonlySet<number>): readonly number[] {
    if (Math.floor(table.used / 4) > taken.size) return copyTable(table).order();
    return this.#table(table.order().filter((number) => !taken.has(number))).order();
  }

  #table(numbers: readonly number[]): HashTable {
    const table = new HashTable();
    for (const number of numbers) {
      hashOf(this.#locations[number]!);
      table.insert(number, out.lo, out.hi);
    }
    return table;
  }
}
