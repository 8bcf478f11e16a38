// Patches made from grids and from other patches, and where an object occurs in a grid, in the S/I/C dialect.
// Source: docs/spec/dialect.md 4.1, 4.2, 5.
import { EMPTY_SET } from '../../value/patch.ts';
import { item, iterate, lengthOf, minus, minusOf, tuple, unpackTwo } from '../../value/protocol.ts';
import { setOf } from '../../value/set.ts';
import { isInt, Tuple, type Value } from '../../value/value.ts';
import { boxAround, boxFrom, boxWithin, filledBox } from '../boxes.ts';
import { zip } from '../containers.ts';
import { cellsAt, cellsOf, PATCHES, placesOf } from '../patches.ts';
import type { Theme } from '../table.ts';
import { CORNERS, SIDES, shape_f } from './extent.ts';
import { type Kind, shift, toindices, toindices_i, toindices_o } from './indices.ts';
import { FLAT } from './layout.ts';
import { same, type Unary, wrap, wrapAll } from './wrap.ts';

/** A patch moved to the origin; an empty one as it is. */
function toOrigin(kind: Kind): Unary {
  const { top, left } = SIDES[kind];
  return (patch) => (lengthOf(patch) === 0 ? patch : shift(patch, tuple([minusOf(top(patch)), minusOf(left(patch))])));
}

export const normalize: Unary = wrap('normalize', toOrigin('f'));

const { ul: ulcorner, lr: lrcorner } = CORNERS.f;

const backdrop: Unary = wrap('backdrop', (patch) => {
  const locations = toindices(patch);
  return lengthOf(locations) === 0 ? EMPTY_SET : filledBox(ulcorner(locations), lrcorner(patch));
});

/** Cells of one colour. */
function recoloured(value: Value, locations: Value): Value {
  return setOf(iterate(locations).map((location) => FLAT.cell(value, ...unpackTwo(location))));
}

function isGrid(v: Value): boolean {
  return v instanceof Tuple && iterate(v).every((row) => row instanceof Tuple && iterate(row).every(isInt));
}

function delta(patch: Value): Value {
  return minus(backdrop(patch), toindices(patch));
}

function box(patch: Value): Value {
  return lengthOf(patch) === 0 ? EMPTY_SET : boxFrom(ulcorner(patch), lrcorner(patch));
}

/** A box from the sides; sides that fail count as 0, those of an empty patch fail here. */
function boxOf(build: typeof boxAround): Unary {
  const { top, left, bottom, right } = SIDES.f;
  return (patch) => build(top(patch), left(patch), bottom(patch), right(patch));
}

export const SIC_PATCHES: Theme = {
  ...same(PATCHES, 'asindices dneighbors ineighbors neighbors hfrontier vfrontier connect shoot'),
  toindices,
  toindices_i,
  toindices_o,
  shift,
  normalize,
  backdrop,
  ...wrapAll({
    normalize_i: toOrigin('i'),
    normalize_o: toOrigin('o'),
    normalize_t: (v: Value) => v,
    recolor_i: (value: Value, indices: Value) => recoloured(value, toindices_i(indices)),
    recolor_o: (value: Value, obj: Value) => recoloured(value, toindices_o(obj)),
    f_ofcolor: PATCHES.ofcolor!,
    is_no_grid: (v: Value) => !isGrid(v),
    asobject: (grid: Value) => (isGrid(grid) ? cellsOf(grid, FLAT) : EMPTY_SET),
    toobject: (patch: Value, grid: Value) => cellsAt(patch, grid, toindices, FLAT),
    delta,
    box,
    inbox: boxOf(boxWithin),
    outbox: boxOf(boxAround),
    occurrences: (grid: Value, obj: Value) => placesOf(grid, normalize(obj), () => shape_f(obj), shift, FLAT),
    ascell: (location: Value, colour: Value) => FLAT.cell(colour, item(location, 0), item(location, 1)),
    astriple: (i: Value, j: Value, colour: Value) => FLAT.cell(colour, i, j),
    toij: (cell: Value) => tuple([item(cell, 0), item(cell, 1)]),
    celltuple: (locations: Value, colours: Value) =>
      tuple(zip(locations, colours).map(([location, colour]) => FLAT.cell(colour, ...unpackTwo(location)))),
  }),
};
