// Colours in the S/I/C dialect: `_t` of grids, `_f` of objects. Source: docs/spec/dialect.md 4.1, 4.2, 5.
import { equal } from '../../value/equal.ts';
import { VALUE_ERROR } from '../../value/errors.ts';
import { item, iterate, lengthOf, tuple } from '../../value/protocol.ts';
import { setOf } from '../../value/set.ts';
import { Tuple, type Value } from '../../value/value.ts';
import { countInRows, valuesOfRows } from '../colours.ts';
import { byFrequency } from '../containers.ts';
import type { Theme } from '../table.ts';
import { unpackThree } from './layout.ts';
import { type Unary, wrap, wrapAll } from './wrap.ts';

/** The colours of an object's cells in iteration order. */
export function coloursOf(obj: Value): readonly Value[] {
  return iterate(obj).map((cell) => unpackThree(cell)[2]);
}

/** nan when there are no values. */
function common(values: readonly Value[], sign: 1 | -1): Value {
  return values.length === 0 ? Number.NaN : byFrequency(values, sign);
}

export const mostcolor_t: Unary = wrap('mostcolor_t', (grid) => common(valuesOfRows(grid), 1));
export const palette_t: Unary = wrap('palette_t', (grid) => setOf(valuesOfRows(grid)));
const palette_f: Unary = wrap('palette_f', (obj) => setOf(coloursOf(obj)));

/** -inf where there is no cell to look at. */
function color(obj: Value): Value {
  const cell = iterate(obj)[0];
  return cell instanceof Tuple ? item(cell, 2) : Number.NEGATIVE_INFINITY;
}

/** The members whose first cell has the colour. */
function ofColour(objs: Value, value: Value): readonly Value[] {
  return iterate(objs).filter((obj) => {
    const cells = iterate(obj);
    if (cells.length === 0) throw VALUE_ERROR;
    return equal(item(cells[0]!, 2), value);
  });
}

export const SIC_COLOURS: Theme = {
  mostcolor_t,
  palette_t,
  palette_f,
  ...wrapAll({
    mostcolor_f: (obj: Value) => common(coloursOf(obj), 1),
    leastcolor_t: (grid: Value) => common(valuesOfRows(grid), -1),
    leastcolor_f: (obj: Value) => common(coloursOf(obj), -1),
    colorcount_t: countInRows,
    colorcount_f: (obj: Value, value: Value) => coloursOf(obj).filter((colour) => equal(colour, value)).length,
    numcolors_t: (grid: Value) => lengthOf(palette_t(grid)),
    numcolors_f: (obj: Value) => lengthOf(palette_f(obj)),
    p_g: (grid: Value) => tuple(setOf(valuesOfRows(grid)).items()),
    p_o: (obj: Value) => tuple(setOf(coloursOf(obj)).items()),
    p_f: (obj: Value) => setOf(coloursOf(obj)),
    color,
    colorfilter: (objs: Value, value: Value) => setOf(ofColour(objs, value)),
    colorfilter_t: (objs: Value, value: Value) => tuple(ofColour(objs, value)),
  }),
};
