// Colours and counts of packed grids and patches (docs/spec/dsl.md 3.4): counting in small arrays instead of sets.
import { colourOf, isColour } from '../../value/ids.ts';
import { charge } from '../../value/meter.ts';
import { PatchSet } from '../../value/patch.ts';
import { copiedSetOf, ListSet } from '../../value/set.ts';
import { copyTable, HashTable } from '../../value/table.ts';
import { Grid, type Value } from '../../value/value.ts';
import type { FastTheme } from '../table.ts';

const COLOURS = 16;
const counts: number[] = new Array(COLOURS).fill(0);

/** Counts the colours of a grid or of a set of cells into the shared `counts`. */
function countColours(element: Grid | PatchSet): void {
  for (let c = 0; c < COLOURS; c++) counts[c] = 0;
  if (element instanceof Grid) {
    const cells = element.cells;
    charge(cells.length);
    for (let k = 0; k < cells.length; k++) counts[cells[k]!]!++;
  } else {
    const ids = element.ids;
    charge(ids.length);
    for (let k = 0; k < ids.length; k++) counts[colourOf(ids[k]!)]!++;
  }
}

/** Whether the argument is a non-empty grid or set of cells in packed form. */
function isColoured(element: Value): element is Grid | PatchSet {
  return element instanceof Grid || (element instanceof PatchSet && element.cells);
}

/** The distinct colours of a grid row by row, or of a set of cells in iteration order, at their first appearance. */
function appearance(element: Grid | PatchSet): number[] {
  const colours = element instanceof Grid ? element.cells : element.order().map(colourOf);
  const seen: boolean[] = [];
  const result: number[] = [];
  for (const colour of colours) {
    if (seen[colour]) continue;
    seen[colour] = true;
    result.push(colour);
  }
  return result;
}

function insertColours(colours: readonly number[]): HashTable {
  const table = new HashTable();
  for (const colour of colours) table.insert(colour, colour, 0);
  return table;
}

/** The iteration order of the set that inserting these distinct colours builds. */
export function setOrder(colours: readonly number[]): readonly number[] {
  return insertColours(colours).order();
}

/** The table of `palette`: COPY of the colours at their first appearance. */
export function paletteTable(element: Grid | PatchSet): HashTable {
  return copyTable(insertColours(appearance(element)));
}

/**
 * The most (`sign` 1) or least (-1) common colour; the order of the set decides only between equals
 * (docs/spec/dsl.md 1.4).
 */
function commonColour(element: Grid | PatchSet, sign: 1 | -1): number {
  countColours(element);
  let best = -1;
  let tied = 1;
  for (let c = 0; c < COLOURS; c++) {
    const n = counts[c]!;
    if (n === 0) continue;
    if (best === -1 || (sign === 1 ? n > counts[best]! : n < counts[best]!)) {
      best = c;
      tied = 1;
    } else if (n === counts[best]!) tied++;
  }
  return tied === 1 ? best : firstOfTied(element, counts[best]!);
}

/** The background of a grid: its most common colour. */
export function backgroundOf(grid: Grid): number {
  if (grid.background < 0) grid.background = commonColour(grid, 1);
  return grid.background;
}

/**
 * The first colour, in the order of the set of colours, that occurs `n` times. With five colours and more the order is
 * ascending; with fewer the table has 8 slots, and insertion decides only between colours that want the same slot.
 */
function firstOfTied(element: Grid | PatchSet, n: number): number {
  let slots = 0;
  let distinct = 0;
  let clash = false;
  for (let c = 0; c < COLOURS; c++) {
    if (counts[c] === 0) continue;
    distinct++;
    clash ||= (slots & (1 << (c & 7))) !== 0;
    slots |= 1 << (c & 7);
  }
  if (distinct >= 5) return counts.indexOf(n);
  if (!clash) {
    let first = -1;
    for (let c = 0; c < COLOURS; c++) if (counts[c] === n && (first < 0 || (c & 7) < (first & 7))) first = c;
    return first;
  }
  const tied = counts.map((count) => count === n);
  return setOrder(appearance(element)).find((c) => tied[c])!;
}

/** The distinct colours, ascending. */
function coloursOf(element: Grid | PatchSet): number[] {
  countColours(element);
  const colours: number[] = [];
  for (let c = 0; c < COLOURS; c++) if (counts[c]! > 0) colours.push(c);
  return colours;
}

function mostcolor(element: Value): Value | undefined {
  if (element instanceof Grid) return backgroundOf(element);
  return isColoured(element) ? commonColour(element, 1) : undefined;
}

function leastcolor(element: Value): Value | undefined {
  return isColoured(element) ? commonColour(element, -1) : undefined;
}

function colorcount(element: Value, value: Value): Value | undefined {
  if (!isColoured(element) || !isColour(value)) return undefined;
  countColours(element);
  return counts[value]!;
}

function palette(element: Value): Value | undefined {
  if (!isColoured(element)) return undefined;
  return copiedSetOf(coloursOf(element), () => appearance(element));
}

function numcolors(element: Value): Value | undefined {
  return isColoured(element) ? coloursOf(element).length : undefined;
}

/** The colour that all cells of a set share, or that its first one has. */
function colourOfFirst(patch: PatchSet): number {
  const ids = patch.ids;
  const colour = colourOf(ids[0]!);
  for (let k = 1; k < ids.length; k++) if (colourOf(ids[k]!) !== colour) return colourOf(patch.order()[0]!);
  return colour;
}

function color(obj: Value): Value | undefined {
  if (!(obj instanceof PatchSet && obj.cells)) return undefined;
  charge(obj.length);
  return colourOfFirst(obj);
}

function colorfilter(objs: Value, value: Value): Value | undefined {
  if (!(objs instanceof ListSet) || typeof value !== 'number') return undefined;
  const matches = (member: Value): boolean => colourOfFirst(member as PatchSet) === value;
  const members = objs.elements();
  charge(members.length);
  if (!members.every((member) => member instanceof PatchSet && member.cells)) return undefined;
  return objs.filtered(members.filter(matches));
}

export const FAST_COLOURS: FastTheme = { mostcolor, leastcolor, colorcount, palette, numcolors, color, colorfilter };
