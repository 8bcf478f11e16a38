// Grids for kernel tests: random ones, and the ones that break comparisons.
import fc from 'fast-check';
import { packInvalid, packRecord, RECORD_WORDS } from '../record.ts';

export interface TestGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: Uint8Array | number[];
}

/** Grids of 1..30 × 1..30 cells 0..maxCell. */
export function gridArbitrary(maxCell: number): fc.Arbitrary<TestGrid> {
  const side = fc.integer({ min: 1, max: 30 });
  return fc.tuple(side, side, fc.integer({ min: 1, max: 2 ** 31 - 1 })).map(([height, width, seed]) => {
    let state = seed;
    const cells = Uint8Array.from({ length: height * width }, () => {
      state = Math.imul(state, 48271) % 2147483647;
      return (state >>> 8) % (maxCell + 1);
    });
    return { height, width, cells };
  });
}

/** Records of `grids`, null as an output that does not fit. */
export function packAll(grids: readonly (TestGrid | null)[]): Int32Array {
  const records = new Int32Array(grids.length * RECORD_WORDS);
  grids.forEach((grid, k) => {
    if (grid === null) packInvalid(records, k);
    else packRecord(records, k, grid.height, grid.width, grid.cells);
  });
  return records;
}

/** 1×1, 30×30, 1×30, equal cells in another shape, one cell off in each corner, a grid that does not fit. */
export function adversarialGrids(): (TestGrid | null)[] {
  const ramp = (length: number) => Uint8Array.from({ length }, (_, i) => i % 10);
  const full = { height: 30, width: 30, cells: ramp(900) };
  const corners = [0, 29, 870, 899].map((corner) => {
    const cells = full.cells.slice();
    cells[corner] = 15 - cells[corner]!;
    return { ...full, cells };
  });
  return [
    null,
    { height: 1, width: 1, cells: [0] },
    { height: 1, width: 1, cells: [15] },
    full,
    ...corners,
    { height: 1, width: 30, cells: ramp(30) },
    { height: 30, width: 1, cells: ramp(30) },
    { height: 5, width: 6, cells: ramp(30) },
    { height: 6, width: 5, cells: ramp(30) },
    { height: 29, width: 30, cells: ramp(870) },
    { height: 30, width: 29, cells: ramp(870) },
    { height: 3, width: 3, cells: new Uint8Array(9) },
    { height: 3, width: 4, cells: new Uint8Array(12) },
    { height: 4, width: 3, cells: new Uint8Array(12) },
  ];
}
