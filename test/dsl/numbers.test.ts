// docs/spec/dsl.md 3.1: numbers, pairs and truth.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NUMBERS } from '../../src/dsl/numbers.ts';
import { BUDGET_STOP } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import type { Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

const call = caller(NUMBERS);

describe('numbers and pairs', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['add', [true, true], '2'],
      ['add', [1, t(2, 3)], '{"t":[3,4]}'],
      ['add', [t(2, 3, 9), 1], '{"t":[3,4]}'],
      ['add', [g('12', '34'), g('56', '78')], '{"g":["1256","3478"]}'],
      ['add', [t(1), t(2)], 'IndexError'],
      ['add', [1, s(1, 2)], 'TypeError'],
      ['add', [s(1), 1], 'TypeError'],
      ['add', [null, null], 'TypeError'],
      ['subtract', [5, t(1, 2)], '{"t":[4,3]}'],
      ['subtract', [t(s(1, 2), 1), t(s(1), 1)], '{"t":[{"s":[2]},0]}'],
      ['multiply', [t(t(1), 2), 2], '{"t":[{"t":[1,1]},4]}'],
      ['divide', [-7, 2], '-4'],
      ['divide', [7, t(2, 0)], 'ZeroDivisionError'],
      ['invert', [true], '-1'],
      ['invert', [0], '0'],
      ['double', [g('1', '2')], '{"g":["11","22"]}'],
      ['halve', [-3], '-2'],
      ['crement', [t(-1, 0)], '{"t":[-2,0]}'],
      ['crement', [true], '2'],
      ['sign', [t(-7, true)], '{"t":[-1,1]}'],
      ['sign', [false], '0'],
      ['sign', [t(null, 1)], 'TypeError'],
      ['even', [-2], 'true'],
      ['even', [t(1, 2)], 'TypeError'],
      ['toivec', [null], '{"t":[null,0]}'],
      ['tojvec', [s()], '{"t":[0,{"s":[]}]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('a component is computed before the next one is read', () => {
    expect(call('invert', t(t()))).toBe('TypeError');
    expect(call('invert', t(1))).toBe('IndexError');
    expect(call('add', t(1), t(t()))).toBe('TypeError');
    expect(call('add', t(), t(t()))).toBe('IndexError');
  });

  test('ints of any size', () => {
    expect(call('add', Number.MAX_SAFE_INTEGER, 1)).toBe('9007199254740992');
    expect(call('subtract', 2n ** 53n, 1)).toBe('9007199254740991');
    expect(call('crement', -(2n ** 60n))).toBe(String(-(2n ** 60n) - 1n));
    expect(call('sign', t(2n ** 60n, -(2n ** 60n)))).toBe('{"t":[1,-1]}');
    expect(call('even', 2n ** 60n + 1n)).toBe('false');
  });
});

describe('truth', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['both', [t(), 1], '{"t":[]}'],
      ['both', [1, null], 'null'],
      ['either', [false, 0], '0'],
      ['either', [s(0), 1], '{"s":[0]}'],
      ['branch', [t(0), 1, 2], '1'],
      ['branch', [null, 1, 2], '2'],
      ['flip', [s()], 'true'],
      ['equality', [t(1, true), t(true, 1)], 'true'],
      ['equality', [t(), s()], 'false'],
      ['greater', [s(1, 2), s(1)], 'true'],
      ['greater', [s(1, 2), s(3)], 'false'],
      ['greater', [t(1, null), t(1, 2)], 'TypeError'],
      ['greater', [t(1, null), t(1, null)], 'false'],
      ['greater', [t(1), 1], 'TypeError'],
      ['positive', [0], 'false'],
      ['positive', [t(1)], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

describe('interval', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['interval', [1, 8, 3], '{"t":[1,4,7]}'],
      ['interval', [3, 0, -1], '{"t":[3,2,1]}'],
      ['interval', [0, 3, -1], '{"t":[]}'],
      ['interval', [true, 4, true], '{"t":[1,2,3]}'],
      ['interval', [0, 3, 0], 'ValueError'],
      ['interval', [0, 3, false], 'ValueError'],
      ['interval', [0, null, 0], 'TypeError'],
      ['interval', [0, t(), 1], 'TypeError'],
      ['interval', [2n ** 60n, 2n ** 60n + 5n, 2], `{"t":[${[0n, 2n, 4n].map((k) => 2n ** 60n + k).join(',')}]}`],
      ['interval', [0, -(2n ** 61n), -(2n ** 60n)], `{"t":[0,${-(2n ** 60n)}]}`],
      [
        'interval',
        [Number.MAX_SAFE_INTEGER - 1, 2n ** 53n + 1n, 1],
        '{"t":[9007199254740990,9007199254740991,9007199254740992]}',
      ],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('is what counting gives', () => {
    const small = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(small, small, small, (start, stop, step) => {
        fc.pre(step !== 0);
        const counted: number[] = [];
        for (let i = start; step > 0 ? i < stop : i > stop; i += step) counted.push(i);
        expect(call('interval', start, stop, step)).toBe(call('identity', t(...counted)));
      }),
    );
  });

  test('is charged before it is built', () => {
    meter.start(1000, Number.POSITIVE_INFINITY);
    expect(() => NUMBERS.interval!(0, 1001, 1)).toThrow(BUDGET_STOP as never);
    expect(() => call('interval', 0, 2n ** 36n, 1)).toThrow(BUDGET_STOP as never);
  });
});
