import { expect, test } from 'vitest';
import { dslNames } from '../../../src/dsl/names.ts';
import { gridOf } from '../../../src/engine/output.ts';
import { DistinctOutputs } from '../../../src/pipeline/score/distinctOutputs.ts';
import { setOf } from '../../../src/value/set.ts';
import { Fn, Grid, ListTuple, type Value } from '../../../src/value/value.ts';

/** As a sink does it. */
function add(outputs: DistinctOutputs, candidate: number, value: Value): void {
  const grid = gridOf(value);
  if (grid === undefined) outputs.add(candidate, value);
  else outputs.addGrid(candidate, grid, value);
}

function count(...values: Value[]): number {
  const outputs = new DistinctOutputs(1, values.length);
  for (const value of values) add(outputs, 0, value);
  return outputs.count(0);
}

const t = (...items: Value[]): ListTuple => new ListTuple(items);

test('equal values in different representations are one', () => {
  expect(count(new Grid(2, 2, [1, 2, 3, 4]), t(t(1, 2), t(3, 4)))).toBe(1);
  expect(count(t(t(true, 0)), new Grid(1, 2, [1, 0]), t(t(1, false)))).toBe(1);
  expect(count(true, 1)).toBe(1);
  expect(count(setOf([t(0, 1), t(2, 3)]), setOf([t(2, 3), t(false, true)]))).toBe(1);
  expect(count(setOf([t(5, t(0, 1)), t(6, t(0, 1))]), setOf([t(6, t(0, 1)), t(5, t(0, 1))]))).toBe(1);
  expect(count(2n ** 70n, 2n ** 70n)).toBe(1);
  expect(count(Number.NaN, Number.NaN)).toBe(1);
});

test('different values are as many', () => {
  expect(count(-1, -2)).toBe(2);
  expect(count(t(t(0)), t(t(2 ** 32)), t(t(16)), t(t(-16)), t(t(2n ** 64n)), t(t(0)))).toBe(5);
  expect(count(t(-1, 0), t(-2, 0))).toBe(2);
  expect(count(setOf([t(-1, 0)]), setOf([t(-2, 0)]))).toBe(2);
  expect(count(0, null, false, t(), setOf([]), t(t()), t(0))).toBe(6);
  expect(count(new Grid(1, 4, [1, 2, 3, 4]), new Grid(2, 2, [1, 2, 3, 4]), new Grid(4, 1, [1, 2, 3, 4]))).toBe(3);
  expect(count(2 ** 40, 2 ** 41, 2 ** 40 + 1, -(2 ** 40), 2n ** 70n, -(2n ** 70n), 2n ** 71n)).toBe(7);
  expect(count(0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(4);
});

test('a function of the DSL is itself, two closures are never equal', () => {
  const names = dslNames();
  expect(count(names.get('vmirror')!, names.get('vmirror')!, names.get('hmirror')!)).toBe(2);
  const closure = new Fn(1, (x) => x);
  expect(count(closure, closure)).toBe(2);
  expect(count(t(1, closure), t(1, closure))).toBe(2);
});

test('2,048 grids that differ in a few cells are 2,048', () => {
  const outputs = new DistinctOutputs(1, 2048);
  const samples = 2048;
  for (let bits = 0; bits < samples; bits++) {
    outputs.add(
      0,
      new Grid(
        4,
        4,
        Array.from({ length: 16 }, (_, k) => ((bits * 31) >> k) & 1),
      ),
    );
  }
  expect(outputs.count(0)).toBe(samples);
});

test('a value of 2^64 items that share, and one nested without end, take no time', () => {
  let wide: Value = 1;
  for (let k = 0; k < 64; k++) wide = t(wide, wide);
  let deep: Value = 1;
  for (let k = 0; k < 100_000; k++) deep = t(deep);
  expect(count(wide, wide, deep, deep)).toBe(2);
});

test('candidates are counted apart', () => {
  const outputs = new DistinctOutputs(2, 2);
  outputs.add(0, 1);
  outputs.add(1, 1);
  outputs.add(1, 2);
  expect([outputs.count(0), outputs.count(1)]).toEqual([1, 2]);
});
