// No function of the S/I/C dialect raises, whatever it is given; nor does it matter how its arguments are represented.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../../scripts/conformance/decode.ts';
import { sicNames } from '../../../src/dsl/sic/names.ts';
import { PyError, Stop } from '../../../src/value/errors.ts';
import { meter } from '../../../src/value/meter.ts';
import { packSet, setOf } from '../../../src/value/set.ts';
import { callAll, Fn, Grid, ListTuple, type Tuple, type Value } from '../../../src/value/value.ts';

const names = sicNames();
const functions = [...names.values()].filter((value) => value instanceof Fn);
const RAISING = new Fn(1, () => {
  throw new PyError('TypeError');
});

const int = fc.integer({ min: -3, max: 12 });
const location = fc.tuple(int, int).map((pair): Value => new ListTuple(pair));
const cell = fc.tuple(int, int, fc.nat(9)).map((triple): Value => new ListTuple(triple));
const grid = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([height, width]) =>
    fc
      .array(fc.nat(9), { minLength: height * width, maxLength: height * width })
      .map((cells): Value => new Grid(height, width, cells)),
  );
const indices = fc.array(location, { maxLength: 8 }).map((items): Value => packSet(setOf(items)));
const object = fc.array(cell, { maxLength: 8 }).map((items): Value => setOf(items));
const atom = fc.constantFrom<Value>(
  null,
  true,
  false,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2 ** 53 - 1,
  2n ** 70n,
  new ListTuple([]),
  setOf([]),
  RAISING,
);
const junk: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.oneof(int, atom, location, cell, grid, indices, object, fc.constantFrom<Value>(...functions)),
    fc.array(tie('value'), { maxLength: 4 }).map((items): Value => new ListTuple(items)),
    fc.array(tie('value'), { maxLength: 4 }).map((items): Value => setOf(items)),
  ),
})).value;

/** The result as text, or the verdict of a stop; a PyError goes on. */
function outcome(f: Value, args: readonly Value[]): string {
  meter.start(200_000, Number.POSITIVE_INFINITY);
  try {
    const result = callAll(f, args);
    expect(meter.depth).toBe(0);
    const text = encode(result);
    expect(text).not.toContain('undefined');
    return text;
  } catch (error) {
    if (error instanceof Stop) return error.verdict;
    throw error;
  }
}

test.each(functions.map((f): [string, Fn] => [f.name!, f]))('%s takes any arguments', (_, f) => {
  const args = fc.array(junk, { minLength: f.arity, maxLength: f.arity });
  fc.assert(
    fc.property(args, (list) => {
      outcome(f, list);
    }),
    { numRuns: 40 },
  );
});

/** A value in both representations; sets are built by the same insertions. */
type Both = readonly [generic: Value, packed: Value];

test('results do not depend on the representation of arguments', () => {
  const grids = grid.map((packed): Both => {
    const rows = (packed as Tuple).items().map((row): Value => new ListTuple((row as Tuple).items()));
    return [new ListTuple(rows), packed];
  });
  const patches = fc.array(location, { maxLength: 8 }).map((items): Both => [setOf(items), packSet(setOf(items))]);
  const single = fc.oneof(grids, patches);
  const several = fc
    .array(single, { maxLength: 4 })
    .map((items): Both => [new ListTuple(items.map(([v]) => v)), new ListTuple(items.map(([, v]) => v))]);
  const others = fc.oneof(object, int, location, fc.constantFrom<Value>(...functions)).map((v): Both => [v, v]);
  const call = fc
    .constantFrom(...functions)
    .chain((f) =>
      fc.tuple(fc.constant(f), fc.array(fc.oneof(single, several, others), { minLength: f.arity, maxLength: f.arity })),
    );
  fc.assert(
    fc.property(call, ([f, args]) => {
      const plain = args.map(([generic]) => generic);
      const packed = args.map(([, v]) => v);
      expect(outcome(f, packed)).toBe(outcome(f, plain));
    }),
    { numRuns: 4000 },
  );
});
