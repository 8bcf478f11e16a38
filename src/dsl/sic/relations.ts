// How patches lie to each other and to a grid, and the periods of objects, in the S/I/C dialect. Source:
// docs/spec/dialect.md 5.
import { equal } from '../../value/equal.ts';
import { item, lengthOf, truthy, unpackTwo } from '../../value/protocol.ts';
import { intersection } from '../../value/set.ts';
import { FrozenSet, Tuple, type Value } from '../../value/value.ts';
import { coordinateSet, fall, leastDistance, period, sideOf } from '../extent.ts';
import type { Theme } from '../table.ts';
import { center, LENGTHS, SIDES } from './extent.ts';
import { shift, toindices } from './indices.ts';
import { FLAT } from './layout.ts';
import { normalize } from './patches.ts';
import { type Binary, wrap, wrapAll } from './wrap.ts';

/** inf when one of them is empty or no container; that one has items but no location is an error. */
function nearest(a: Value, b: Value): Value {
  if (!isFilled(a) || !isFilled(b)) return Number.POSITIVE_INFINITY;
  return leastDistance(toindices(a), () => toindices(b));
}

function isFilled(patch: Value): boolean {
  return (patch instanceof Tuple || patch instanceof FrozenSet) && patch.length > 0;
}

function shareCoordinate(a: Value, b: Value, axis: 0 | 1): Value {
  return intersection(coordinateSet(toindices(a), axis), coordinateSet(toindices(b), axis)).length > 0;
}

const manhattan: Binary = wrap('manhattan', nearest);
const adjacent: Binary = wrap('adjacent', (a, b) => equal(manhattan(a, b), 1));
const vmatching: Binary = wrap('vmatching', (a, b) => shareCoordinate(a, b, 1));

const { top: uppermost, bottom: lowermost, left: leftmost, right: rightmost } = SIDES.f;

function bordering(patch: Value, grid: Value): Value {
  return (
    equal(uppermost(patch), 0) ||
    equal(leftmost(patch), 0) ||
    equal(lowermost(patch), lengthOf(grid) - 1) ||
    equal(rightmost(patch), lengthOf(item(grid, 0)) - 1)
  );
}

function position(a: Value, b: Value): Value {
  return sideOf(unpackTwo(center(toindices(a))), unpackTwo(center(toindices(b))));
}

function gravitate(source: Value, destination: Value): Value {
  if (!truthy(destination)) return source;
  return fall(source, destination, { center, vmatching, adjacent, shift });
}

function hperiod(obj: Value): Value {
  const normal = normalize(obj);
  return period(normal, LENGTHS.f.width(normal), 1, FLAT);
}

function vperiod(obj: Value): Value {
  const normal = normalize(obj);
  return period(normal, LENGTHS.f.height(normal), 0, FLAT);
}

export const SIC_RELATIONS: Theme = {
  manhattan,
  adjacent,
  vmatching,
  ...wrapAll({
    hmatching: (a: Value, b: Value) => shareCoordinate(a, b, 0),
    bordering,
    position,
    gravitate,
    hperiod,
    vperiod,
  }),
};
