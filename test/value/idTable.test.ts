// A table of ids asked about what is no id.
import { expect, test } from 'vitest';
import { locationId } from '../../src/value/ids.ts';
import { insertAll } from '../../src/value/idTable.ts';

test('a number below zero is not there, and cannot be removed', () => {
  const table = insertAll([locationId(0, 0), locationId(1, 1), locationId(2, 2)]);
  for (const id of [-1, -2, -(1 << 20)]) {
    expect(table.has(id)).toBe(false);
    expect(table.remove(id)).toBe(false);
  }
  expect(table.order()).toHaveLength(3);
});
