// Work that is charged by what it takes: memory of integers, and probes of a set whose elements all have one hash.
import { afterEach, expect, test } from 'vitest';
import { BUDGET_STOP, TIMEOUT_STOP } from '../../src/value/errors.ts';
import { addInts, andInts, multiplyInts, negate, orInts } from '../../src/value/int.ts';
import { meter } from '../../src/value/meter.ts';
import { setOf } from '../../src/value/set.ts';

afterEach(() => {
  meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  meter.limit(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
});

test('long integers count toward the memory of a candidate', () => {
  const long = 1n << 8_000_000n;
  const words = 8_000_000 / 64;
  const operations = [
    () => addInts(long, 1),
    () => andInts(long, long),
    () => orInts(long, 1),
    () => negate(long),
    () => multiplyInts(long, 3),
  ];
  for (const operation of operations) {
    meter.start(1e9, Number.POSITIVE_INFINITY);
    meter.limit(1 << 23, 3 * words);
    operation();
    expect(meter.used()).toBeGreaterThanOrEqual(words);
    expect(() => {
      for (let k = 0; k < 3; k++) operation();
    }).toThrow(BUDGET_STOP);
  }
});

test('a set of values that all have one hash ends with the time of the candidate', () => {
  const modulus = (1n << 61n) - 1n;
  const values = Array.from({ length: 60_000 }, (_, k) => modulus * BigInt(k + 2));
  meter.start(Number.POSITIVE_INFINITY, performance.now() + 200);
  const start = performance.now();
  expect(() => setOf(values)).toThrow(TIMEOUT_STOP);
  expect(performance.now() - start).toBeLessThan(3000);
});
