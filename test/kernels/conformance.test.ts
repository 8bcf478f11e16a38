// The one suite that every backend passes: equality to the bit with the plain references, and nothing left behind.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { EQUAL_CELLS, MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import { RECORD_WORDS } from '../../kernels/layout.ts';
import { BACKENDS, openBackend } from '../../kernels/open.ts';
import { groupOutputs } from '../../kernels/outputKey/groups.ts';
import { outputKeyReference } from '../../kernels/outputKey/reference.ts';
import type { ScoreRows } from '../../kernels/scoreTable/op.ts';
import { scoreTableReference } from '../../kernels/scoreTable/reference.ts';
import { readTasks } from '../../src/arc/read.ts';
import { sharedSet } from '../arc/sharedData.ts';
import { adversarialGrids, gridArbitrary, packAll, type TestGrid } from './grids.ts';
import { randomRows } from './rows.ts';

/** Batch sizes around the borders at which some backend cuts. */
const BORDERS = [1, 63, 64, 65, 255, 256, 257, 1023, 1025, 4095, 4096, 4097];

const opened = new Map<BackendName, Backend | string>();
for (const name of BACKENDS) {
  try {
    opened.set(name, await openBackend(name));
  } catch (error) {
    if (!(error instanceof BackendAbsentError)) throw error;
    opened.set(name, error.message);
    // CI looks for these words
    console.warn(`left out: the conformance suite on ${name}: ${error.message}`);
  }
}

