// Grids and patches for calls of single functions, from a seed.

import { seeded } from '../src/pipeline/read/seeded.ts';
import { cellId, locationId } from '../src/value/ids.ts';
import { PatchSet } from '../src/value/patch.ts';
import { Grid } from '../src/value/value.ts';
import { below } from './random.ts';

/** A square grid with rectangles in random colours on black, some `size / 2` of them unless said otherwise. */
export function gridOfShapes(size: number, seed: number, shapes: number = size >> 1): Grid {
  return new Grid(size, size, cellsOf(size, seed % SEEDS, shapes));
}

/** Seeds that give different grids, so that as few cells are kept. */
const SEEDS = 32;
/** Cells by size, seed and shapes; what a value keeps with it is not here. */
const kept = new Map<string, readonly number[]>();

function cellsOf(size: number, seed: number, shapes: number): readonly number[] {
  const key = `${size} ${seed} ${shapes}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const random = seeded(seed);
  const cells = new Array<number>(size * size).fill(0);
  for (let shape = 0; shape < shapes; shape++) {
    const colour = 1 + below(random, 9);
    const top = below(random, size);
    const left = below(random, size);
    const bottom = Math.min(size, top + 1 + below(random, 5));
    const right = Math.min(size, left + 1 + below(random, 5));
    for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) cells[i * size + j] = colour;
  }
  kept.set(key, cells);
  return cells;
}

/** The cells of a grid's box from (top, left), `height` × `width`. */
export function patchOf(grid: Grid, top: number, left: number, height: number, width: number): PatchSet {
  const ids: number[] = [];
  for (let i = top; i < top + height; i++) {
    for (let j = left; j < left + width; j++) ids.push(cellId(grid.cells[i * grid.width + j]!, locationId(i, j)));
  }
  return new PatchSet(ids);
}
