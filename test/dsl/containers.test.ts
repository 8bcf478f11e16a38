// docs/spec/dsl.md 3.2: tuples and sets as containers; 1.4: extremes and frequencies; 1.5: laziness.
import { describe, expect, test } from 'vitest';
import { CONTAINERS } from '../../src/dsl/containers.ts';
import { BUDGET_STOP, STOP_ITERATION } from '../../src/value/errors.ts';
import { item } from '../../src/value/protocol.ts';
import type { Value } from '../../src/value/value.ts';
import { caller, fn, g, s, t, titled } from './values.ts';

const call = caller(CONTAINERS);
const component = (k: number) => fn((x: Value) => item(x, k));
const stop = fn((_: Value) => {
  throw STOP_ITERATION;
});
const never = fn((_: Value) => {
  throw new Error('must not be called');
});

describe('containers', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['contained', [true, t(1)], 'true'],
      ['contained', [1, null], 'TypeError'],
      ['combine', [s(1), t(1, 2)], '{"s":[1,2]}'],
      ['combine', [t(1), s(8, 0)], '{"t":[1,8,0]}'],
      ['combine', [1, t()], 'TypeError'],
      ['intersection', [1, 2], '0'],
      ['intersection', [true, false], 'false'],
      ['intersection', [s(1, 2), s(true, 3)], '{"s":[true]}'],
      ['intersection', [t(), t()], 'TypeError'],
      ['difference', [t(1, 1, 2), t(2)], '{"t":[1,1]}'],
      ['difference', [s(), null], '{"s":[]}'],
      ['difference', [s(1), null], 'TypeError'],
      ['dedupe', [t(1, true, 0, 1, false)], '{"t":[1,0]}'],
      ['dedupe', [s()], '{"t":[]}'],
      ['dedupe', [s(1)], 'AttributeError'],
      ['dedupe', [1], 'TypeError'],
      ['repeat', [1, -1], '{"t":[]}'],
      ['repeat', [t(), true], '{"t":[{"t":[]}]}'],
      ['repeat', [1, null], 'TypeError'],
      ['size', [s(1, true)], '1'],
      ['size', [1], 'TypeError'],
      ['merge', [t(s(8, 0), s(0))], '{"t":[8,0,0]}'],
      ['merge', [s(t(1, 1), t(2))], '{"s":[1,2]}'],
      ['merge', [t(1)], 'TypeError'],
      ['initset', [t(1)], '{"s":[{"t":[1]}]}'],
      ['totuple', [s(8, 0)], '{"t":[8,0]}'],
      ['first', [t()], 'StopIteration'],
      ['first', [1], 'TypeError'],
      ['last', [s(8, 0)], '0'],
      ['last', [s()], 'ValueError'],
      ['insert', [true, s(1)], '{"s":[1]}'],
      ['insert', [1, t()], 'AttributeError'],
      ['insert', [1, null], 'AttributeError'],
      ['remove', [1, t(1, true, 2)], '{"t":[2]}'],
      ['other', [s(1), 1], 'StopIteration'],
      ['other', [t(1, 2, 3), 1], '2'],
      ['product', [t(1, 2), t(3, 4)], '{"s":[{"t":[2,3]},{"t":[2,4]},{"t":[1,3]},{"t":[1,4]}]}'],
      ['product', [1, t()], '{"s":[]}'],
      ['product', [t(), 1], 'TypeError'],
      ['pair', [t(1, 2, 3), s(8, 0)], '{"g":["18","20"]}'],
      ['pair', [t(), 1], 'TypeError'],
      ['sizefilter', [t(t(1), s(2), t()), true], '{"s":[{"t":[1]},{"s":[2]}]}'],
      ['sizefilter', [t(1), 1], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('a huge repetition is stopped, not built', () => {
    expect(() => call('repeat', 0, 2n ** 70n)).toThrow(BUDGET_STOP as never);
  });
});

describe('callbacks', () => {
  test('lazy ones turn StopIteration into RuntimeError', () => {
    expect(call('sfilter', t(1), stop)).toBe('RuntimeError');
    expect(call('mfilter', s(t()), stop)).toBe('RuntimeError');
    expect(call('extract', t(1), stop)).toBe('RuntimeError');
    expect(
      call(
        'extract',
        t(1),
        fn(() => false as Value),
      ),
    ).toBe('TypeError'); // no parameter
    expect(
      call(
        'extract',
        t(1),
        fn((_: Value) => 0),
      ),
    ).toBe('StopIteration');
  });

  test('keys leave it as it is', () => {
    for (const name of ['order', 'argmax', 'argmin', 'valmax', 'valmin']) {
      expect(call(name, t(1), stop)).toBe('StopIteration');
    }
  });

  test('of an empty container are not called', () => {
    expect(call('sfilter', s(), null)).toBe('{"s":[]}');
    expect(call('order', s(), 1)).toBe('{"t":[]}');
    expect(call('argmax', s(), never)).toBe('ValueError');
    expect(call('extract', t(), never)).toBe('StopIteration');
    expect(
      call(
        'valmax',
        t(),
        fn((x: Value) => t(x)),
      ),
    ).toBe('{"t":[0]}');
    expect(call('valmin', t(), 1)).toBe('TypeError');
  });

  test('extract stops at the first hit', () => {
    const calls: Value[] = [];
    const two = fn((x: Value) => {
      calls.push(x);
      return x === 2;
    });
    expect(call('extract', t(1, 2, 3), two)).toBe('2');
    expect(calls).toEqual([1, 2]);
  });

  test('argmax compares a key before it computes the next', () => {
    const keys = t(t(1), t(t()), t(), t(2));
    expect(call('argmax', keys, component(0))).toBe('TypeError');
    expect(call('argmax', t(t(1), t(), t(t())), component(0))).toBe('IndexError');
  });

  test('order computes all keys before it compares', () => {
    expect(call('order', t(t(1), t(t()), t()), component(0))).toBe('IndexError');
  });

  test('None is no key function', () => {
    expect(call('order', t(3, 1, 2), null)).toBe('{"t":[1,2,3]}');
    expect(call('argmax', t(3, 1), null)).toBe('3');
    expect(call('argmin', t(3, 1), null)).toBe('1');
    expect(call('valmax', t(3, 1), null)).toBe('TypeError');
  });
});

describe('extremes and frequencies', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['maximum', [t(0, true, 1)], 'true'],
      ['minimum', [t(0, false)], '0'],
      ['maximum', [s()], '0'],
      ['maximum', [t(null)], 'null'],
      ['maximum', [t(1, t())], 'TypeError'],
      ['argmax', [t(t(1, 5), t(2, 5), t(3, 4)), component(1)], '{"t":[1,5]}'],
      ['argmin', [t(t(1, 5), t(2, 4), t(3, 4)), component(1)], '{"t":[2,4]}'],
      ['valmax', [t(t(1, 5), t(2, 7)), component(1)], '7'],
      ['order', [t(t(1, 5), t(2, 4), t(3, 4)), component(1)], '{"g":["24","34","15"]}'],
      ['mostcommon', [t(8, 0, 0, 8)], '8'],
      ['mostcommon', [t(8, 1, 1, 8)], '8'],
      ['mostcommon', [t(9, 1, 0)], '0'],
      ['leastcommon', [t(true, 1, 2)], '2'],
      ['mostcommon', [t(true, 1, 2)], 'true'],
      ['mostcommon', [s()], 'AttributeError'],
      ['leastcommon', [t()], 'ValueError'],
      ['mostcommon', [1], 'TypeError'],
      ['mostcommon', [g('12', '12', '34')], '{"t":[1,2]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});
