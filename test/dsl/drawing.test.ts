// docs/spec/dsl.md 3.9: drawing on grids.
import { describe, expect, test } from 'vitest';
import { DRAWING } from '../../src/dsl/drawing.ts';
import type { Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

const call = caller(DRAWING);
const cell = (colour: Value, row: Value, column: Value): Value => t(colour, t(row, column));
const grid = g('000', '010');
const ragged = t(t(1, 2), t(1));

test.each(
  titled<[string, Value[], string]>([
    ['fill', [grid, 5, s(t(0, 0), t(-1, 0), t(0, 3), t(9, 9))], '{"g":["500","010"]}'],
    ['fill', [grid, 5, s(cell(7, 1, 1))], '{"g":["000","050"]}'],
    ['fill', [g('0'), null, s(t(0, false))], '{"t":[{"t":[null]}]}'],
    ['fill', [g('0'), 5, s(t(7, null))], '{"g":["0"]}'],
    ['fill', [g('0'), 5, s(t(0, null))], 'TypeError'],
    ['fill', [ragged, 5, s(t(1, 1))], 'IndexError'],
    ['fill', [ragged, 5, s(t(0, 1))], '{"t":[{"t":[1,5]},{"t":[1]}]}'],
    ['paint', [grid, s(cell(7, 1, 1), cell(8, 0, 0))], '{"g":["800","070"]}'],
    ['paint', [grid, t(cell(7, 1, 1), cell(8, 1, 1))], '{"g":["000","080"]}'],
    ['paint', [grid, s(t(0, 0))], 'TypeError'],
    ['underfill', [grid, 5, s(t(0, 0), t(1, 1))], '{"g":["500","010"]}'],
    ['underpaint', [grid, s(cell(7, 1, 1), cell(8, 0, 0))], '{"g":["800","010"]}'],
    // once painted, the location is no background any more; painted with the background it still is
    ['underpaint', [grid, t(cell(7, 0, 0), cell(8, 0, 0))], '{"g":["700","010"]}'],
    ['underpaint', [grid, t(cell(false, 0, 0), cell(8, 0, 0))], '{"g":["800","010"]}'],
    ['cover', [grid, s(t(1, 1))], '{"g":["000","000"]}'],
    ['move', [grid, s(cell(1, 1, 1)), t(-1, 1)], '{"g":["001","000"]}'],
    ['move', [grid, s(cell(1, 1, 1)), t(5, 5)], '{"g":["000","000"]}'],
  ]),
)('%s', (_, name, args, expected) => {
  expect(call(name, ...args)).toBe(expected);
});

describe('which exception wins', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['fill', [t(), 5, null], 'IndexError'],
      ['fill', [t(t(), 1), 5, s(t(1))], 'TypeError'],
      ['fill', [grid, 5, s(t(0, 1, 2))], 'ValueError'],
      ['paint', [t(), null], 'IndexError'],
      ['underfill', [t(), 5, null], 'IndexError'],
      ['underfill', [t(t()), 5, null], 'ValueError'],
      ['underpaint', [t(t()), null], 'ValueError'],
      ['underfill', [ragged, 5, s(t(1, 1))], 'IndexError'],
      ['cover', [t(), null], 'ValueError'],
      ['cover', [grid, t(t(1))], 'IndexError'],
      ['move', [t(), s(), t(1)], 'ValueError'],
      ['move', [grid, s(cell(1, 1, 1)), t(1)], 'ValueError'],
      ['move', [grid, s(), null], '{"g":["000","010"]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});
