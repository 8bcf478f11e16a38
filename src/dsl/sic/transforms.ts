// Cutting up, joining, scaling and recolouring grids in the S/I/C dialect. Source: docs/spec/dialect.md 4.1, 5.
import { equal } from '../../value/equal.ts';
import { EMPTY_SET } from '../../value/patch.ts';
import { item, iterate, lengthOf, less, plus, tuple, unpackTwo } from '../../value/protocol.ts';
import { EMPTY_TUPLE, type Value } from '../../value/value.ts';
import { enlarged, hupscale, vupscale, withoutUniform } from '../scaling.ts';
import { isWithin } from '../sequences.ts';
import type { Theme } from '../table.ts';
import { crop as plainCrop, splitColumns, splitRows, TRANSFORMS } from '../transforms.ts';
import { CORNERS, shape_f } from './extent.ts';
import { shift } from './indices.ts';
import { FLAT } from './layout.ts';
import { dmirror_t } from './mirrors.ts';
import { type Binary, same, wrap, wrapAll } from './wrap.ts';

/** `()` unless the rectangle starts in the grid and ends in it. */
function cropWithin(grid: Value, start: Value, dims: Value): Value {
  const sides = [lengthOf(grid), lengthOf(item(grid, 0))];
  const fits = sides.every((side, axis) => {
    const from = item(start, axis);
    return isWithin(from, side) && !less(side, plus(from, item(dims, axis)));
  });
  return fits ? plainCrop(grid, start, dims) : EMPTY_TUPLE;
}

const crop = wrap('crop', cropWithin);
const index: Binary = wrap('index', valueAt);

/** -inf outside the grid, and for the location `()`. Row 0 is looked at before the bounds are. */
function valueAt(grid: Value, location: Value): Value {
  if (equal(location, EMPTY_TUPLE)) return Number.NEGATIVE_INFINITY;
  const [row, column] = unpackTwo(location);
  const rows = lengthOf(grid);
  const columns = lengthOf(item(grid, 0));
  const inside = isWithin(row, rows) && isWithin(column, columns);
  return inside ? item(item(grid, item(location, 0)), item(location, 1)) : Number.NEGATIVE_INFINITY;
}

/** Where `b` has no such value, `index` stands in with its default. */
function cellwise(a: Value, b: Value, fallback: Value): Value {
  const columns = lengthOf(item(a, 0));
  const rowAt = (_: Value, i: number): Value =>
    tuple(
      Array.from({ length: columns }, (_, j) => {
        const value = item(item(a, i), j);
        return equal(value, index(b, tuple([i, j]))) ? value : fallback;
      }),
    );
  return tuple(iterate(a).map(rowAt));
}

function subgrid(patch: Value, grid: Value): Value {
  return lengthOf(patch) === 0 ? EMPTY_TUPLE : crop(grid, CORNERS.f.ul(patch), shape_f(patch));
}

function upscale_f(obj: Value, factor: Value): Value {
  return lengthOf(obj) === 0 ? EMPTY_SET : enlarged(obj, factor, CORNERS.f.ul(obj), shift, FLAT);
}

export const SIC_TRANSFORMS: Theme = {
  ...same(
    TRANSFORMS,
    'tophalf bottomhalf lefthalf righthalf trim hconcat vconcat hupscale vupscale downscale canvas replace switch',
  ),
  crop,
  index,
  ...wrapAll({
    subgrid,
    cellwise,
    hsplit: (grid: Value, n: Value) => splitColumns(grid, n, crop),
    vsplit: (grid: Value, n: Value) => splitRows(grid, n, crop),
    upscale_t: (grid: Value, factor: Value) => vupscale(hupscale(grid, factor), factor),
    upscale_f,
    compress: (grid: Value) => withoutUniform(grid, dmirror_t),
  }),
};
