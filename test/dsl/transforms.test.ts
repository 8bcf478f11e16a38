// docs/spec/dsl.md 3.8: grid transforms.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { functionsOf } from '../../src/dsl/table.ts';
import { TRANSFORMS } from '../../src/dsl/transforms.ts';
import { equal } from '../../src/value/equal.ts';
import { BUDGET_STOP } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import { callAll, type Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

beforeEach(() => meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY));

const call = caller(TRANSFORMS);
const names = functionsOf([TRANSFORMS]);
const value = (name: string, ...args: Value[]): Value => callAll(names.get(name)!, args);
const cell = (colour: Value, row: Value, column: Value): Value => t(colour, t(row, column));

describe('turns and mirrors', () => {
  const ragged = t(t(1, 2, 3), t(4, 5));
  test.each(
    titled<[string, Value[], string]>([
      ['rot90', [g('12', '34')], '{"g":["31","42"]}'],
      ['rot270', [g('12', '34')], '{"g":["24","13"]}'],
      ['rot180', [g('12', '34')], '{"g":["43","21"]}'],
      ['rot90', [s()], 'TypeError'],
      ['rot180', [s()], 'TypeError'],
      ['rot270', [s()], 'TypeError'],
      ['rot90', [t(t(), t())], '{"t":[]}'],
      ['rot90', [ragged], '{"g":["41","52"]}'],
      ['rot270', [ragged], '{"g":["25","14"]}'],
      ['dmirror', [ragged], '{"g":["14","25"]}'],
      ['cmirror', [ragged], '{"g":["53","42"]}'],
      ['rot180', [t(1)], 'TypeError'],
      ['hmirror', [t(1, 2)], '{"t":[2,1]}'],
      ['vmirror', [t(1, 2)], 'TypeError'],
      ['hmirror', [s()], 'IndexError'],
      ['vmirror', [s()], 'IndexError'],
      ['dmirror', [s()], 'ValueError'],
      ['cmirror', [s()], 'IndexError'],
      ['hmirror', [s(cell(7, 2, 5), cell(8, 6, 5))], '{"s":[{"t":[7,{"t":[6,5]}]},{"t":[8,{"t":[2,5]}]}]}'],
      ['dmirror', [s(t(2, 5))], '{"s":[{"t":[2,5]}]}'],
      ['dmirror', [t()], '{"t":[]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

describe('cutting and joining', () => {
  const grid = g('123', '456', '789');
  test.each(
    titled<[string, Value[], string]>([
      ['tophalf', [grid], '{"g":["123"]}'],
      ['bottomhalf', [grid], '{"g":["789"]}'],
      ['lefthalf', [grid], '{"g":["1","4","7"]}'],
      ['righthalf', [grid], '{"g":["3","6","9"]}'],
      ['lefthalf', [g('1', '2')], '{"t":[]}'],
      ['tophalf', [s()], 'TypeError'],
      ['trim', [grid], '{"g":["5"]}'],
      ['trim', [g('12')], '{"t":[]}'],
      ['crop', [grid, t(1, 1), t(5, 5)], '{"g":["56","89"]}'],
      ['crop', [grid, t(-2, -2), t(1, 1)], '{"g":["5"]}'],
      ['crop', [grid, t(-1, 0), t(2, 2)], '{"t":[]}'],
      // the columns are only looked at when there is a row
      ['crop', [grid, t(9), t(1)], '{"t":[]}'],
      ['crop', [grid, t(0), t(1)], 'IndexError'],
      ['crop', [null, t(), t()], 'IndexError'],
      ['crop', [grid, s(0, 1), t(1, 1)], 'TypeError'],
      ['subgrid', [s(), grid], 'IndexError'],
      ['subgrid', [s(t(1, 0), t(2, 1)), grid], '{"g":["45","78"]}'],
      ['hconcat', [t(1, 2), t(3)], '{"t":[4]}'],
      ['hconcat', [g('1', '2'), g('3')], '{"g":["13"]}'],
      ['vconcat', [1, true], '2'],
      ['hsplit', [g('12345'), 2], '{"t":[{"g":["12"]},{"g":["45"]}]}'],
      [
        'hsplit',
        [g('123456', '123456'), 4],
        '{"t":[{"g":["1","1"]},{"g":["3","3"]},{"g":["5","5"]},{"t":[{"t":[]},{"t":[]}]}]}',
      ],
      ['hsplit', [t(), 0], 'IndexError'],
      ['vsplit', [t(), 0], 'ZeroDivisionError'],
      ['vsplit', [t(), 1], 'IndexError'],
      ['vsplit', [t(), null], 'TypeError'],
      ['hsplit', [grid, -1], '{"t":[]}'],
      ['vsplit', [grid, 2], '{"t":[{"g":["123"]},{"g":["789"]}]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

describe('scaling', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['hupscale', [g('12'), 2], '{"g":["1122"]}'],
      ['hupscale', [g('12'), -1], '{"t":[{"t":[]}]}'],
      // a factor is only looked at when there is something to repeat
      ['hupscale', [t(t()), null], '{"t":[{"t":[]}]}'],
      ['vupscale', [t(), null], '{"t":[]}'],
      ['vupscale', [t(1), true], '{"t":[1]}'],
      ['upscale', [t(t()), null], 'TypeError'],
      ['upscale', [t(1), 0], 'TypeError'],
      ['upscale', [g('12'), 0], '{"t":[]}'],
      ['upscale', [g('12'), 2], '{"g":["1122","1122"]}'],
      ['upscale', [s(cell(4, 3, 3)), 1], '{"s":[{"t":[4,{"t":[3,3]}]}]}'],
      ['upscale', [s(cell(4, 3, 3)), 0], '{"s":[]}'],
      ['upscale', [s(t(3, 3)), 0], 'TypeError'],
      ['upscale', [s(), null], '{"s":[]}'],
      ['downscale', [g('1234', '5678', '9012'), 2], '{"g":["13","91"]}'],
      ['downscale', [g('12'), -2], '{"g":["1"]}'],
      ['downscale', [g('12'), 0], 'ZeroDivisionError'],
      ['downscale', [t(), 0], 'IndexError'],
      // also the rows that are dropped are read
      ['downscale', [t(t(1, 2, 3), t(1)), 2], 'IndexError'],
      ['downscale', [t(t(1, 2, 3), s()), 2], 'TypeError'],
      ['compress', [g('111', '121', '131')], '{"g":["2","3"]}'],
      ['compress', [g('11')], '{"t":[]}'],
      ['compress', [s()], 'ValueError'],
      ['compress', [s(t(1, 1), t(1, 2), t(2, 4))], '{"g":["2","4"]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

describe('values', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['canvas', [7, t(2, 1)], '{"g":["7","7"]}'],
      ['canvas', [7, t(2, -1)], '{"t":[{"t":[]},{"t":[]}]}'],
      ['canvas', [7, t(0)], '{"t":[]}'],
      ['canvas', [7, t(1)], 'IndexError'],
      ['canvas', [7, s(1, 2)], 'TypeError'],
      ['replace', [t(t(true, 0)), 1, 5], '{"g":["50"]}'],
      ['switch', [t(t(1, 2, 3)), 1, 2], '{"g":["213"]}'],
      ['switch', [t(t(1)), true, 1], '{"t":[{"t":[true]}]}'],
      ['cellwise', [t(t(1, 2)), t(t(true, 3, 4), 9), 0], '{"g":["10"]}'],
      ['cellwise', [t(t(1, 2)), t(t(1)), 0], 'IndexError'],
      ['cellwise', [t(t()), null, 0], '{"t":[{"t":[]}]}'],
      ['index', [g('12'), t(0, 1)], '2'],
      ['index', [g('12'), t(0, -1)], 'null'],
      ['index', [t(), t(5)], 'ValueError'],
      ['index', [t(), t(5, 5)], 'IndexError'],
      ['index', [g('12', '34'), s(0, 1)], 'TypeError'],
      ['index', [g('12'), s(0, 7)], 'null'],
      ['index', [t(t(1, 2), t(1)), t(1, 1)], 'IndexError'],
      ['index', [g('12'), t(3, null)], 'null'],
      ['index', [g('12'), t(0, null)], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

test.each<[string, Value[]]>([
  ['canvas', [0, t(10 ** 6, 10 ** 6)]],
  ['canvas', [0, t(2n ** 80n, 0)]],
  ['upscale', [g('1'), 2n ** 80n]],
  ['upscale', [s(cell(1, 0, 0)), 10 ** 6]],
  ['hupscale', [g('1'), 10 ** 12]],
  ['vupscale', [g('1'), 10 ** 12]],
  ['hsplit', [g('1'), 10 ** 12]],
  ['vsplit', [g('1'), 2n ** 80n]],
])('%s stops before it builds something huge', (name, args) => {
  meter.start(10_000, Number.POSITIVE_INFINITY);
  expect(() => value(name, ...args)).toThrow(BUDGET_STOP as never);
});

describe('any grid', () => {
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
    .chain(([height, width]) => {
      const row = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width });
      return fc.array(row, { minLength: height, maxLength: height });
    })
    .map((rows) => t(...rows.map((row) => t(...row))));
  const through = (grid: Value, ...steps: string[]): Value => steps.reduce((v, name) => value(name, v), grid);

  test.each([
    ['rot90', 'rot90', 'rot90', 'rot90'],
    ['rot90', 'rot270'],
    ['rot180', 'rot90', 'rot90'],
    ['hmirror', 'hmirror'],
    ['vmirror', 'vmirror'],
    ['dmirror', 'dmirror'],
    ['cmirror', 'cmirror'],
    ['hmirror', 'vmirror', 'rot180'],
    ['dmirror', 'cmirror', 'rot180'],
    ['hmirror', 'dmirror', 'rot270'],
  ])('%s, %s … is the identity', (...steps) => {
    fc.assert(
      fc.property(grids, (grid) => {
        expect(equal(through(grid, ...steps), grid)).toBe(true);
      }),
    );
  });

  test('downscale undoes upscale', () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: 1, max: 4 }), (grid, factor) => {
        expect(equal(value('downscale', value('upscale', grid, factor), factor), grid)).toBe(true);
      }),
    );
  });

  test('switch is its own inverse', () => {
    const colour = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(grids, colour, colour, (grid, a, b) => {
        expect(equal(value('switch', value('switch', grid, a, b), a, b), grid)).toBe(true);
      }),
    );
  });
});
