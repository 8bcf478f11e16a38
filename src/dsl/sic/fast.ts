// Fast ways through the S/I/C dialect: those of the plain dialect where packed arguments give the same, and flat cells
// where an object is made.
import { FLAT_CELL, NESTED_CELL } from '../../value/ids.ts';
import { PatchSet, tupleOf } from '../../value/patch.ts';
import { truthy } from '../../value/protocol.ts';
import { Grid, ListTuple, type Value } from '../../value/value.ts';
import { FAST_COLOURS } from '../fast/colours.ts';
import { FAST_CONTAINERS } from '../fast/containers.ts';
import { FAST_DRAWING } from '../fast/drawing.ts';
import { FAST_EXTENT } from '../fast/extent.ts';
import { foregroundOf, frontiersOf, objectsOf, partitionOf } from '../fast/objects.ts';
import { cellsAt, cellsOf, FAST_PATCHES, locationsOf, recoloured } from '../fast/patches.ts';
import { FAST_TRANSFORMS } from '../fast/transforms.ts';
import type { FastTheme } from '../table.ts';

type Fast = FastTheme[string];

/** Whether a value is a packed set of the plain dialect's cells, which are no cells here. */
function isForeign(v: Value): boolean {
  return v instanceof PatchSet && v.kind === NESTED_CELL;
}

/** Only where the first argument is a packed grid. */
function onGrids(fast: Fast): Fast {
  return (first, ...others) => (first instanceof Grid && !others.some(isForeign) ? fast(first, ...others) : undefined);
}

/** Only where the first argument is a packed set with something in it. */
function onPatches(fast: Fast): Fast {
  return (first, ...others) =>
    first instanceof PatchSet && first.length > 0 && !isForeign(first) && !others.some(isForeign)
      ? fast(first, ...others)
      : undefined;
}

/** Names of this dialect with the names of the plain dialect whose fast way they share. */
function renamed(theme: FastTheme, names: string, only: (fast: Fast) => Fast): FastTheme {
  const entries = names.split(' ').map((entry) => entry.split('='));
  return Object.fromEntries(entries.map(([name, plain]) => [name, only(theme[plain ?? name!]!)]));
}

function asobject(grid: Value): Value | undefined {
  return cellsOf(grid, FLAT_CELL);
}

function o_g(grid: Value, flags: Value): Value | undefined {
  if (typeof flags !== 'number' || !Number.isInteger(flags) || flags < 0 || flags > 7) return undefined;
  return objectsOf(grid, (flags & 4) !== 0, (flags & 2) !== 0, (flags & 1) !== 0, FLAT_CELL);
}

function objects(grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value | undefined {
  return objectsOf(grid, truthy(univalued), truthy(diagonal), truthy(withoutBackground), FLAT_CELL);
}

function toindices(patch: Value): Value | undefined {
  return patch instanceof PatchSet && patch.length > 0 && !isForeign(patch) ? locationsOf(patch) : undefined;
}

function toindices_o(obj: Value): Value | undefined {
  return obj instanceof PatchSet && obj.kind === FLAT_CELL ? locationsOf(obj) : undefined;
}

function recolor_o(value: Value, obj: Value): Value | undefined {
  return obj instanceof PatchSet && obj.kind === FLAT_CELL ? recoloured(value, obj, FLAT_CELL) : undefined;
}

function recolor_i(value: Value, indices: Value): Value | undefined {
  return indices instanceof PatchSet && indices.kind === 0 && indices.length > 0
    ? recoloured(value, indices, FLAT_CELL)
    : undefined;
}

function toobject(patch: Value, grid: Value): Value | undefined {
  return patch instanceof PatchSet && patch.length > 0 && !isForeign(patch)
    ? cellsAt(patch, grid, FLAT_CELL)
    : undefined;
}

/** The r-th item in iteration order; a negative rank counts from the end. */
function get_nth_f(container: Value, rank: Value): Value | undefined {
  if (!(container instanceof PatchSet) || typeof rank !== 'number' || !Number.isInteger(rank)) return undefined;
  const place = rank < 0 ? rank + container.length : rank;
  return place >= 0 && place < container.length ? tupleOf(container.order()[place]!) : undefined;
}

function get_nth_t(t: Value, rank: Value): Value | undefined {
  return t instanceof ListTuple && typeof rank === 'number' && rank >= 0 ? t.list[rank] : undefined;
}

export const SIC_FAST: FastTheme = {
  ...renamed(
    FAST_TRANSFORMS,
    'rot90 rot180 rot270 hmirror_t=hmirror vmirror_t=vmirror dmirror_t=dmirror cmirror_t=cmirror tophalf bottomhalf ' +
      'lefthalf righthalf trim hconcat vconcat hupscale vupscale upscale_t=upscale downscale replace switch cellwise',
    onGrids,
  ),
  ...renamed(
    FAST_COLOURS,
    'mostcolor_t=mostcolor leastcolor_t=leastcolor colorcount_t=colorcount palette_t=palette numcolors_t=numcolors',
    onGrids,
  ),
  ...renamed(FAST_PATCHES, 'asindices f_ofcolor=ofcolor occurrences', onGrids),
  ...renamed(FAST_PATCHES, 'shift normalize backdrop delta box inbox outbox', onPatches),
  ...renamed(FAST_EXTENT, 'height_f=height width_f=width shape_f=shape portrait_f=portrait center adjacent', onPatches),
  ...renamed(FAST_DRAWING, 'fill underfill paint underpaint cover move', onGrids),
  ...renamed(FAST_CONTAINERS, 'difference', onPatches),
  asobject,
  o_g,
  objects,
  partition: (grid) => partitionOf(grid!, FLAT_CELL),
  fgpartition: (grid) => foregroundOf(grid!, FLAT_CELL),
  frontiers: (grid) => frontiersOf(grid!, FLAT_CELL),
  toindices,
  toindices_o,
  recolor_o,
  recolor_i,
  toobject,
  get_nth_f,
  get_nth_t,
};
