// Finding the objects of a grid in the S/I/C dialect, as sets and as tuples in the order they are found.
// Source: docs/spec/dialect.md 4.2, 5.
import { equal } from '../../value/equal.ts';
import { minus, truthy, tuple } from '../../value/protocol.ts';
import { copyOf, setOf } from '../../value/set.ts';
import type { Value } from '../../value/value.ts';
import { byColour, type Component, components, linesOf } from '../objects.ts';
import type { Theme } from '../table.ts';
import { mostcolor_t, palette_t } from './colours.ts';
import { FLAT } from './layout.ts';
import { dmirror_t } from './mirrors.ts';
import { type Binary, wrap, wrapAll } from './wrap.ts';

function found(grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Component[] {
  const background = truthy(withoutBackground) ? mostcolor_t(grid) : null;
  return components(grid, truthy(univalued), truthy(diagonal), background, FLAT);
}

/** A seed whose colour is nan, which is not equal to itself, is in no component but makes an object of its own. */
function objectOf({ seed, cells }: Component): Value {
  return copyOf(setOf(cells.length === 0 ? [seed] : cells));
}

type Find = (grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value) => Value;

const objects: Find = wrap('objects', (grid, univalued, diagonal, withoutBackground) =>
  copyOf(setOf(found(grid, univalued, diagonal, withoutBackground).map(objectOf))),
);

const objects_t: Find = wrap('objects_t', (grid, univalued, diagonal, withoutBackground) =>
  tuple(found(grid, univalued, diagonal, withoutBackground).map(({ cells }) => tuple(cells))),
);

/** The flags of `objects` as the bits of a number from 0 to 7; None for anything else. */
function byFlags(find: Find): Binary {
  return (grid, flags) => {
    const bits = [0, 1, 2, 3, 4, 5, 6, 7].find((k) => equal(flags, k));
    if (bits === undefined) return null;
    return find(grid, (bits & 4) !== 0, (bits & 2) !== 0, (bits & 1) !== 0);
  };
}

export const SIC_OBJECTS: Theme = {
  objects,
  objects_t,
  ...wrapAll({
    o_g: byFlags(objects),
    o_g_t: byFlags(objects_t),
    partition: (grid: Value) => byColour(grid, palette_t(grid), FLAT),
    fgpartition: (grid: Value) => byColour(grid, minus(palette_t(grid), setOf([mostcolor_t(grid)])), FLAT),
    frontiers: (grid: Value) => linesOf(grid, dmirror_t, FLAT),
  }),
};
