// Finding the objects of a grid: connected areas, colours, one-coloured lines. Source: SPEC 3.7.
import { equal } from '../value/equal.ts';
import { item, iterate, lengthOf, minus, truthy, tuple } from '../value/protocol.ts';
import { copyOf, setOf, union } from '../value/set.ts';
import { HashTable } from '../value/table.ts';
import type { FrozenSet, Value } from '../value/value.ts';
import { mostcolor, palette } from './colours.ts';
import { Field } from './field.ts';
import { dneighbors, neighbors } from './lines.ts';
import { dmirror } from './mirrors.ts';
import type { Theme } from './table.ts';

/** SPEC 3.7, step by step; `taken` is its `occupied`. */
function objects(grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value {
  const background = truthy(withoutBackground) ? mostcolor(grid) : null;
  const field = new Field(grid);
  const neighbours = truthy(diagonal) ? neighbors : dneighbors;
  const oneColour = truthy(univalued);
  const taken = new Set<number>();
  const found: FrozenSet[] = [];
  for (const start of field.numbers) {
    if (taken.has(start)) continue;
    const colour = field.colour(start);
    if (equal(colour, background)) continue;
    const cells: Value[] = [];
    let candidates: readonly number[] = [start];
    while (candidates.length > 0) {
      const nearby = new HashTable();
      for (const candidate of candidates) {
        const value = field.colour(candidate);
        const belongs = oneColour ? equal(value, colour) : !equal(value, background);
        if (!belongs) continue;
        cells.push(field.cell(candidate, value));
        taken.add(candidate);
        nearby.merge(field.around(candidate, neighbours));
      }
      candidates = field.without(nearby, taken);
    }
    found.push(copyOf(setOf(cells)));
  }
  return copyOf(setOf(found));
}

function partition(grid: Value): Value {
  return byColour(grid, palette(grid));
}

function fgpartition(grid: Value): Value {
  const colours = palette(grid);
  return byColour(grid, minus(colours, setOf([mostcolor(grid)])));
}

/** One object for each of the colours. */
function byColour(grid: Value, colours: Value): Value {
  return setOf(
    iterate(colours).map((colour) => {
      const cells: Value[] = [];
      iterate(grid).forEach((row, i) => {
        iterate(row).forEach((value, j) => {
          if (equal(value, colour)) cells.push(tuple([value, tuple([i, j])]));
        });
      });
      return setOf(cells);
    }),
  );
}

function frontiers(grid: Value): Value {
  const height = lengthOf(grid);
  const width = lengthOf(item(grid, 0));
  const rows = placesOfUniform(grid);
  const columns = placesOfUniform(dmirror(grid));
  const cell = (i: number, j: number) => tuple([item(item(grid, i), j), tuple([i, j])]);
  const line = (length: number, cellAt: (k: number) => Value) =>
    copyOf(setOf(Array.from({ length }, (_, k) => cellAt(k))));
  const horizontal = setOf(rows.map((i) => line(width, (j) => cell(i, j))));
  const vertical = setOf(columns.map((j) => line(height, (i) => cell(i, j))));
  return union(copyOf(horizontal), copyOf(vertical));
}

/** The places of the one-coloured lines; lines are tuples or sets of any values. */
export function placesOfUniform(lines: Value): number[] {
  const places: number[] = [];
  iterate(lines).forEach((line, place) => {
    const values = iterate(line);
    if (values.length > 0 && values.every((value) => equal(value, values[0]!))) places.push(place);
  });
  return places;
}

export const OBJECTS: Theme = { objects, partition, fgpartition, frontiers };
