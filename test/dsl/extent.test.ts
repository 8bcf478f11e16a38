// docs/spec/dsl.md 3.5: extents, corners, relations, periods.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXTENT } from '../../src/dsl/extent.ts';
import type { Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

const call = caller(EXTENT);
const cell = (colour: Value, row: Value, column: Value): Value => t(colour, t(row, column));
const far = 2n ** 60n;

describe('extents', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['height', [s()], '0'],
      ['height', [t(t())], '1'],
      ['width', [t(1)], 'TypeError'],
      ['width', [s(t(0, far), t(0, -far))], String(2n ** 61n + 1n)],
      ['shape', [s(cell(1, 2, 3), cell(1, 4, 3))], '{"t":[3,1]}'],
      // a tuple of cells is measured as a grid
      ['shape', [t(cell(1, 0, 0), cell(1, 0, 1), cell(1, 0, 2))], '{"t":[3,2]}'],
      ['portrait', [g('1', '2')], 'true'],
      ['portrait', [5], 'TypeError'],
      // two colours on one location are two items
      ['square', [s(cell(1, 0, 0), cell(2, 0, 0))], 'false'],
      ['square', [s(cell(1, 0, 0), cell(2, 0, 0), cell(1, 1, 1), cell(2, 1, 1))], 'true'],
      ['square', [s()], 'true'],
      ['square', [t()], 'IndexError'],
      ['hline', [g('111')], 'false'],
      ['vline', [g('1', '2', '3')], 'true'],
      // the width is not looked at when the height differs from the item count
      ['vline', [s(t(0, 1), t(5, null))], 'false'],
      ['vline', [s(t(0, 1), t(1, null))], 'TypeError'],
      ['uppermost', [s()], 'ValueError'],
      ['uppermost', [s(t(1, 2, 3))], 'ValueError'],
      ['leftmost', [t(t(0, true), t(0, 1))], 'true'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('a comparison that fails comes before the unpacking of the next location', () => {
    expect(call('uppermost', t(t(0, 0), t(null, 0), t(1)))).toBe('TypeError');
    expect(call('uppermost', t(t(0, 0), t(1), t(null, 0)))).toBe('ValueError');
  });
});

describe('corners and centres', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['ulcorner', [s()], '{"t":[]}'],
      ['ulcorner', [t(t(3, 4, 5), t(1, 2, 3))], '{"t":[1,2,3]}'],
      ['ulcorner', [t(t(3, 4, 5), t(1, 2))], '{"t":[1,2]}'],
      ['urcorner', [t(t(3, 4, 5))], 'KeyError'],
      ['urcorner', [t(t(3, 4, 5), t(1, 2))], '{"t":[1,4]}'],
      ['llcorner', [t(t(3, 4), t(1, 2))], '{"t":[3,2]}'],
      ['lrcorner', [t(t(0, 1), s(7, 9))], '{"t":[9,7]}'],
      ['corners', [s()], '{"s":[{"t":[]}]}'],
      ['center', [s()], 'ValueError'],
      ['center', [s(t(0, 0), t(3, 3))], '{"t":[2,2]}'],
      ['center', [t(t(0, 0), t(0, 9), t(0, 3))], '{"t":[1,1]}'],
      ['centerofmass', [s(t(0, 0), t(-1, -3))], '{"t":[-1,-2]}'],
      ['centerofmass', [s(cell(1, 3, 3), cell(2, 3, 3), cell(1, 0, 0))], '{"t":[1,1]}'],
      ['centerofmass', [s(cell(1, 4, 4), cell(2, 4, 4))], '{"t":[2,2]}'],
      ['centerofmass', [t()], '{"t":[]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

describe('relations', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['hmatching', [s(), s(t(0, 0))], 'false'],
      ['hmatching', [s(), null], 'TypeError'],
      ['vmatching', [s(t(0, true)), s(t(5, 1))], 'true'],
      // the inner container is not touched when the outer one is empty
      ['manhattan', [s(), null], 'ValueError'],
      ['manhattan', [s(t(1, 2, 3)), null], 'ValueError'],
      ['manhattan', [s(t(1, 1)), null], 'TypeError'],
      ['manhattan', [s(t(0, 0), t(9, 9)), s(t(7, 6))], '5'],
      ['adjacent', [s(t(0, 0)), s(t(0, 0))], 'false'],
      ['adjacent', [s(t(0, 0)), s(t(0, 1), t(9, 9))], 'true'],
      ['bordering', [s(t(0, 5)), null], 'true'],
      ['bordering', [s(t(5, 0)), null], 'true'],
      ['bordering', [s(t(5, 5)), null], 'TypeError'],
      ['bordering', [s(t(1, 1)), t(1, 2)], 'true'],
      ['bordering', [s(t(1, 1)), t(1, 2, 3)], 'TypeError'],
      ['bordering', [s(t(9, 9)), g('00', '00')], 'false'],
      ['position', [s(t(1, 1)), s(t(1, 1))], '{"t":[0,-1]}'],
      ['position', [s(t(1, 1)), s(t(1, 4))], '{"t":[0,1]}'],
      ['position', [s(t(1, 1)), s(t(5, 1))], '{"t":[1,0]}'],
      ['position', [s(t(5, 1)), s(t(1, 4))], '{"t":[-1,1]}'],
      ['gravitate', [s(t(0, 0)), s(t(0, 1))], '{"t":[0,0]}'],
      ['gravitate', [s(t(0, 0)), s(t(5, 0))], '{"t":[4,0]}'],
      ['gravitate', [s(t(5, 0)), s(t(0, 0))], '{"t":[-4,0]}'],
      ['gravitate', [s(t(0, 5)), s(t(3, 0))], '{"t":[0,-42]}'],
      ['gravitate', [s(), s(t(0, 0))], 'ValueError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

describe('periods', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['hperiod', [s()], '0'],
      ['hperiod', [t()], '0'],
      ['hperiod', [s(cell(1, 0, 5), cell(2, 0, 6), cell(1, 0, 7), cell(2, 0, 8))], '2'],
      ['hperiod', [s(cell(1, 0, 5), cell(2, 0, 6), cell(1, 0, 7), cell(3, 0, 8))], '4'],
      // a missing cell breaks a period; what is dropped at the edge does not
      ['hperiod', [s(cell(1, 0, 0), cell(1, 0, 2))], '2'],
      ['hperiod', [s(cell(1, 0, 0), cell(1, 0, 1), cell(1, 0, 3))], '2'],
      ['vperiod', [s(cell(true, 5, 0), cell(1, 6, 0))], '1'],
      // locations are only split into colour and location when a period is tried
      ['hperiod', [s(t(0, 0), t(1, 0))], '1'],
      ['hperiod', [s(t(0, 0), t(0, 1))], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

test('manhattan is symmetric', () => {
  const locations = fc
    .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
      minLength: 1,
      maxLength: 8,
    })
    .map((pairs) => s(...pairs.map(([row, column]) => t(row, column))));
  fc.assert(
    fc.property(locations, locations, (a, b) => {
      expect(call('manhattan', a, b)).toBe(call('manhattan', b, a));
    }),
  );
});
