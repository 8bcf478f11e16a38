// Patches at the borders of what ids can stand for: there the fast ways hand over to the plain ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import { HIGHEST_COLUMN, HIGHEST_ROW, LOW } from '../../src/value/ids.ts';
import { packSet, setOf } from '../../src/value/set.ts';
import { callAll, type FrozenSet, type Value } from '../../src/value/value.ts';
import { outcome, t } from './values.ts';

const FAST = dslNames();
const PLAIN = plainNames();

const OF_A_PATCH = (
  'toindices normalize backdrop delta box outbox inbox hmirror vmirror dmirror cmirror height width shape square portrait ' +
  'ulcorner urcorner llcorner lrcorner corners center centerofmass uppermost lowermost leftmost rightmost vline hline'
).split(' ');
const OF_AN_OBJECT = [...OF_A_PATCH, 'hperiod', 'vperiod', 'palette', 'mostcolor'];
const OF_TWO_PATCHES =
  'combine intersection difference hmatching vmatching adjacent manhattan position gravitate'.split(' ');
const OF_A_LOCATION = ['dneighbors', 'ineighbors', 'neighbors', 'hfrontier', 'vfrontier'];
const OF_TWO_LOCATIONS = ['connect', 'shoot'];

const near = (...borders: number[]): fc.Arbitrary<number> =>
  fc.tuple(fc.constantFrom(...borders), fc.integer({ min: -2, max: 2 })).map(([border, by]) => border + by);
const location = fc.tuple(near(LOW, 0, HIGHEST_COLUMN, HIGHEST_ROW), near(LOW, 0, HIGHEST_COLUMN));
const offset = fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }));
/** Locations around one, with a colour each. */
const spots = fc
  .tuple(location, fc.array(fc.tuple(offset, fc.nat(9)), { minLength: 1, maxLength: 8 }))
  .map(([[row, column], steps]) => steps.map(([[i, j], colour]) => ({ row: row + i, column: column + j, colour })));
type Spots = readonly { readonly row: number; readonly column: number; readonly colour: number }[];

const patchOf = (places: Spots): FrozenSet => setOf(places.map(({ row, column }) => t(row, column)));
const objectOf = (places: Spots): FrozenSet =>
  setOf(places.map(({ row, column, colour }) => t(colour, t(row, column))));

/** Calls a function the fast way with packed sets, and the plain way with sets of tuples. */
function holds(name: string, ...args: Value[]): void {
  const packed = args.map((arg) => (typeof arg === 'object' && arg !== null && 'elements' in arg ? packSet(arg) : arg));
  const fast = outcome(() => callAll(FAST.get(name)!, packed));
  expect(fast, name).toBe(outcome(() => callAll(PLAIN.get(name)!, args)));
}

test('the fast ways come to what the plain ones come to', () => {
  fc.assert(
    fc.property(spots, spots, location, location, offset, (a, b, [row, column], [toRow, toColumn], [down, right]) => {
      for (const name of OF_A_PATCH) holds(name, patchOf(a));
      for (const name of OF_AN_OBJECT) holds(name, objectOf(a));
      for (const name of OF_TWO_PATCHES) {
        holds(name, patchOf(a), patchOf(b));
        holds(name, objectOf(a), objectOf(b));
      }
      for (const name of OF_A_LOCATION) holds(name, t(row, column));
      for (const name of OF_TWO_LOCATIONS) holds(name, t(row, column), t(toRow, toColumn));
      holds('shoot', t(row, column), t(Math.sign(down), Math.sign(right)));
      for (let by = -6; by <= 6; by++) {
        holds('shift', patchOf(a), t(by, right));
        holds('shift', objectOf(a), t(down, by));
      }
      holds('recolor', 3, patchOf(a));
      holds('upscale', objectOf(a), 3);
    }),
    { numRuns: 150 },
  );
});
