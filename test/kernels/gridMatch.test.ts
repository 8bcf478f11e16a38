import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridMatchCpu } from '../../kernels/gridMatch/cpu.ts';
import type { GridMatch } from '../../kernels/gridMatch/op.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import { adversarialGrids, gridArbitrary, packAll, type TestGrid } from '../../kernels/suite/grids.ts';
import { readTasks } from '../../src/arc/read.ts';
import { sharedSet } from '../arc/sharedData.ts';

// Every backend that is called directly; each must equal the reference to the bit.
const backends: readonly (readonly [string, GridMatch])[] = [
  ['reference', gridMatchReference],
  ['cpu', gridMatchCpu],
];

function allAgainstAll(grids: readonly (TestGrid | null)[]): {
  outputs: Int32Array;
  expected: Int32Array;
  index: Int32Array;
} {
  const outputs = packAll(grids.flatMap((grid) => grids.map(() => grid)));
  const index = Int32Array.from({ length: grids.length ** 2 }, (_, k) => k % grids.length);
  return { outputs, expected: packAll(grids), index };
}

describe.each(backends)('gridMatch on %s', (name, gridMatch) => {
  const one = (output: TestGrid | null, expected: TestGrid | null) => [
    ...gridMatch(packAll([output]), packAll([expected]), Int32Array.of(0)),
  ];

  test('says exact, same shape, equal cells and cells of the larger box', () => {
    const grid = { height: 2, width: 3, cells: [1, 2, 3, 4, 5, 6] };
    expect(one(grid, grid)).toEqual([1, 1, 6, 6]);
    expect(one(grid, { ...grid, cells: [1, 2, 3, 4, 5, 7] })).toEqual([0, 1, 5, 6]);
    expect(one(grid, { ...grid, height: 3, width: 2 })).toEqual([0, 0, 2, 9]);
    expect(one(grid, { height: 1, width: 4, cells: [1, 2, 0, 0] })).toEqual([0, 0, 2, 8]);
  });

  test('an output that does not fit equals nothing, and its box is the expected grid', () => {
    const grid = { height: 2, width: 3, cells: [0, 0, 0, 0, 0, 0] };
    expect(one(null, grid)).toEqual([0, 0, 0, 6]);
    expect(one(grid, null)).toEqual([0, 0, 0, 6]);
    expect(one(null, null)).toEqual([0, 0, 0, 0]);
  });

  test('an empty batch gives an empty result', () => {
    expect(gridMatch(new Int32Array(), new Int32Array(), new Int32Array())).toEqual(new Int32Array());
  });

  test('writes into the given result and returns it', () => {
    const records = packAll([{ height: 1, width: 1, cells: [3] }]);
    const result = new Int32Array(4).fill(-1);
    expect(gridMatch(records, records, Int32Array.of(0), result)).toBe(result);
    expect([...result]).toEqual([1, 1, 1, 1]);
  });

  test('refuses lengths and indices that break the contract', () => {
    const two = packAll([null, null]);
    const zero = Int32Array.of(0);
    expect(() => gridMatch(two, two, zero)).toThrow('gridMatch: 256 words of outputs, expected 1 × 128');
    expect(() => gridMatch(two.subarray(128), two.subarray(1), zero)).toThrow('expected a multiple of 128');
    expect(() => gridMatch(two, two, Int32Array.of(0, 2))).toThrow('gridMatch: index[1] is 2, expected 0..1');
    expect(() => gridMatch(two, two, Int32Array.of(-1, 0))).toThrow('gridMatch: index[0] is -1, expected 0..1');
    expect(() => gridMatch(two, two, Int32Array.of(0, 0), new Int32Array(4))).toThrow(
      'words of result, expected 2 × 4',
    );
  });

  test('adversarial grids, each against each', () => {
    const { outputs, expected, index } = allAgainstAll(adversarialGrids());
    expect(gridMatch(outputs, expected, index)).toEqual(gridMatchReference(outputs, expected, index));
  });

  test('random grids, and random grids with few cells changed', () => {
    fc.assert(
      fc.property(gridArbitrary(15), gridArbitrary(3), fc.array(fc.nat(899), { maxLength: 6 }), (a, b, changes) => {
        const changed = Uint8Array.from(a.cells);
        for (const at of changes) changed[at % changed.length]! ^= 1 + (at % 15);
        const grids = [a, b, { ...a, cells: changed }, { ...b, height: b.width, width: b.height }];
        const { outputs, expected, index } = allAgainstAll(grids);
        expect(gridMatch(outputs, expected, index)).toEqual(gridMatchReference(outputs, expected, index));
      }),
      { numRuns: 300 },
    );
  });

  test('real grids: each output against its own and its neighbours', () => {
    const folder = sharedSet('agi1/training', `gridMatch on ${name} with real grids`);
    if (folder === undefined) return;
    const samples = readTasks(folder).flatMap((task) => [...task.demo, ...task.test]);
    const expected = packAll(samples.map((sample) => sample.output));
    for (const shift of [0, 1, 5]) {
      const outputs = packAll(samples.map((sample) => (shift === 0 ? sample.output : sample.input)));
      const index = Int32Array.from(samples, (_, k) => (k + shift) % samples.length);
      const result = gridMatch(outputs, expected, index);
      expect(result).toEqual(gridMatchReference(outputs, expected, index));
      if (shift === 0) expect(result.filter((_, k) => k % 4 === 0).every((exact) => exact === 1)).toBe(true);
    }
  });
});
