// docs/spec/dsl.md 3.6: patches and sets of locations.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { PATCHES } from '../../src/dsl/patches.ts';
import { functionsOf } from '../../src/dsl/table.ts';
import { equal } from '../../src/value/equal.ts';
import { BUDGET_STOP } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import { callAll, type FrozenSet, type Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

beforeEach(() => meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY));

const call = caller(PATCHES);
const names = functionsOf([PATCHES]);
const value = (name: string, ...args: Value[]): Value => callAll(names.get(name)!, args);
const cell = (colour: Value, row: Value, column: Value): Value => t(colour, t(row, column));

describe('locations and cells', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['toindices', [t()], '{"s":[]}'],
      ['toindices', [s(cell(1, 2, 3))], '{"s":[{"t":[2,3]}]}'],
      ['toindices', [t(cell(1, 2, 3), cell(4, 2, 3))], '{"s":[{"t":[2,3]}]}'],
      ['toindices', [t(cell(1, 2, 3), t(4))], 'ValueError'],
      ['toindices', [t(t(1, 2), cell(4, 2, 3))], '{"t":[{"t":[1,2]},{"t":[4,{"t":[2,3]}]}]}'],
      ['toindices', [t(1)], 'TypeError'],
      ['toindices', [s(s(1, 2))], 'TypeError'],
      ['toindices', [t(t(1))], 'IndexError'],
      ['recolor', [null, t(t(1, 2))], '{"s":[{"t":[null,{"t":[1,2]}]}]}'],
      ['shift', [s(cell(true, 0, 0)), t(1, -1)], '{"s":[{"t":[true,{"t":[1,-1]}]}]}'],
      ['shift', [s(), null], '{"s":[]}'],
      ['shift', [t(1), t(1)], 'ValueError'],
      ['shift', [t(1), t(1, 1)], 'TypeError'],
      ['shift', [s(t(1, 1)), s(0, 3)], '{"s":[{"t":[1,4]}]}'],
      ['normalize', [s(cell(5, 3, -2), cell(6, 4, -1))], '{"s":[{"t":[5,{"t":[0,0]}]},{"t":[6,{"t":[1,1]}]}]}'],
      ['asindices', [t()], '{"s":[]}'],
      ['asindices', [t(t(1), 1)], '{"s":[{"t":[1,0]},{"t":[0,0]}]}'],
      ['ofcolor', [t(t(1, 0), t(0, 0, true)), 1], '{"s":[{"t":[1,2]},{"t":[0,0]}]}'],
      ['asobject', [t(t(), t(7))], '{"s":[{"t":[7,{"t":[1,0]}]}]}'],
      ['toobject', [s(t(-1, 0), t(0, 1), t(0, 2)), g('12')], '{"s":[{"t":[2,{"t":[0,1]}]}]}'],
      ['toobject', [null, t()], 'IndexError'],
      ['toobject', [s(t(1, 1)), t(t(1, 2), t(1))], 'IndexError'],
      // a location beyond the rows is skipped before its column is compared
      ['toobject', [s(t(5, null)), g('12')], '{"s":[]}'],
      ['toobject', [s(t(0, null)), g('12')], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('an argument comes back as it is', () => {
    const indices = s(t(1, 2));
    expect(value('toindices', indices)).toBe(indices);
    const empty = s();
    for (const name of ['normalize', 'box']) expect(value(name, empty)).toBe(empty);
    expect(value('shift', empty, 1)).toBe(empty);
  });
});

describe('around and along', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['dneighbors', [t(t())], 'TypeError'],
      ['dneighbors', [t(1)], 'IndexError'],
      ['dneighbors', [t()], 'IndexError'],
      ['dneighbors', [s(1, 2)], 'TypeError'],
      ['ineighbors', [t(0, 0, 7)], '{"s":[{"t":[-1,1]},{"t":[1,1]},{"t":[1,-1]},{"t":[-1,-1]}]}'],
      ['connect', [t(1, 1), t(1, 3)], '{"s":[{"t":[1,1]},{"t":[1,2]},{"t":[1,3]}]}'],
      ['connect', [t(1, 1), t(1, 1)], '{"s":[{"t":[1,1]}]}'],
      ['connect', [t(0, 0), t(1, 2)], '{"s":[]}'],
      ['connect', [t(true, 0), t(1, 0)], '{"s":[{"t":[true,0]}]}'],
      ['connect', [t(1), null], 'ValueError'],
      ['connect', [t(1, 1), t(1)], 'ValueError'],
      ['connect', [t(1, t()), t(1, t())], 'TypeError'],
      ['connect', [t(1, s()), t(1, s())], 'TypeError'],
      ['shoot', [t(3, 4), t(0, 0)], '{"s":[{"t":[3,4]}]}'],
      ['shoot', [t(3, 4, 5), t(0, 0)], 'ValueError'],
      ['shoot', [t(3, 4), t(1, 2)], '{"s":[]}'],
      ['shoot', [t(3), t(null)], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('frontiers are 30 long; a shot 43', () => {
    expect((value('hfrontier', t(99)) as FrozenSet).length).toBe(30);
    expect((value('vfrontier', t(null, 99)) as FrozenSet).length).toBe(30);
    expect(call('vfrontier', t(1))).toBe('IndexError');
    expect((value('shoot', t(0, 0), t(1, -1)) as FrozenSet).length).toBe(43);
  });
});

