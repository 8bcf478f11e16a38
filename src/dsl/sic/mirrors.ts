// Turning and mirroring in the S/I/C dialect: `_t` grids; `_f` patches, `_i` locations, `_o` cells, these within their
// bounding box. Source: docs/spec/dialect.md 4.1, 4.2.
import { equal } from '../../value/equal.ts';
import { TYPE_ERROR } from '../../value/errors.ts';
import { item, iterate, lengthOf, minus, plus, tuple, unpackTwo } from '../../value/protocol.ts';
import { Tuple, type Value } from '../../value/value.ts';
import { withLocations } from '../indices.ts';
import { cmirror, hmirror, reversed, rot90, rot180, rot270 } from '../mirrors.ts';
import { zipped } from '../sequences.ts';
import type { Theme } from '../table.ts';
import { CORNERS } from './extent.ts';
import type { Kind } from './indices.ts';
import { FLAT } from './layout.ts';
import { type Binary, type Unary, wrap } from './wrap.ts';

/** A function of grids: a set, which the plain one takes for a patch, is a wrong type here. */
function ofGrids(f: Unary): Unary {
  return (grid) => {
    if (!(grid instanceof Tuple)) throw TYPE_ERROR;
    return f(grid);
  };
}

const hmirror_t: Unary = wrap('hmirror_t', ofGrids(hmirror));
const vmirror_t: Unary = wrap('vmirror_t', (grid) => tuple(iterate(grid).map(reversed)));
export const dmirror_t: Unary = wrap('dmirror_t', (grid) => tuple(zipped(iterate(grid)).map(tuple)));
const cmirror_t: Unary = wrap('cmirror_t', ofGrids(cmirror));
const turned90: Unary = wrap('rot90', rot90);
const turned180: Unary = wrap('rot180', rot180);
const turned270: Unary = wrap('rot270', rot270);

/** Whether the patches of a kind hold cells; of any kind, the first item says it. */
const HOLDS_CELLS: Readonly<Record<Kind, boolean | undefined>> = { f: undefined, i: false, o: true };

/** Mirrored top to bottom (axis 0) or left to right (axis 1). */
function across(kind: Kind, axis: 0 | 1): Unary {
  const { ul, lr } = CORNERS[kind];
  return (patch) => {
    const sum = plus(item(ul(patch), axis), item(lr(patch), axis));
    const moved = (row: Value, column: Value): [Value, Value] =>
      axis === 0 ? [minus(sum, row), column] : [row, minus(sum, column)];
    return withLocations(patch, moved, FLAT, HOLDS_CELLS[kind]);
  };
}

/** Mirrored in the diagonal through the upper-left corner. */
function diagonal(kind: Kind): Unary {
  return (patch) => {
    const [top, left] = unpackTwo(CORNERS[kind].ul(patch));
    const moved = (row: Value, column: Value): [Value, Value] => [
      plus(minus(column, left), top),
      plus(minus(row, top), left),
    ];
    return withLocations(patch, moved, FLAT, HOLDS_CELLS[kind]);
  };
}

/** The mirrors of a kind of patch but for the counter-diagonal. */
function mirrors(kind: Kind): Record<'hmirror' | 'dmirror' | 'vmirror', Unary> {
  const vertical = across(kind, 1);
  const hmirror = wrap(`hmirror_${kind}`, across(kind, 0));
  const dmirror = wrap(`dmirror_${kind}`, diagonal(kind));
  const vmirror = wrap(`vmirror_${kind}`, (patch: Value) =>
    kind === 'f' && lengthOf(patch) === 0 ? patch : vertical(patch),
  );
  return { hmirror, dmirror, vmirror };
}

const OF_PATCHES = { f: mirrors('f'), i: mirrors('i'), o: mirrors('o') };

/** Made of the mirrors of any patch, also for a patch of one kind. */
function counterDiagonal(patch: Value): Value {
  const { dmirror, vmirror } = OF_PATCHES.f;
  return vmirror(dmirror(vmirror(patch)));
}

const cmirror_f: Unary = wrap('cmirror_f', counterDiagonal);

function named(kind: Kind): Theme {
  return Object.fromEntries(Object.entries(OF_PATCHES[kind]).map(([stem, f]) => [`${stem}_${kind}`, f]));
}

/** What the function that the number `a` picks makes of `v`; any other `a` leaves it as it is. */
function picked(functions: readonly Unary[], v: Value, a: Value): Value {
  const f = functions.find((_, k) => equal(a, k));
  return f === undefined ? v : f(v);
}

const { hmirror: hmirror_f, dmirror: dmirror_f, vmirror: vmirror_f } = OF_PATCHES.f;
const MIRRORS_OF_PATCHES = [hmirror_f, dmirror_f, vmirror_f, cmirror_f];
const TURNS = [hmirror_t, dmirror_t, vmirror_t, cmirror_t, turned90, turned180, turned270];

export const mir_rot_t: Binary = wrap('mir_rot_t', (grid, a) => picked(TURNS, grid, a));

export const SIC_MIRRORS: Theme = {
  rot90: turned90,
  rot180: turned180,
  rot270: turned270,
  hmirror_t,
  vmirror_t,
  dmirror_t,
  cmirror_t,
  ...named('f'),
  ...named('i'),
  ...named('o'),
  cmirror_f,
  cmirror_i: wrap('cmirror_i', counterDiagonal),
  cmirror_o: wrap('cmirror_o', counterDiagonal),
  mir_rot_t,
  mir_rot_f: wrap('mir_rot_f', (patch: Value, a: Value) => picked(MIRRORS_OF_PATCHES, patch, a)),
};
