// nan and the infinities in Python's operators, as CPython 3.11 has them.
import { beforeEach, describe, expect, test } from 'vitest';
import { equal, hashOf, identicalOrEqual } from '../../src/value/equal.ts';
import { PyError } from '../../src/value/errors.ts';
import { out } from '../../src/value/hash.ts';
import { meter } from '../../src/value/meter.ts';
import {
  and,
  contains,
  count,
  item,
  less,
  maxOf,
  minus,
  minusOf,
  or,
  over,
  plus,
  remainder,
  slice,
  times,
  truthy,
} from '../../src/value/protocol.ts';
import { has, setOf } from '../../src/value/set.ts';
import { isInt, ListTuple, type Value } from '../../src/value/value.ts';

const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;
const long = 2n ** 60n;
const t = (...items: Value[]): Value => new ListTuple(items);

beforeEach(() => meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY));

function outcome(f: () => unknown): unknown {
  try {
    return f();
  } catch (error) {
    if (error instanceof PyError) return error.name;
    throw error;
  }
}

describe('arithmetic', () => {
  test.each<[string, (x: Value, y: Value) => Value, Value, Value, unknown]>([
    ['inf + 5', plus, inf, 5, inf],
    ['True + nan', plus, true, nan, nan],
    ['inf + -inf', plus, inf, -inf, nan],
    ['2**60 + inf', plus, long, inf, inf],
    ['5 - inf', minus, 5, inf, -inf],
    ['inf - inf', minus, inf, inf, nan],
    ['0 * inf', times, 0, inf, nan],
    ['-7 * inf', times, -7, inf, -inf],
    ['-2**60 * inf', times, -long, inf, -inf],
    ['5 // inf', over, 5, inf, 0],
    ['-5 // inf', over, -5, inf, -1],
    ['2**60 // -inf', over, long, -inf, -1],
    ['inf // 2', over, inf, 2, nan],
    ['inf // 2**60', over, inf, long, nan],
    ['nan // 0', over, nan, 0, 'ZeroDivisionError'],
    ['5 % inf', remainder, 5, inf, 5],
    ['-5 % inf', remainder, -5, inf, inf],
    ['2**60 % inf', remainder, long, inf, long],
    ['2**60 % -inf', remainder, long, -inf, -inf],
    ['2**60 % nan', remainder, long, nan, nan],
    ['inf % 2**60', remainder, inf, long, nan],
    ['inf % 0', remainder, inf, 0, 'ZeroDivisionError'],
    ['1 & nan', and, 1, nan, 'TypeError'],
    ['inf | 1', or, inf, 1, 'TypeError'],
    ['(1,) * inf', times, t(1), inf, 'TypeError'],
    ['nan * (1,)', times, nan, t(1), 'TypeError'],
    ['10**400 + inf', plus, 10n ** 400n, inf, 'OverflowError'],
    ['inf // 10**400', over, inf, 10n ** 400n, 'OverflowError'],
    ['10**400 // inf', over, 10n ** 400n, inf, 'OverflowError'],
    ['10**400 % -inf', remainder, 10n ** 400n, -inf, 'OverflowError'],
  ])('%s', (_, operator, x, y, result) => {
    expect(outcome(() => operator(x, y))).toEqual(result);
  });

  test('negation, truth and what counts as an int', () => {
    expect(minusOf(inf)).toBe(-inf);
    expect(minusOf(nan)).toBeNaN();
    expect([nan, inf, -inf].map(truthy)).toEqual([true, true, true]);
    expect([nan, inf, true, 0, long].map(isInt)).toEqual([false, false, true, true, true]);
  });

  test('or of ints and of sets', () => {
    expect([or(6, 3), or(true, false), or(-1, long), or(long, 1)]).toEqual([7, true, -1, long + 1n]);
    expect(equal(or(setOf([1]), setOf([2])), setOf([1, 2]))).toBe(true);
    expect(outcome(() => or(t(1), t(2)))).toBe('TypeError');
  });
});

describe('comparison', () => {
  test('nan is neither less nor greater than anything', () => {
    for (const x of [nan, inf, -inf, 0, true, long]) expect([less(x, nan), less(nan, x)]).toEqual([false, false]);
  });

  test('the infinities enclose all ints', () => {
    expect([less(long, inf), less(inf, long), less(-inf, -long), less(-inf, inf)]).toEqual([true, false, true, true]);
    expect(maxOf([3, inf, nan])).toBe(inf);
    expect(maxOf([nan, 3])).toBeNaN();
  });

  test('nan is not equal to itself, but containers look at identity first', () => {
    expect([equal(nan, nan), identicalOrEqual(nan, nan), equal(inf, inf), equal(inf, -inf)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(equal(t(nan, 1), t(nan, 1))).toBe(true);
    expect([contains(t(1, nan), nan), count(t(nan, 1, nan), nan)]).toEqual([true, 2]);
    expect(setOf([nan, nan, inf, inf, -inf]).length).toBe(3);
    expect(has(setOf([t(nan, 0)]), t(nan, 0))).toBe(true);
    expect(less(t(nan, 1), t(nan, 2))).toBe(true);
  });
});

describe('floats elsewhere', () => {
  test.each([nan, inf, -inf])('%s is no index and no bound', (x) => {
    expect(outcome(() => item(t(1, 2), x))).toBe('TypeError');
    expect(outcome(() => slice(t(1, 2), x, 1))).toBe('TypeError');
    expect(outcome(() => slice(t(1, 2), 0, x))).toBe('TypeError');
  });

  test('the infinities hash as in CPython', () => {
    hashOf(inf);
    expect([out.lo, out.hi]).toEqual([314159, 0]);
    hashOf(-inf);
    expect([out.lo, out.hi]).toEqual([-314159, -1]);
  });

  test('None hashes as where the reference keeps it', () => {
    hashOf(null);
    expect([out.lo, out.hi]).toEqual([612812, 0]);
  });
});
