import { expect, test } from 'vitest';
import { selectIds } from '../../../src/pipeline/read/selectTasks.ts';

const ids = Array.from({ length: 20 }, (_, k) => `t${k}`);

test('all, a part, and the wanted ones in the order of the list', () => {
  expect(selectIds(ids)).toEqual(ids);
  expect(selectIds(ids, { only: [] })).toEqual(ids);
  expect(selectIds(ids, { start: 18 })).toEqual(['t18', 't19']);
  expect(selectIds(ids, { start: 2, count: 2 })).toEqual(['t2', 't3']);
  expect(selectIds(ids, { start: 99 })).toEqual([]);
  expect(selectIds(ids, { only: ['t5', 't1', 't5'] })).toEqual(['t1', 't5']);
  expect(selectIds(ids, { only: ['t5', 't1'], start: 1 })).toEqual(['t5']);
});

test('an id that is not there is passed on for the reader to refuse', () => {
  expect(selectIds(ids, { only: ['t3', 'x'], count: 1 })).toEqual(['t3', 'x']);
});

test('a sample has its size, the order of the list, and no task more often than others', () => {
  const counts = new Map(ids.map((id) => [id, 0]));
  for (let seed = 0; seed < 2000; seed++) {
    const sample = selectIds(ids, { count: -5, seed });
    expect(sample.length).toBe(5);
    expect(sample).toEqual(ids.filter((id) => sample.includes(id)));
    for (const id of sample) counts.set(id, counts.get(id)! + 1);
  }
  // 500 expected, standard deviation 19
  for (const n of counts.values()) expect(Math.abs(n - 500)).toBeLessThan(100);
  expect(selectIds(ids, { count: -20 })).toEqual(ids);
  expect(selectIds(ids, { count: -99 })).toEqual(ids);
});

test('what makes no sense is refused', () => {
  expect(() => selectIds(ids, { start: -1 })).toThrow('found a start of -1');
  expect(() => selectIds(ids, { start: 1, count: -1 })).toThrow('found a count of -1 with start 1');
});
