// Whether a program's result is a grid, and its cells.
import { Grid, isInt, Tuple, type Value } from '../value/value.ts';
import type { OutputGrid } from './verdict.ts';

/**
 * The grid that a result is: a non-empty tuple of equally long non-empty tuples of ints or bools, of any size (a bool
 * counts as its int). Undefined for everything else.
 */
export function gridOf(v: Value): OutputGrid | undefined {
  if (v instanceof Grid) return v;
  if (!(v instanceof Tuple) || v.length === 0) return undefined;
  const rows = v.items();
  const first = rows[0]!;
  if (!(first instanceof Tuple) || first.length === 0) return undefined;
  const width = first.length;
  const cells: number[] = [];
  for (const row of rows) {
    if (!(row instanceof Tuple) || row.length !== width) return undefined;
    for (const cell of row.items()) {
      if (!isInt(cell)) return undefined;
      cells.push(Number(cell));
    }
  }
  return { height: rows.length, width, cells };
}
