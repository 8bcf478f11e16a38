// Drawing patches and objects on grids in the S/I/C dialect. Source: docs/spec/dialect.md 5.
import { equal } from '../../value/equal.ts';
import type { Value } from '../../value/value.ts';
import { Drawing } from '../drawing.ts';
import type { Theme } from '../table.ts';
import { mostcolor_t } from './colours.ts';
import { shift, toindices } from './indices.ts';
import { FLAT } from './layout.ts';
import { type Binary, wrap, wrapAll } from './wrap.ts';

/** Whether a value is the background of a grid. */
function isBackground(grid: Value): (present: Value) => boolean {
  const background = mostcolor_t(grid);
  return (present) => equal(present, background);
}

const fill = wrap('fill', (grid: Value, value: Value, patch: Value) => new Drawing(grid).fill(toindices(patch), value));
const paint: Binary = wrap('paint', (grid, obj) => new Drawing(grid).paint(obj, FLAT));
const cover: Binary = wrap('cover', (grid, patch) => fill(grid, mostcolor_t(grid), toindices(patch)));

export const SIC_DRAWING: Theme = {
  fill,
  paint,
  cover,
  ...wrapAll({
    underfill: (grid: Value, value: Value, patch: Value) =>
      new Drawing(grid).fill(toindices(patch), value, isBackground(grid)),
    underpaint: (grid: Value, obj: Value) => new Drawing(grid).paint(obj, FLAT, isBackground(grid)),
    move: (grid: Value, obj: Value, offset: Value) => paint(cover(grid, obj), shift(obj, offset)),
  }),
};
