// docs/spec/dsl.md 3.4: colours and counts.
import { expect, test } from 'vitest';
import { COLOURS } from '../../src/dsl/colours.ts';
import type { Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

const call = caller(COLOURS);
const cell = (colour: Value, row: number, column: number): Value => t(colour, t(row, column));

test.each(
  titled<[string, Value[], string]>([
    ['mostcolor', [g('112', '333')], '3'],
    ['mostcolor', [g('80', '08')], '8'],
    ['mostcolor', [g('08', '08')], '0'],
    ['leastcolor', [g('112', '333')], '2'],
    ['mostcolor', [s(cell(5, 0, 0), cell(5, 0, 1), cell(6, 0, 0))], '5'],
    ['mostcolor', [t()], 'ValueError'],
    ['mostcolor', [t(t())], 'ValueError'],
    ['leastcolor', [s()], 'ValueError'],
    ['mostcolor', [t(1)], 'TypeError'],
    ['mostcolor', [s(t(1, 2, 3))], 'ValueError'],
    ['mostcolor', [s(1)], 'TypeError'],
    ['mostcolor', [1], 'TypeError'],
    ['mostcolor', [t(cell(5, 0, 0), cell(5, 0, 1))], '5'],
    ['mostcolor', [t(t(true, 1, 2))], 'true'],
    ['colorcount', [t(t(1, true), t(0, 1, 1)), true], '4'],
    ['colorcount', [s(cell(5, 0, 0), cell(6, 0, 1)), 5], '1'],
    ['colorcount', [t(1), 1], 'AttributeError'],
    ['colorcount', [t(s(1)), 1], 'AttributeError'],
    ['colorcount', [s(t(1)), 1], 'ValueError'],
    ['colorcount', [t(), 1], '0'],
    ['colorcount', [null, 1], 'TypeError'],
    ['palette', [g('80', '08')], '{"s":[8,0]}'],
    ['palette', [t()], '{"s":[]}'],
    ['palette', [s(cell(true, 0, 0))], '{"s":[true]}'],
    ['numcolors', [g('123', '321')], '3'],
    ['color', [s(cell(4, 1, 1))], '4'],
    ['color', [g('56', '78')], '5'],
    ['color', [s()], 'StopIteration'],
    ['color', [t(t())], 'IndexError'],
    ['color', [s(s(1))], 'TypeError'],
    ['colorfilter', [t(s(cell(4, 1, 1)), s(cell(5, 1, 1))), 5], '{"s":[{"s":[{"t":[5,{"t":[1,1]}]}]}]}'],
    ['colorfilter', [s(s()), 5], 'RuntimeError'],
    ['colorfilter', [s(), null], '{"s":[]}'],
    ['colorfilter', [t(1), 1], 'TypeError'],
  ]),
)('%s', (_, name, args, expected) => {
  expect(call(name, ...args)).toBe(expected);
});
