// The locations of patches, and patches moved, in the S/I/C dialect. `_i` functions take locations, `_o` ones cells; the
// others look at the first item. Source: docs/spec/dialect.md 1, 4.1, 5.
import { EMPTY_SET } from '../../value/patch.ts';
import { iterate, lengthOf, plus, tuple, unpackTwo } from '../../value/protocol.ts';
import { setOf } from '../../value/set.ts';
import { FrozenSet, Tuple, type Value } from '../../value/value.ts';
import { withLocations } from '../indices.ts';
import { FLAT, unpackThree } from './layout.ts';
import { type Binary, type Unary, wrap } from './wrap.ts';

function isSized(v: Value | undefined): v is Tuple | FrozenSet {
  return v instanceof Tuple || v instanceof FrozenSet;
}

function locationsOf(obj: Value): Value {
  return setOf(
    iterate(obj).map((cell) => {
      const [row, column] = unpackThree(cell);
      return tuple([row, column]);
    }),
  );
}

/** The empty set where there is nothing that could be a location or a cell. */
function locationsOfPatch(patch: Value): Value {
  if (!isSized(patch)) return EMPTY_SET;
  const first = iterate(patch)[0];
  if (!isSized(first)) return EMPTY_SET;
  return FLAT.isCell(first) ? locationsOf(patch) : patch;
}

function moved(patch: Value, directions: Value): Value {
  if (directions instanceof Tuple && directions.length === 0) return patch;
  if (lengthOf(patch) === 0) return EMPTY_SET;
  const [down, right] = unpackTwo(directions);
  return withLocations(patch, (row, column) => [plus(row, down), plus(column, right)], FLAT);
}

export const toindices: Unary = wrap('toindices', locationsOfPatch);
export const toindices_i: Unary = wrap('toindices_i', (indices) => indices);
export const toindices_o: Unary = wrap('toindices_o', locationsOf);
export const shift: Binary = wrap('shift', moved);

/** The three kinds of patch that functions come in: any, locations, cells. */
export type Kind = 'f' | 'i' | 'o';

/** The locations of each. */
export const LOCATIONS: Readonly<Record<Kind, Unary>> = { f: toindices, i: toindices_i, o: toindices_o };
