// Outputs compared one by one, against the op that compares packed ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridMatchCpu } from '../../kernels/gridMatch/cpu.ts';
import { BOX_CELLS, EQUAL_CELLS, EXACT, SAME_SHAPE } from '../../kernels/gridMatch/op.ts';
import { packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import { matchGrids, verdictOfGrid } from '../../src/engine/match.ts';

const grids = fc
  .record({ height: fc.integer({ min: 1, max: 4 }), width: fc.integer({ min: 1, max: 4 }) })
  .chain(({ height, width }) =>
    fc
      .uint8Array({ minLength: height * width, maxLength: height * width, max: 1 })
      .map((cells) => ({ height, width, cells })),
  );

test('what fits records is compared as the op does it', () => {
  fc.assert(
    fc.property(grids, grids, (output, expected) => {
      const records = new Int32Array(2 * RECORD_WORDS);
      packRecord(records, 0, output.height, output.width, output.cells);
      packRecord(records, 1, expected.height, expected.width, expected.cells);
      const words = gridMatchCpu(records.subarray(0, RECORD_WORDS), records.subarray(RECORD_WORDS), new Int32Array(1));
      expect(matchGrids(output, expected)).toEqual({
        exact: words[EXACT] === 1,
        sameShape: words[SAME_SHAPE] === 1,
        equal: words[EQUAL_CELLS],
        box: words[BOX_CELLS],
      });
    }),
  );
});

test('verdicts, those of outputs that fit no record too', () => {
  const expected = { height: 1, width: 2, cells: Uint8Array.of(1, 2) };
  const output = (...cells: number[]) => ({ height: 1, width: cells.length, cells });
  expect(verdictOfGrid(output(1, 2), expected)).toBe('ok');
  expect(verdictOfGrid(output(1, 1e6), expected)).toBe('mismatch');
  expect(verdictOfGrid(output(1), expected)).toBe('shape');
  expect(verdictOfGrid(output(1), null)).toBe('ok');
  // of a large one the top-left box is there, as many cells a row as `stride` says
  const large = { height: 40, width: 50, cells: [1, 2, 3, 4], stride: 2 };
  expect(matchGrids(large, { height: 2, width: 2, cells: Uint8Array.of(1, 2, 3, 5) })).toEqual({
    exact: false,
    sameShape: false,
    equal: 3,
    box: 2000,
  });
});
