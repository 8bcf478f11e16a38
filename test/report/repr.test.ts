import { expect, test } from 'vitest';
import { dslNames } from '../../src/dsl/names.ts';
import { repr } from '../../src/report/repr.ts';
import { setOf } from '../../src/value/set.ts';
import { Fn, Grid, ListTuple, type Value } from '../../src/value/value.ts';

const t = (...items: Value[]): ListTuple => new ListTuple(items);

test('values as Python prints them', () => {
  const cases: [Value, string][] = [
    [-3, '-3'],
    [2n ** 64n, '18446744073709551616'],
    [true, 'True'],
    [null, 'None'],
    [Number.NaN, 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [t(), '()'],
    [t(1), '(1,)'],
    [t(1, t(false, 2)), '(1, (False, 2))'],
    [new Grid(1, 2, [1, 2]), '((1, 2),)'],
    [setOf([]), 'frozenset()'],
    [setOf([t(2, t(0, 1))]), 'frozenset({(2, (0, 1))})'],
    // CPython 3.11: repr(frozenset({8, 0, 3})) follows the table of 8 slots, where 8 comes after 0
    [setOf([8, 0, 3]), 'frozenset({8, 0, 3})'],
    [dslNames().get('vmirror')!, '<function vmirror>'],
    [new Fn(1, (x) => x), '<function>'],
  ];
  for (const [value, text] of cases) expect(repr(value)).toBe(text);
});

test('long, wide, deep and huge values are cut off', () => {
  expect(repr(t(...Array(10).fill(7)), 12)).toBe('(7, 7, 7, 7,…');
  expect(repr(t(1, 2), 6)).toBe('(1, 2)');
  expect(repr(t(1, 2, 3), 6)).toBe('(1, 2,…');
  let wide: Value = 1;
  for (let k = 0; k < 64; k++) wide = t(wide, wide);
  expect(repr(wide).length).toBe(401);
  let deep: Value = 1;
  for (let k = 0; k < 100_000; k++) deep = t(deep);
  expect(repr(deep)).toBe(`${'('.repeat(400)}…`);
  expect(repr(setOf(Array.from({ length: 1000 }, (_, k) => k)))).toBe('frozenset of 1000 items');
  expect(repr(2n ** 100_000n)).toBe('an integer of more than 1600 bits');
});
