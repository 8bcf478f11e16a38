// Object detection on packed grids (docs/spec/dsl.md 3.7): a flood fill now, CPython's inner orders only when somebody
// looks.
import { cellId, columnOf, locationId, NESTED_CELL, ROW_SHIFT, rowOf } from '../../value/ids.ts';
import { copyIds, insertAll } from '../../value/idTable.ts';
import { allocate } from '../../value/meter.ts';
import { EMPTY_SET, PatchSet } from '../../value/patch.ts';
import { truthy } from '../../value/protocol.ts';
import { copiedSetOf, lazySetOf, unionOfCopies } from '../../value/set.ts';
import { copyTable } from '../../value/table.ts';
import { type FrozenSet, Grid, type Value } from '../../value/value.ts';
import type { FastTheme } from '../table.ts';
import { backgroundOf, paletteTable, setOrder } from './colours.ts';
import { type Growth, Layouts } from './growth.ts';
import { fits } from './patches.ts';

/** Iteration order of `asindices` by size, as places in the framed grid; kept for sizes of real grids. */
const scanOrders = new Map<number, readonly number[]>();
const SIDE_KEPT = 32;

function scanOrder(height: number, width: number): readonly number[] {
  const key = height * 512 + width;
  const known = scanOrders.get(key);
  if (known !== undefined) return known;
  const ids: number[] = [];
  for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) ids.push(locationId(i, j));
  const order = insertAll(ids)
    .order()
    .map((id) => (rowOf(id) + 1) * (width + 2) + columnOf(id) + 1);
  if (height <= SIDE_KEPT && width <= SIDE_KEPT) scanOrders.set(key, order);
  return order;
}

/** The grid inside a frame of `WALL`, one cell wide; cells that belong to an object become `WALL` too. */
const WALL = 255;
let framed = new Uint8Array((SIDE_KEPT + 2) ** 2);
let queue = new Int32Array(SIDE_KEPT ** 2);

function objects(grid: Value, univalued: Value, diagonal: Value, without_bg: Value): Value | undefined {
  return objectsOf(grid, truthy(univalued), truthy(diagonal), truthy(without_bg), NESTED_CELL);
}

/** The objects of a packed grid; `plane` says which kind of cells they are made of. */
export function objectsOf(
  grid: Value,
  univalued: boolean,
  diagonal: boolean,
  withoutBackground: boolean,
  plane: number,
): FrozenSet | undefined {
  if (!(grid instanceof Grid && fits(grid))) return undefined;
  const background = withoutBackground ? backgroundOf(grid) : -1;
  const growth = { grid, univalued, diagonal, background, plane };
  const { height, width, cells } = grid;
  allocate(4 * cells.length);
  const frame = width + 2;
  if (framed.length < frame * (height + 2)) framed = new Uint8Array(frame * (height + 2));
  if (queue.length < cells.length) queue = new Int32Array(cells.length);
  framed.fill(WALL, 0, frame * (height + 2));
  for (let i = 0, k = 0; i < height; i++) {
    for (let at = (i + 1) * frame + 1, end = at + width; at < end; at++) framed[at] = cells[k++]!;
  }
  const found: PatchSet[] = [];
  const seeds: number[] = [];
  const layouts = new Layouts(growth, seeds);
  const order = scanOrder(height, width);
  for (let n = 0; n < order.length; n++) {
    const start = order[n]!;
    const colour = framed[start]!;
    if (colour === WALL || colour === background) continue;
    const ids = univalued ? floodOne(start, colour, frame, growth) : floodAny(start, frame, growth);
    const k = seeds.push(start) - 1;
    found.push(new PatchSet(ids, ids.length < 2 ? null : () => layouts.of(k)));
  }
  return found.length === 0 ? EMPTY_SET : copiedSetOf(found, () => found);
}

/** Takes the cells of one colour connected to `start` out of the frame; returns their ids. */
function floodOne(start: number, colour: number, frame: number, { diagonal, plane }: Growth): number[] {
  const cells = framed;
  const places = queue;
  let last = 0;
  places[0] = start;
  cells[start] = WALL;
  for (let k = 0; k <= last; k++) {
    const from = places[k]!;
    for (let at = from - frame; at <= from + frame; at += 2 * frame) {
      if (cells[at] === colour) {
        cells[at] = WALL;
        places[++last] = at;
      }
      if (!diagonal) continue;
      if (cells[at - 1] === colour) {
        cells[at - 1] = WALL;
        places[++last] = at - 1;
      }
      if (cells[at + 1] === colour) {
        cells[at + 1] = WALL;
        places[++last] = at + 1;
      }
    }
    if (cells[from - 1] === colour) {
      cells[from - 1] = WALL;
      places[++last] = from - 1;
    }
    if (cells[from + 1] === colour) {
      cells[from + 1] = WALL;
      places[++last] = from + 1;
    }
  }
  const ids: number[] = new Array(last + 1);
  for (let k = 0; k <= last; k++) {
    const at = places[k]!;
    const row = (at / frame) | 0;
    ids[k] = cellId(colour, locationId(row - 1, at - row * frame - 1), plane);
  }
  return ids;
}