describe.each(BACKENDS)('the backend %s', (name) => {
  const found = opened.get(name)!;
  if (typeof found === 'string') {
    test.skip(found, () => {});
    return;
  }
  const backend = found;
  const before = backend.held();
  beforeAll(() => expect(before).toEqual({ tensors: 0, buffers: 0 }));
  afterAll(async () => {
    // every call has given back what it held
    expect(backend.held()).toEqual(before);
    await backend.close();
  });

  async function holdsMatch(outputs: Int32Array, expected: Int32Array, index: Int32Array): Promise<Int32Array> {
    const result = await backend.gridMatch(outputs, expected, index);
    expect(same(result, gridMatchReference(outputs, expected, index))).toBe('same');
    return result;
  }

  async function holdsTable(rows: ScoreRows): Promise<void> {
    const result = await backend.scoreTable(rows);
    const reference = scoreTableReference(rows);
    expect(same(result.sums, reference.sums)).toBe('same');
    expect(same(result.ranking, reference.ranking)).toBe('same');
  }

  test('gridMatch: an empty batch, one item', async () => {
    expect(await backend.gridMatch(new Int32Array(), new Int32Array(), new Int32Array())).toEqual(new Int32Array());
    const grid = packAll([{ height: 2, width: 3, cells: [1, 2, 3, 4, 5, 6] }]);
    expect([...(await backend.gridMatch(grid, grid, Int32Array.of(0)))]).toEqual([1, 1, 6, 6]);
  });

  test('gridMatch: adversarial grids, each against each', async () => {
    const grids = adversarialGrids();
    await holdsMatch(...allAgainstAll(grids));
  });

  test('gridMatch: random grids, few cells changed', async () => {
    const arbitrary = fc.tuple(gridArbitrary(15), gridArbitrary(3), fc.array(fc.nat(899), { maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { minLength: 1, maxLength: 8 }), async (cases) => {
        const grids = cases.flatMap(([a, b, changes]) => {
          const changed = Uint8Array.from(a.cells);
          for (const at of changes) changed[at % changed.length]! ^= 1 + (at % 15);
          return [a, b, { ...a, cells: changed }, { ...b, height: b.width, width: b.height }];
        });
        await holdsMatch(...allAgainstAll(grids));
      }),
      { numRuns: 40 },
    );
  });

  test.each(BORDERS)('gridMatch: %i rows', async (rows) => {
    const grids = fc.sample(gridArbitrary(9), { numRuns: 50, seed: rows });
    const expected = packAll(grids);
    const index = Int32Array.from({ length: rows }, (_, k) => (k * 31) % grids.length);
    const outputs = packAll(Array.from(index, (at, k) => (k % 3 === 0 ? grids[at]! : grids[k % grids.length]!)));
    await holdsMatch(outputs, expected, index);
  });

  test('gridMatch: real grids', async () => {
    const folder = sharedSet('agi1/training', `gridMatch on ${name} with real grids`);
    if (folder === undefined) return;
    const samples = readTasks(folder).flatMap((task) => [...task.demo, ...task.test]);
    const expected = packAll(samples.map((sample) => sample.output));
    for (const shift of [0, 1]) {
      const outputs = packAll(samples.map((sample) => (shift === 0 ? sample.output : sample.input)));
      const index = Int32Array.from(samples, (_, k) => (k + shift) % samples.length);
      const result = await holdsMatch(outputs, expected, index);
      if (shift === 0) expect(result.every((word, k) => k % MATCH_WORDS !== 0 || word === 1)).toBe(true);
    }
  });

  test('gridMatch: records of its own storage', async () => {
    const outputs = backend.records(5);
    expect(outputs).toEqual(new Int32Array(5 * RECORD_WORDS));
    outputs.set(packAll(fc.sample(gridArbitrary(9), { numRuns: 5, seed: 1 })));
    await holdsMatch(outputs, outputs.slice(), Int32Array.of(0, 2, 2, 4, 3));
    await holdsMatch(outputs.subarray(RECORD_WORDS, 3 * RECORD_WORDS), outputs.slice(), Int32Array.of(1, 4));
  });

  test('gridMatch: calls that overlap', async () => {
    const calls = [3, 300, 1].map((rows) => {
      const outputs = packAll(fc.sample(gridArbitrary(9), { numRuns: rows, seed: rows }));
      const index = Int32Array.from({ length: rows }, (_, k) => rows - 1 - k);
      return { outputs, index, result: backend.gridMatch(outputs, outputs, index) };
    });
    for (const { outputs, index, result } of calls) {
      expect(same(await result, gridMatchReference(outputs, outputs, index))).toBe('same');
    }
  });

  test('refuses arguments that break the contract', async () => {
    const two = packAll([null, null]);
    const refused = async (call: () => unknown, message: string) =>
      expect(async () => await call()).rejects.toThrow(message);
    await refused(() => backend.gridMatch(two, two, Int32Array.of(0)), 'words of outputs, expected 1 × 128');
    await refused(() => backend.gridMatch(two, two, Int32Array.of(0, 2)), 'index[1] is 2, expected 0..1');
    await refused(() => backend.outputKey(two, 0), 'found 0 samples');
    await refused(() => backend.outputKey(two, 3), 'expected a multiple of 3 × 128');
    const rows = randomRows({ seed: 1, candidates: 3, samples: 2 });
    await refused(() => backend.scoreTable({ ...rows, candidates: 2 }), 'expected 0..1');
    await refused(() => backend.scoreTable({ ...rows, weights: Int32Array.of(-1, 0, 0, 1) }), 'found weight -1');
    await refused(() => backend.scoreTable({ ...rows, top: 0.5 }), 'top is 0.5');
  });

  test('scoreTable: nothing, and candidates without rows', async () => {
    const none = new Int32Array();
    const empty = { match: none, candidate: none, sample: none, weights: none };
    await holdsTable({ ...empty, candidates: 0, top: 3 });
    await holdsTable({ ...empty, candidates: 5, top: 3 });
    await holdsTable({ ...randomRows({ seed: 2, candidates: 4, samples: 3 }), candidates: 9, top: 9 });
    await holdsTable({ ...randomRows({ seed: 2, candidates: 4, samples: 3 }), top: 0 });
  });

  test('scoreTable: random rows', async () => {
    const arbitrary = fc.record({
      seed: fc.integer(),
      candidates: fc.integer({ min: 1, max: 40 }),
      samples: fc.integer({ min: 1, max: 9 }),
      top: fc.integer({ min: 0, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ top, ...shape }) => holdsTable({ ...randomRows(shape), top })),
      { numRuns: 60 },
    );
  });

  test.each(BORDERS)('scoreTable: %i candidates, many of them equal', async (candidates) => {
    const rows = randomRows({ seed: candidates, candidates, samples: 3, kinds: 5 });
    await holdsTable({ ...rows, top: 10 });
    await holdsTable({ ...rows, top: candidates });
  });

  test('scoreTable: the largest sums', async () => {
    const rows = randomRows({ seed: 3, candidates: 6, samples: 4 });
    rows.match.forEach((_, at) => {
      rows.match[at] = at % MATCH_WORDS < EQUAL_CELLS ? 1 : 900;
    });
    await holdsTable({ ...rows, weights: Int32Array.of(32000, 0, 0, 700, 60, 1, 0, 6), top: 6 });
  });

  test('outputKey: random outputs, groups confirmed by content', async () => {
    for (const samples of [1, 2, 5, 33]) {
      const grids = fc.sample(gridArbitrary(9), { numRuns: 7, seed: samples });
      const outputs = packAll(
        Array.from({ length: 257 * samples }, (_, k) => (k % 97 === 5 ? null : grids[((k * k) % 11) % grids.length]!)),
      );
      const keys = await backend.outputKey(outputs, samples);
      expect(same(keys, outputKeyReference(outputs, samples))).toBe('same');
      expect(groupOutputs(outputs, samples, keys)).toEqual(plainGroups(outputs, samples));
    }
    expect(await backend.outputKey(new Int32Array(), 4)).toEqual(new Int32Array());
  });
});

/** Where two arrays first differ; `toEqual` takes seconds to say so of large ones. */
function same(found: Int32Array, expected: Int32Array): string {
  if (found.length !== expected.length) return `${found.length} words in place of ${expected.length}`;
  const at = found.findIndex((word, k) => word !== expected[k]);
  return at < 0 ? 'same' : `word ${at} is ${found[at]} in place of ${expected[at]}`;
}

function allAgainstAll(grids: readonly (TestGrid | null)[]): [Int32Array, Int32Array, Int32Array] {
  const index = Int32Array.from({ length: grids.length ** 2 }, (_, k) => k % grids.length);
  return [packAll(grids.flatMap((grid) => grids.map(() => grid))), packAll(grids), index];
}

function plainGroups(outputs: Int32Array, samples: number): Int32Array {
  const words = samples * RECORD_WORDS;
  const texts = Array.from({ length: outputs.length / words }, (_, c) => {
    const records = Array.from({ length: samples }, (_, s) =>
      outputs.subarray(c * words + s * RECORD_WORDS, c * words + (s + 1) * RECORD_WORDS).join(),
    );
    return records.some((record) => !/[1-9]/.test(record)) ? `alone ${c}` : records.join(';');
  });
  return Int32Array.from(texts, (text) => texts.indexOf(text));
}