describe('boxes', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['backdrop', [s(t(0, 0), t(1, 1))], '{"s":[{"t":[0,1]},{"t":[1,0]},{"t":[1,1]},{"t":[0,0]}]}'],
      ['backdrop', [s(t(0, 0, 0))], 'ValueError'],
      ['delta', [s(cell(1, 0, 0), cell(1, 0, 2))], '{"s":[{"t":[0,1]}]}'],
      ['delta', [t(t(0, 0))], 'TypeError'],
      ['delta', [t()], '{"s":[]}'],
      ['box', [t(t(0, 0, 0), t(0, 0))], '{"s":[{"t":[0,0]}]}'],
      ['outbox', [t(t(0, 0, 0), t(0, 0))], 'ValueError'],
      ['inbox', [s()], 'ValueError'],
      ['outbox', [s()], 'ValueError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('inbox shrinks past itself', () => {
    expect((value('inbox', s(t(5, 5))) as FrozenSet).length).toBe(8);
    expect((value('inbox', s(t(0, 0), t(1, 1))) as FrozenSet).length).toBe(4);
    expect((value('inbox', s(t(0, 0), t(4, 4))) as FrozenSet).length).toBe(8);
  });
});

describe('occurrences', () => {
  const grid = g('120', '012');
  test.each(
    titled<[string, Value[], string]>([
      ['occurrences', [grid, s(cell(1, 9, 9), cell(2, 9, 10))], '{"s":[{"t":[1,1]},{"t":[0,0]}]}'],
      ['occurrences', [g('1'), s()], '{"s":[{"t":[0,1]},{"t":[1,0]},{"t":[1,1]},{"t":[0,0]}]}'],
      ['occurrences', [grid, s(t(0, 0))], 'TypeError'],
      ['occurrences', [grid, s(t(0, 0), t(9, 0))], '{"s":[]}'],
      ['occurrences', [t(), s(cell(1, 0, 0))], 'IndexError'],
      ['occurrences', [t(), s(t(1, 2, 3))], 'ValueError'],
      // the shape of a tuple of cells is its length and 2
      ['occurrences', [g('000'), t(cell(0, 0, 0))], '{"s":[{"t":[0,1]},{"t":[0,0]}]}'],
      // a row that is too short is only read when the cells before it agree
      ['occurrences', [t(t(1, 2), t(1)), s(cell(2, 0, 0))], 'IndexError'],
      ['occurrences', [t(t(1, 1), t(1)), s(cell(3, 0, 0), cell(1, 1, 0))], '{"s":[]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

test.each<[string, Value[]]>([
  ['connect', [t(0, 0), t(0, 10 ** 12)]],
  ['connect', [t(0, 0), t(2n ** 70n, 2n ** 70n)]],
  ['shoot', [t(0, 0), t(0, 2n ** 70n)]],
  ['backdrop', [s(t(0, 0), t(10 ** 6, 10 ** 6))]],
  ['delta', [s(t(0, 0), t(10 ** 6, 10 ** 6))]],
  ['box', [s(t(0, 0), t(10 ** 12, 0))]],
  ['outbox', [s(t(0, 0), t(10 ** 12, 0))]],
  ['inbox', [s(t(0, 0), t(10 ** 12, 0))]],
])('%s stops before it builds something huge', (name, args) => {
  meter.start(10_000, Number.POSITIVE_INFINITY);
  expect(() => value(name, ...args)).toThrow(BUDGET_STOP as never);
});

const locations = fc
  .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
    minLength: 1,
    maxLength: 30,
  })
  .map((pairs) => pairs.map(([row, column]) => t(row, column)));

test('shifted there and back, the same locations', () => {
  fc.assert(
    fc.property(locations, fc.integer({ min: -99, max: 99 }), (members, by) => {
      const there = value('shift', s(...members), t(by, -by));
      expect(equal(value('shift', there, t(-by, by)), s(...members))).toBe(true);
    }),
  );
});

test('the box of a patch is the patch and its delta; the outbox is one beyond', () => {
  const sizeOf = (name: string, patch: Value): number => (value(name, patch) as FrozenSet).length;
  fc.assert(
    fc.property(locations, (members) => {
      const patch = s(...members) as FrozenSet;
      expect(sizeOf('backdrop', patch)).toBe(patch.length + sizeOf('delta', patch));
      expect(equal(value('outbox', value('backdrop', patch)), value('outbox', patch))).toBe(true);
      expect(equal(value('inbox', value('outbox', patch)), value('box', patch))).toBe(true);
    }),
  );
});