/** The same for cells of any colour but the background. */
function floodAny(start: number, frame: number, growth: Growth): number[] {
  const { background, diagonal, grid, plane } = growth;
  const steps = diagonal
    ? [-frame, frame, -1, 1, -frame - 1, -frame + 1, frame - 1, frame + 1]
    : [-frame, frame, -1, 1];
  let last = 0;
  queue[0] = start;
  framed[start] = WALL;
  for (let k = 0; k <= last; k++) {
    for (let s = 0; s < steps.length; s++) {
      const at = queue[k]! + steps[s]!;
      const colour = framed[at]!;
      if (colour === WALL || colour === background) continue;
      framed[at] = WALL;
      queue[++last] = at;
    }
  }
  const ids: number[] = new Array(last + 1);
  for (let k = 0; k <= last; k++) {
    const row = ((queue[k]! / frame) | 0) - 1;
    const column = (queue[k]! % frame) - 1;
    ids[k] = cellId(grid.cells[row * grid.width + column]!, locationId(row, column), plane);
  }
  return ids;
}

/** The cells of each colour of a grid, row by row. */
function byColour(grid: Grid, plane: number): PatchSet[] {
  const { height, width, cells } = grid;
  allocate(2 * cells.length);
  const ids: number[][] = [];
  for (let i = 0, k = 0; i < height; i++) {
    for (let j = 0; j < width; j++, k++) {
      const colour = cells[k]!;
      let list = ids[colour];
      if (list === undefined) {
        list = [];
        ids[colour] = list;
      }
      list.push(cellId(colour, locationId(i, j), plane));
    }
  }
  const sets: PatchSet[] = [];
  ids.forEach((list, colour) => {
    sets[colour] = new PatchSet(list);
  });
  return sets;
}

function partition(grid: Value): Value | undefined {
  return partitionOf(grid, NESTED_CELL);
}

export function partitionOf(grid: Value, plane: number): FrozenSet | undefined {
  if (!(grid instanceof Grid && fits(grid))) return undefined;
  const sets = byColour(grid, plane);
  return lazySetOf(
    sets.filter((set) => set !== undefined),
    () =>
      paletteTable(grid)
        .order()
        .map((colour) => sets[colour]!),
  );
}

function fgpartition(grid: Value): Value | undefined {
  return foregroundOf(grid, NESTED_CELL);
}

export function foregroundOf(grid: Value, plane: number): FrozenSet | undefined {
  if (!(grid instanceof Grid && fits(grid))) return undefined;
  const background = backgroundOf(grid);
  const sets = byColour(grid, plane);
  const objects = sets.filter((set, colour) => set !== undefined && colour !== background);
  if (objects.length === 0) return EMPTY_SET;
  return lazySetOf(objects, () => foreground(grid, background).map((colour) => sets[colour]!));
}

/** The colours of SUB(palette, SC(background)) in iteration order. */
function foreground(grid: Grid, background: number): readonly number[] {
  const palette = paletteTable(grid);
  if (Math.floor(palette.used / 4) <= 1) return setOrder(palette.order().filter((colour) => colour !== background));
  const copy = copyTable(palette);
  copy.remove(background, background, 0);
  return copy.order();
}

function frontiers(grid: Value): Value | undefined {
  return frontiersOf(grid, NESTED_CELL);
}

export function frontiersOf(grid: Value, plane: number): FrozenSet | undefined {
  if (!(grid instanceof Grid && fits(grid)) || grid.cells.length === 1) return undefined;
  const { height, width, cells } = grid;
  allocate(2 * cells.length);
  const rows: Value[] = [];
  for (let i = 0; i < height; i++) {
    const colour = cells[i * width]!;
    let j = 1;
    while (j < width && cells[i * width + j] === colour) j++;
    if (j === width) rows.push(stripe(colour + plane, locationId(i, 0), 1, width));
  }
  const columns: Value[] = [];
  for (let j = 0; j < width; j++) {
    const colour = cells[j]!;
    let i = 1;
    while (i < height && cells[i * width + j] === colour) i++;
    if (i === height) columns.push(stripe(colour + plane, locationId(0, j), 1 << ROW_SHIFT, height));
  }
  if (rows.length + columns.length === 0) return EMPTY_SET;
  return unionOfCopies(rows, columns);
}

/** COPY(SC(cells ascending)) of a full row or column. */
function stripe(plane: number, start: number, step: number, count: number): PatchSet {
  const ids: number[] = new Array(count);
  for (let k = 0; k < count; k++) ids[k] = cellId(0, start + k * step, plane);
  return new PatchSet(ids, () => copyIds(insertAll(ids)));
}

export const FAST_OBJECTS: FastTheme = { objects, partition, fgpartition, frontiers };
