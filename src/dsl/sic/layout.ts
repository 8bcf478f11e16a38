// Cells of the S/I/C dialect: `(row, column, colour)`, flat. Source: docs/spec/dialect.md 1.

import { equal } from '../../value/equal.ts';
import { VALUE_ERROR } from '../../value/errors.ts';
import { iterate, lengthOf, tuple } from '../../value/protocol.ts';
import type { Value } from '../../value/value.ts';
import type { CellLayout } from '../layout.ts';

/** `a, b, c = v`: exactly three items, of a tuple or a set. */
export function unpackThree(v: Value): readonly [Value, Value, Value] {
  const items = iterate(v);
  if (items.length !== 3) throw VALUE_ERROR;
  return items as [Value, Value, Value];
}

export const FLAT: CellLayout = {
  isCell: (item) => equal(lengthOf(item), 3),
  cell: (colour, row, column) => tuple([row, column, colour]),
  parts: (cell) => {
    const [row, column, colour] = unpackThree(cell);
    return [colour, row, column];
  },
};
