// gridMatch on WASM, wherever the arguments lie, on both sides of every size at which it goes another way.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { MATCH_WORDS } from '../../../kernels/gridMatch/op.ts';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { BLOCK_ROWS, COPIED_GRIDS, CREW_ROWS } from '../../../kernels/gridMatch/wasm.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { adversarialGrids, gridArbitrary, packAll } from '../../../kernels/suite/grids.ts';
import { JOB_ROWS } from '../../../kernels/wasm/crew.ts';
import { openWasm } from '../../../kernels/wasm/openWasm.ts';
import { MEMORY_CHUNK } from '../../../kernels/wasm/wasmMemory.ts';
import { PLACE_NAMES, place } from './places.ts';

const grids = [...adversarialGrids(), ...fc.sample(gridArbitrary(3), { numRuns: 23, seed: 4 })];
const kinds = grids.length;
const pool = packAll(grids);
// what the reference says of each against each
const truth = gridMatchReference(
  packAll(grids.flatMap((grid) => grids.map(() => grid))),
  pool,
  Int32Array.from({ length: kinds ** 2 }, (_, k) => k % kinds),
);

/** Record k is grid `kind(k)`. */
function fill(records: Int32Array, kind: (k: number) => number): Int32Array {
  for (let k = 0; k < records.length / RECORD_WORDS; k++) {
    records.set(pool.subarray(kind(k) * RECORD_WORDS, (kind(k) + 1) * RECORD_WORDS), k * RECORD_WORDS);
  }
  return records;
}

const outputKind = (k: number) => (k * 7) % kinds;
const expectedKind = (k: number) => (k * 3 + 1) % kinds;
const indexOf = (k: number, count: number) => (k * 11 + (k >> 5)) % count;

function holds(result: Int32Array, index: Int32Array): void {
  for (let k = 0; k < index.length; k++) {
    const pair = outputKind(k) * kinds + expectedKind(index[k]!);
    for (let word = 0; word < MATCH_WORDS; word++) {
      if (result[k * MATCH_WORDS + word] === truth[pair * MATCH_WORDS + word]) continue;
      expect.fail(`row ${k}: ${result.subarray(k * MATCH_WORDS, (k + 1) * MATCH_WORDS)}`);
    }
  }
}

const BORDERS = [1, BLOCK_ROWS - 1, BLOCK_ROWS, BLOCK_ROWS + 1, 3 * BLOCK_ROWS + 1];
const THREAD_BORDERS = [
  CREW_ROWS - 1,
  CREW_ROWS,
  CREW_ROWS + 1,
  JOB_ROWS - 1,
  JOB_ROWS,
  JOB_ROWS + 1,
  2 * JOB_ROWS + 999,
];

describe.each([1, 2, 3])('%i threads', (threads) => {
  const backend = openWasm({ threads });
  afterAll(() => backend.close());
  const outputs = fill(backend.records(THREAD_BORDERS.at(-1)!), outputKind);
  const expected = fill(backend.records(COPIED_GRIDS + 1), expectedKind);
  const own = backend.records(41);
  const ownExpected = backend.records(41);

  test.each([...BORDERS, ...THREAD_BORDERS])('%i rows in its memory', (rows) => {
    const index = Int32Array.from({ length: rows }, (_, k) => indexOf(k, 99));
    const words = outputs.subarray(0, rows * RECORD_WORDS);
    holds(backend.gridMatch(words, expected, index), index);
    // expected grids from elsewhere, the result to where it is wanted
    const result = new Int32Array(rows * MATCH_WORDS + 7).fill(-1).subarray(3, -4);
    expect(backend.gridMatch(words, expected.slice(0, 99 * RECORD_WORDS), index, result)).toBe(result);
    holds(result, index);
  });

  test.each(BORDERS)('%i rows from elsewhere', (rows) => {
    const index = Int32Array.from({ length: rows }, (_, k) => indexOf(k, 99));
    holds(backend.gridMatch(outputs.slice(0, rows * RECORD_WORDS), expected, index), index);
  });

  test.each([
    [1, 4],
    [1, 5],
    [700, COPIED_GRIDS],
    [2000, COPIED_GRIDS],
    [2000, COPIED_GRIDS + 1],
    [CREW_ROWS, COPIED_GRIDS],
    [CREW_ROWS, COPIED_GRIDS + 1],
  ])('%i rows, %i expected grids from elsewhere', (rows, count) => {
    const index = Int32Array.from({ length: rows }, (_, k) => (k === 0 ? count - 1 : indexOf(k, count)));
    const words = outputs.subarray(0, rows * RECORD_WORDS);
    const elsewhere = expected.slice(0, count * RECORD_WORDS);
    holds(backend.gridMatch(words, elsewhere, index), index);
    holds(backend.gridMatch(words.slice(), elsewhere, index), index);
  });

  test('nothing is read beyond the last record, which is the last of the memory', () => {
    const all = Int32Array.from({ length: CREW_ROWS }, (_, k) => indexOf(k, 99));
    backend.gridMatch(outputs.subarray(0, CREW_ROWS * RECORD_WORDS), expected, all);
    const from = backend.records(1).byteOffset + 4 * RECORD_WORDS;
    const rows = (2 * MEMORY_CHUNK - (from % MEMORY_CHUNK)) / (4 * RECORD_WORDS);
    // the last block is not a whole one
    expect(rows % BLOCK_ROWS).not.toBe(0);
    const last = fill(backend.records(rows), outputKind);
    expect((last.byteOffset + last.byteLength) % MEMORY_CHUNK).toBe(0);
    const index = Int32Array.from({ length: rows }, (_, k) => indexOf(k, 99));
    holds(backend.gridMatch(last, expected, index), index);
  });

  test('random grids in every two places', () => {
    const arbitrary = fc.record({
      grids: fc.array(fc.tuple(gridArbitrary(15), fc.array(fc.nat(899), { maxLength: 5 })), {
        minLength: 1,
        maxLength: 9,
      }),
      rows: fc.integer({ min: 1, max: 40 }),
      places: fc.tuple(fc.constantFrom(...PLACE_NAMES), fc.constantFrom(...PLACE_NAMES)),
    });
    fc.assert(
      fc.property(arbitrary, ({ grids: some, rows, places }) => {
        const right = packAll(some.map(([grid]) => grid));
        const index = Int32Array.from({ length: rows }, (_, k) => (k * 5) % some.length);
        const records = packAll(
          Array.from(index, (at, k) => {
            const [grid, changes] = some[k % 2 === 0 ? at : k % some.length]!;
            const cells = Uint8Array.from(grid.cells);
            for (const change of changes) cells[change % cells.length]! ^= 1 + (change % 15);
            return k % 13 === 12 ? null : { ...grid, cells };
          }),
        );
        const found = backend.gridMatch(place(places[0], records, own), place(places[1], right, ownExpected), index);
        expect(found).toEqual(gridMatchReference(records, right, index));
      }),
      { numRuns: 200 },
    );
  });
});

test('a record is compared without a look at its neighbours', () => {
  const backend = openWasm();
  // with ones all around
  const storage = backend.records(3).fill(-1);
  const records = storage.subarray(RECORD_WORDS, 2 * RECORD_WORDS);
  for (const [kind, grid] of grids.entries()) {
    records.set(pool.subarray(kind * RECORD_WORDS, (kind + 1) * RECORD_WORDS));
    const cells = grid === null ? 0 : grid.height * grid.width;
    expect([...backend.gridMatch(records, records, Int32Array.of(0))]).toEqual([+!!grid, +!!grid, cells, cells]);
  }
});
