// Grids to measure backends with: shapes mixed about as in the outputs of ARC's training tasks, made from a seed.
import type { Backend } from '../../kernels/backend.ts';
import { MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import { packRecord, RECORD_WORDS } from '../../kernels/record.ts';

/** The arguments of a gridMatch, in the storage of a backend. */
export interface Comparisons {
  readonly outputs: Int32Array;
  readonly expected: Int32Array;
  readonly index: Int32Array;
  readonly result: Int32Array;
}

/** Sides of ARC's grids at equal shares. Two grids in three are squares; 158 cells in the mean. */
const SIDES = [1, 3, 3, 4, 5, 6, 7, 9, 10, 10, 10, 12, 13, 15, 17, 21, 30];
/** Expected grids: those of some tasks that share a batch. */
const EXPECTED = 256;

/** Makes `rows` comparisons: of three outputs one is right, one has wrong cells, and one has the shape of another grid. */
export function makeComparisons(backend: Backend, rows: number): Comparisons {
  const random = lehmer(20_190_211);
  const expected = backend.records(EXPECTED);
  const wrong = new Int32Array(expected.length);
  for (let grid = 0; grid < EXPECTED; grid++) {
    const height = SIDES[random() % SIDES.length]!;
    const width = random() % 3 < 2 ? height : SIDES[random() % SIDES.length]!;
    const cells = Uint8Array.from({ length: height * width }, () => (random() % 3 === 0 ? random() % 10 : 0));
    packRecord(expected, grid, height, width, cells);
    for (let changes = 0; changes < 3; changes++) cells[random() % cells.length]! ^= 1;
    packRecord(wrong, grid, height, width, cells);
  }
  const outputs = backend.records(rows);
  const index = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const grid = random() % EXPECTED;
    const kind = row % 3;
    index[row] = kind === 2 ? random() % EXPECTED : grid;
    const from = kind === 1 ? wrong : expected;
    outputs.set(from.subarray(grid * RECORD_WORDS, (grid + 1) * RECORD_WORDS), row * RECORD_WORDS);
  }
  return { outputs, expected, index, result: new Int32Array(rows * MATCH_WORDS) };
}

/** Numbers 0 <= n < 2^22 that a seed fixes: the generator of Park and Miller, its lowest bits left out. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state >>> 9;
  };
}
