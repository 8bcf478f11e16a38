// Whether an output is the expected grid, and how near it comes: what the op gridMatch counts, for any size and any numbers.
import type { ArcGrid } from '../arc/grid.ts';
import type { RowMatch } from './outcomePacker.ts';
import type { OutputGrid, Verdict } from './verdict.ts';

/** Compares an output with an expected grid cell by cell, packing neither. */
export function matchGrids(output: OutputGrid, expected: ArcGrid): RowMatch {
  const rows = Math.min(output.height, expected.height);
  const columns = Math.min(output.width, expected.width);
  const stride = output.stride ?? output.width;
  let equal = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (output.cells[r * stride + c] === expected.cells[r * expected.width + c]) equal++;
    }
  }
  const sameShape = output.height === expected.height && output.width === expected.width;
  const box = Math.max(output.height, expected.height) * Math.max(output.width, expected.width);
  return { exact: sameShape && equal === box, sameShape, equal, box };
}

/** The verdict of an output, `ok` where nothing is expected. */
export function verdictOfGrid(output: OutputGrid, expected: ArcGrid | null): Verdict {
  if (expected === null) return 'ok';
  const { exact, sameShape } = matchGrids(output, expected);
  return exact ? 'ok' : sameShape ? 'mismatch' : 'shape';
}
