// Whether a program's result is a grid, and its cells.
import { MAX_SIDE } from '../arc/grid.ts';
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
  const stride = Math.min(width, MAX_SIDE);
  const cells: number[] = [];
  // one row may stand in millions of places: each is looked at once
  const seen = new Set<Value>();
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!;
    if (r >= MAX_SIDE && seen.has(row)) continue;
    if (!(row instanceof Tuple) || row.length !== width || !row.items().every(isInt)) return undefined;
    seen.add(row);
    if (r < MAX_SIDE) for (let c = 0; c < stride; c++) cells.push(Number(row.at(c)));
  }
  return { height: rows.length, width, cells, stride };
}
