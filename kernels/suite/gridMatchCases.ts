// gridMatch against its plain reference.
import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Backend } from '../backend.ts';
import { EXACT, MATCH_WORDS } from '../gridMatch/op.ts';
import { gridMatchReference } from '../gridMatch/reference.ts';
import { RECORD_WORDS } from '../record.ts';
import type { Case, RealSample } from './case.ts';
import { adversarialGrids, gridArbitrary, packAll, type TestGrid } from './grids.ts';
import { assertSame, BORDERS } from './same.ts';

export function gridMatchCases(): Case[] {
  return [
    { name: 'gridMatch: an empty batch, one item', run: small },
    {
      name: 'gridMatch: adversarial grids, each against each',
      run: async (backend) => {
        await holds(backend, ...allAgainstAll(adversarialGrids()));
      },
    },
    { name: 'gridMatch: random grids, few cells changed', run: random },
    ...BORDERS.map((rows) => ({
      name: `gridMatch: ${rows} rows`,
      run: (backend: Backend) => manyRows(backend, rows),
    })),
    { name: 'gridMatch: records of its own storage', run: ownStorage },
    { name: 'gridMatch: calls that overlap', run: overlapping },
  ];
}

/** Outputs of real tasks, each against itself, and inputs against outputs. */
export function realGridsCase(samples: readonly RealSample[]): Case {
  return {
    name: 'gridMatch: real grids',
    run: async (backend) => {
      const expected = packAll(samples.map((sample) => sample.output));
      const inputs = packAll(samples.map((sample) => sample.input));
      const indexBy = (shift: number) => Int32Array.from(samples, (_, k) => (k + shift) % samples.length);
      const result = await holds(backend, expected, expected, indexBy(0));
      ok(result.every((word, k) => k % MATCH_WORDS !== EXACT || word === 1));
      await holds(backend, inputs, expected, indexBy(1));
    },
  };
}

async function holds(
  backend: Backend,
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
): Promise<Int32Array> {
  const result = await backend.gridMatch(outputs, expected, index);
  assertSame(result, gridMatchReference(outputs, expected, index));
  return result;
}

async function small(backend: Backend): Promise<void> {
  assertSame(await backend.gridMatch(new Int32Array(), new Int32Array(), new Int32Array()), new Int32Array());
  const grid = packAll([{ height: 2, width: 3, cells: [1, 2, 3, 4, 5, 6] }]);
  assertSame(await backend.gridMatch(grid, grid, Int32Array.of(0)), Int32Array.of(1, 1, 6, 6));
}

async function random(backend: Backend): Promise<void> {
  const arbitrary = fc.tuple(gridArbitrary(15), gridArbitrary(3), fc.array(fc.nat(899), { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(fc.array(arbitrary, { minLength: 1, maxLength: 8 }), async (cases) => {
      const grids = cases.flatMap(([a, b, changes]) => {
        const changed = Uint8Array.from(a.cells);
        for (const at of changes) changed[at % changed.length]! ^= 1 + (at % 15);
        return [a, b, { ...a, cells: changed }, { ...b, height: b.width, width: b.height }];
      });
      await holds(backend, ...allAgainstAll(grids));
    }),
    { numRuns: 40 },
  );
}

async function manyRows(backend: Backend, rows: number): Promise<void> {
  const grids = fc.sample(gridArbitrary(9), { numRuns: 50, seed: rows });
  const index = Int32Array.from({ length: rows }, (_, k) => (k * 31) % grids.length);
  const outputs = packAll(Array.from(index, (at, k) => (k % 3 === 0 ? grids[at]! : grids[k % grids.length]!)));
  await holds(backend, outputs, packAll(grids), index);
}

async function ownStorage(backend: Backend): Promise<void> {
  const outputs = backend.records(5);
  assertSame(outputs, new Int32Array(5 * RECORD_WORDS));
  outputs.set(packAll(fc.sample(gridArbitrary(9), { numRuns: 5, seed: 1 })));
  await holds(backend, outputs, outputs.slice(), Int32Array.of(0, 2, 2, 4, 3));
  await holds(backend, outputs.subarray(RECORD_WORDS, 3 * RECORD_WORDS), outputs.slice(), Int32Array.of(1, 4));
}

async function overlapping(backend: Backend): Promise<void> {
  const calls = [3, 300, 1].map((rows) => {
    const outputs = packAll(fc.sample(gridArbitrary(9), { numRuns: rows, seed: rows }));
    const index = Int32Array.from({ length: rows }, (_, k) => rows - 1 - k);
    return { outputs, index, result: backend.gridMatch(outputs, outputs, index) };
  });
  for (const { outputs, index, result } of calls) {
    assertSame(await result, gridMatchReference(outputs, outputs, index));
  }
}

function allAgainstAll(grids: readonly (TestGrid | null)[]): [Int32Array, Int32Array, Int32Array] {
  const index = Int32Array.from({ length: grids.length ** 2 }, (_, k) => k % grids.length);
  return [packAll(grids.flatMap((grid) => grids.map(() => grid))), packAll(grids), index];
}
