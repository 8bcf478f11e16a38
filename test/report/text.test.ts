// Numbers, columns, the timing summary, colours.
import { expect, test } from 'vitest';
import { columns } from '../../src/report/columns.ts';
import { duration, grouped, plural, rate } from '../../src/report/numbers.ts';
import { rejections } from '../../src/report/runText.ts';
import { styleOf, wantsColour } from '../../src/report/style.ts';
import { timingSummary } from '../../src/report/timing.ts';

test('numbers', () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([plural(1, 'task'), plural(0, 'task'), plural(2000, 'task')]).toEqual(['1 task', '0 tasks', '2,000 tasks']);
  expect([0.01234, 0.1234, 1.234, 12.34, 123.4].map(duration)).toEqual([
    '0.0123 s',
    '0.123 s',
    '1.23 s',
    '12.3 s',
    '123 s',
  ]);
  expect([3, 12.6, 123.6, 1234, 123456, Number.POSITIVE_INFINITY].map(rate)).toEqual([
    '3',
    '13',
    '124',
    '1,230',
    '123,000',
    '–',
  ]);
});

test('columns', () => {
  expect(
    columns(
      [
        ['a', '1', 'x'],
        ['bcd', '23', ''],
      ],
      'lrl',
    ),
  ).toEqual(['a     1  x', 'bcd  23']);
});

test('the timing summary: two blanks, key in 32, blank, 3 decimals in 8, by falling value', () => {
  const timing = new Map([
    ['run_batt.phase1_filter', 0.0004],
    ['main.run_batt', 12.3456],
  ]);
  expect(timingSummary(timing)).toBe(
    '\nTiming summary (seconds):\n' +
      '  main.run_batt                      12.346\n' +
      '  run_batt.phase1_filter              0.000\n',
  );
});

test('colour on a terminal only, and not with NO_COLOR', () => {
  expect(wantsColour({ isTTY: true }, {})).toBe(true);
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  expect(wantsColour({}, {})).toBe(false);
  expect(styleOf(true).green('x')).toBe('\x1b[32mx\x1b[39m');
  expect(styleOf(false).green('x')).toBe('x');
});

test('rejections: ten invalid candidates with their place, the rest by number, then what was passed over', () => {
  const one = { file: 'a.py', name: 'solve_a', candidateLine: 1, line: 2, column: 5, reason: 'found x, expected y' };
  expect(rejections({ invalid: [one, { ...one, name: '' }], strays: [] })).toEqual([
    'a.py:2:5: solve_a is invalid: found x, expected y',
    'a.py:2:5: a candidate is invalid: found x, expected y',
  ]);
  const stray = { file: 'b.py', line: 3, column: 1, reason: 'found x' };
  const many = rejections({ invalid: Array(11).fill(one), strays: [stray] });
  expect(many.length).toBe(12);
  expect(many.slice(10)).toEqual(['and 1 invalid candidate more (--json lists all)', 'b.py:3:1: passed over: found x']);
  expect(rejections({ invalid: [], strays: Array(12).fill(stray) }).at(-1)).toBe('and passed over in 2 places more');
});
