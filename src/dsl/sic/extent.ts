// Size, sides, corners and centre of grids (`_t`) and patches in the S/I/C dialect. Source:
// docs/spec/dialect.md 4.1, 4.2, 5.
import { equal } from '../../value/equal.ts';
import { item, lengthOf, less, minus, over, plus, times, truthy, tuple } from '../../value/protocol.ts';
import { copyOf, setOf } from '../../value/set.ts';
import { EMPTY_TUPLE, type Value } from '../../value/value.ts';
import { type Corner, cornerOf, meanOf, outermost, type Side } from '../bounds.ts';
import type { Theme } from '../table.ts';
import { type Kind, LOCATIONS, toindices } from './indices.ts';
import { type Unary, wrap, wrapAll } from './wrap.ts';

const KINDS: readonly Kind[] = ['f', 'i', 'o'];

/** Functions of the three kinds: `name` of any patch, `name_i`, `name_o`. */
function ofKinds<K extends string>(
  names: Readonly<Record<K, string>>,
  body: (kind: Kind, which: K) => Unary,
  suffixes: Readonly<Record<Kind, string>> = { f: '', i: '_i', o: '_o' },
): { theme: Theme; of: Readonly<Record<Kind, Readonly<Record<K, Unary>>>> } {
  const theme: Record<string, Unary> = {};
  const named = Object.entries(names) as [K, string][];
  const ofKind = (kind: Kind) =>
    Object.fromEntries(
      named.map(([which, stem]) => {
        const name = stem + suffixes[kind];
        theme[name] = wrap(name, body(kind, which));
        return [which, theme[name]];
      }),
    );
  const of = Object.fromEntries(KINDS.map((kind) => [kind, ofKind(kind)]));
  return { theme, of: of as Record<Kind, Record<K, Unary>> };
}

/** The outermost coordinate on a side: nan when the patch is empty, but for the right side of `_i` and `_o`. */
const sides = ofKinds<Side>(
  { top: 'uppermost', bottom: 'lowermost', left: 'leftmost', right: 'rightmost' },
  (kind, side) => {
    const locations = LOCATIONS[kind];
    if (side === 'right' && kind !== 'f') return (patch) => outermost(locations(patch), side);
    return (patch) => (truthy(patch) ? outermost(locations(patch), side) : Number.NaN);
  },
);
export const SIDES: Readonly<Record<Kind, Readonly<Record<Side, Unary>>>> = sides.of;

/** 0 when the patch is empty. Sides that fail count as 0, so that junk measures 1. */
const lengths = ofKinds(
  { height: 'height', width: 'width' },
  (kind, which) => {
    const { top, bottom, left, right } = SIDES[kind];
    const [from, to] = which === 'height' ? [top, bottom] : [left, right];
    return (patch) => (lengthOf(patch) === 0 ? 0 : plus(minus(to(patch), from(patch)), 1));
  },
  { f: '_f', i: '_i', o: '_o' },
);
export const LENGTHS: Readonly<Record<Kind, Readonly<Record<'height' | 'width', Unary>>>> = lengths.of;

const corners = ofKinds<Corner>(
  { ul: 'ulcorner', ur: 'urcorner', ll: 'llcorner', lr: 'lrcorner' },
  (kind, corner) => (patch) => cornerOf(LOCATIONS[kind](patch), corner),
);
export const CORNERS: Readonly<Record<Kind, Readonly<Record<Corner, Unary>>>> = corners.of;

const height_t: Unary = wrap('height_t', lengthOf);
const width_t: Unary = wrap('width_t', (grid) => lengthOf(item(grid, 0)));

export const shape_f: Unary = wrap('shape_f', (patch) => {
  const { height, width } = LENGTHS.f;
  return tuple([height(patch), width(patch)]);
});

export const center: Unary = wrap('center', (patch) => {
  if (!truthy(patch)) return EMPTY_TUPLE;
  const row = plus(SIDES.f.top(patch), over(LENGTHS.f.height(patch), 2));
  return tuple([row, plus(SIDES.f.left(patch), over(LENGTHS.f.width(patch), 2))]);
});

/** As many items as the longer side has, and one on the other. */
function isLine(long: Unary, short: Unary): Unary {
  return (patch) => equal(long(patch), lengthOf(patch)) && equal(short(patch), 1);
}

function square_f(patch: Value): Value {
  const rows = LENGTHS.f.height(patch);
  const columns = LENGTHS.f.width(patch);
  return equal(rows, columns) && equal(times(rows, columns), lengthOf(patch));
}

/** The function that a small number picks. */
function choice(functions: readonly Unary[], k: Value): Unary | undefined {
  return functions.find((_, place) => equal(k, place));
}

function col_row(patch: Value, k: Value): Value {
  const { top, bottom, left, right } = SIDES.f;
  const f = choice([bottom, top, left, right], k);
  return f === undefined ? null : f(patch);
}

function corner(patch: Value, k: Value): Value {
  const { ul, ur, ll, lr } = CORNERS.f;
  return (choice([ul, ur, ll, lr], k) ?? ul)(patch);
}

function allCorners(patch: Value): Value {
  const { ul, ur, ll, lr } = CORNERS.f;
  return copyOf(setOf([ul(patch), ur(patch), ll(patch), lr(patch)]));
}

export const SIC_EXTENT: Theme = {
  ...sides.theme,
  ...lengths.theme,
  ...corners.theme,
  height_t,
  width_t,
  shape_f,
  center,
  ...wrapAll({
    shape_t: (grid: Value) => tuple([height_t(grid), width_t(grid)]),
    portrait_t: (grid: Value) => less(width_t(grid), height_t(grid)),
    portrait_f: (patch: Value) => less(LENGTHS.f.width(patch), LENGTHS.f.height(patch)),
    square_t: (grid: Value) => equal(lengthOf(grid), lengthOf(item(grid, 0))),
    square_f,
    hline_i: isLine(LENGTHS.i.width, LENGTHS.i.height),
    hline_o: isLine(LENGTHS.o.width, LENGTHS.o.height),
    vline_i: isLine(LENGTHS.i.height, LENGTHS.i.width),
    vline_o: isLine(LENGTHS.o.height, LENGTHS.o.width),
    corners: allCorners,
    centerofmass: (patch: Value) => meanOf(toindices(patch), lengthOf(patch)),
    col_row,
    corner,
  }),
};
