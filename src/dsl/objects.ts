// Finding the objects of a grid: connected areas, colours, one-coloured lines. Source: docs/spec/dsl.md 3.7.
import { equal, identicalOrEqual } from '../value/equal.ts';
import { item, iterate, lengthOf, minus, truthy } from '../value/protocol.ts';
import { copyOf, setOf, union } from '../value/set.ts';
import { HashTable } from '../value/table.ts';
import type { Value } from '../value/value.ts';
import { mostcolor, palette } from './colours.ts';
import { Field } from './field.ts';
import { type CellLayout, NESTED } from './layout.ts';
import { dneighbors, neighbors } from './lines.ts';
import { dmirror } from './mirrors.ts';
import type { Theme } from './table.ts';

function objects(grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value {
  const background = truthy(withoutBackground) ? mostcolor(grid) : null;
  const found = components(grid, truthy(univalued), truthy(diagonal), background, NESTED);
  return copyOf(setOf(found.map(({ cells }) => copyOf(setOf(cells)))));
}

/** The cells of a component in the order they are found; the search begins at the seed, as a rule the first of them. */
export interface Component {
  readonly seed: Value;
  readonly cells: readonly Value[];
}

/** docs/spec/dsl.md 3.7, step by step; `taken` is its `occupied`. */
export function components(
  grid: Value,
  oneColour: boolean,
  diagonal: boolean,
  background: Value,
  layout: CellLayout,
): Component[] {
  const field = new Field(grid, layout);
  const neighbours = diagonal ? neighbors : dneighbors;
  const taken = new Set<number>();
  const found: Component[] = [];
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
    found.push({ seed: field.cell(start, colour), cells });
  }
  return found;
}

function partition(grid: Value): Value {
  return byColour(grid, palette(grid), NESTED);
}

function fgpartition(grid: Value): Value {
  const colours = palette(grid);
  return byColour(grid, minus(colours, setOf([mostcolor(grid)])), NESTED);
}

/** One object for each of the colours. */
export function byColour(grid: Value, colours: Value, layout: CellLayout): Value {
  return setOf(
    iterate(colours).map((colour) => {
      const cells: Value[] = [];
      iterate(grid).forEach((row, i) => {
        iterate(row).forEach((value, j) => {
          if (equal(value, colour)) cells.push(layout.cell(value, i, j));
        });
      });
      return setOf(cells);
    }),
  );
}

function frontiers(grid: Value): Value {
  return linesOf(grid, dmirror, NESTED);
}

/** The one-coloured rows and columns as objects; `transpose` gives the columns. */
export function linesOf(grid: Value, transpose: (grid: Value) => Value, layout: CellLayout): Value {
  const height = lengthOf(grid);
  const width = lengthOf(item(grid, 0));
  const rows = placesOfUniform(grid);
  const columns = placesOfUniform(transpose(grid));
  const cell = (i: number, j: number) => layout.cell(item(item(grid, i), j), i, j);
  const line = (length: number, cellAt: (k: number) => Value) =>
    copyOf(setOf(Array.from({ length }, (_, k) => cellAt(k))));
  const horizontal = setOf(rows.map((i) => line(width, (j) => cell(i, j))));
  const vertical = setOf(columns.map((j) => line(height, (i) => cell(i, j))));
  return union(copyOf(horizontal), copyOf(vertical));
}

/**
 * The places of the one-coloured lines, those of one distinct value: a line of nan is one, an empty line is not. Lines are
 * tuples or sets of any values.
 */
export function placesOfUniform(lines: Value): number[] {
  const places: number[] = [];
  iterate(lines).forEach((line, place) => {
    const values = iterate(line);
    if (values.length > 0 && values.every((value) => identicalOrEqual(value, values[0]!))) places.push(place);
  });
  return places;
}

export const OBJECTS: Theme = { objects, partition, fgpartition, frontiers };
