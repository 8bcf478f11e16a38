// The ops as tfjs's users call them: equal to the references on every backend of tfjs, and tidy.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BackendAbsentError } from '../../kernels/backend.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import { outputKeyReference } from '../../kernels/outputKey/reference.ts';
import type { ScoreRows } from '../../kernels/scoreTable/op.ts';
import { scoreTableReference } from '../../kernels/scoreTable/reference.ts';
import { adversarialGrids, gridArbitrary, packAll } from '../../kernels/suite/grids.ts';
import { randomRows } from '../../kernels/suite/randomRows.ts';
import { gridMatch, outputKey, registerKernels, scoreTable, type TfjsBackend } from '../../kernels/tfjs/index.ts';
import { provideWebGpu } from './webgpu/navigator.ts';

const BACKENDS: readonly TfjsBackend[] = ['cpu', 'wasm', 'webgpu', 'tensorflow'];

const absent = new Map<TfjsBackend, string>();
for (const name of BACKENDS) {
  try {
    if (name === 'webgpu' && !(await provideWebGpu())) throw new BackendAbsentError(name, 'there is no adapter');
    if (name !== 'tensorflow') await import(`@tensorflow/tfjs-backend-${name}`);
    await registerKernels(name);
  } catch (error) {
    if (!(error instanceof BackendAbsentError)) throw error;
    absent.set(name, error.message);
    // CI looks for these words
    console.warn(`left out: the tfjs ops on ${name}: ${error.message}`);
  }
}

describe.each(BACKENDS.filter((name) => !absent.has(name)))('on tfjs %s', (name) => {
  beforeAll(async () => {
    // has tfjs look after every kernel whether it left tensors behind
    tf.env().set('IS_TEST', true);
    expect(await tf.setBackend(name)).toBe(true);
  });

  let before: tf.MemoryInfo;
  beforeEach(() => {
    before = tf.memory();
  });
  afterEach(() => {
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    expect({ numTensors, numDataBuffers, numBytes }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numBytes: before.numBytes,
    });
  });

  const records = (words: Int32Array) => tf.tensor2d(words, [words.length / 128, 128], 'int32');
  const numbers = (words: Int32Array) => tf.tensor1d(words, 'int32');

  function tableOf(rows: ScoreRows): { sums: tf.Tensor2D; ranking: tf.Tensor1D } {
    return tf.tidy(() =>
      scoreTable(
        tf.tensor2d(rows.match, [rows.match.length / 4, 4], 'int32'),
        numbers(rows.candidate),
        numbers(rows.sample),
        tf.tensor2d(rows.weights, [rows.weights.length / 2, 2], 'int32'),
        rows.candidates,
        rows.top,
      ),
    );
  }

  test('gridMatch: all against all', async () => {
    const grids = [...adversarialGrids(), ...fc.sample(gridArbitrary(9), { numRuns: 30, seed: 1 })];
    const outputs = packAll(grids.flatMap((grid) => grids.map(() => grid)));
    const expected = packAll(grids);
    const index = Int32Array.from({ length: grids.length ** 2 }, (_, k) => k % grids.length);
    const match = tf.tidy(() => gridMatch(records(outputs), records(expected), numbers(index)));
    expect(tf.memory().numTensors).toBe(before.numTensors + 1);
    expect([match.shape, match.dtype]).toEqual([[index.length, 4], 'int32']);
    expect(await match.data()).toEqual(gridMatchReference(outputs, expected, index));
    match.dispose();
  });

  test('scoreTable: random rows', async () => {
    for (const [candidates, samples, top] of [
      [1, 1, 1],
      [7, 3, 4],
      [300, 6, 10],
      [300, 6, 1000],
    ] as const) {
      const rows = { ...randomRows({ seed: candidates, candidates, samples, kinds: 4 }), top };
      const { sums, ranking } = tableOf(rows);
      expect([sums.shape, ranking.shape]).toEqual([[candidates, 4], [Math.min(top, candidates)]]);
      const reference = scoreTableReference(rows);
      expect(await sums.data()).toEqual(reference.sums);
      expect(await ranking.data()).toEqual(reference.ranking);
      tf.dispose([sums, ranking]);
    }
  });

  test('outputKey: random outputs', async () => {
    const outputs = packAll(fc.sample(fc.option(gridArbitrary(9)), { numRuns: 6 * 37, seed: 2 }));
    for (const samples of [1, 6, 37]) {
      const keys = tf.tidy(() =>
        outputKey(tf.tensor3d(outputs, [outputs.length / 128 / samples, samples, 128], 'int32')),
      );
      expect(await keys.data()).toEqual(outputKeyReference(outputs, samples));
      keys.dispose();
    }
  });

  test('the ops feed each other', async () => {
    const grids = packAll(fc.sample(gridArbitrary(9), { numRuns: 12, seed: 3 }));
    const index = Int32Array.from({ length: 12 }, (_, k) => (k % 3 === 0 ? k : 0));
    const rows: ScoreRows = {
      match: gridMatchReference(grids, grids, index),
      candidate: Int32Array.from(index, (_, k) => k >> 1),
      sample: Int32Array.from(index, (_, k) => k % 2),
      weights: Int32Array.of(1, 0, 0, 1),
      candidates: 6,
      top: 6,
    };
    const ranking = tf.tidy(() => {
      const match = gridMatch(records(grids), records(grids), numbers(index));
      const weights = tf.tensor2d(rows.weights, [2, 2], 'int32');
      return scoreTable(match, numbers(rows.candidate), numbers(rows.sample), weights, 6, 6).ranking;
    });
    expect(await ranking.data()).toEqual(scoreTableReference(rows).ranking);
    ranking.dispose();
  });

  test('numbers out of range are refused, or harmless where nobody looks', async () => {
    const grids = packAll(fc.sample(gridArbitrary(9), { numRuns: 4, seed: 4 }));
    const match = () => tf.tidy(() => gridMatch(records(grids), records(grids), numbers(Int32Array.of(-7, 1, 4, 1e9))));
    const rows = { ...randomRows({ seed: 4, candidates: 5, samples: 2 }), top: 5 };
    const astray = { ...rows, candidate: rows.candidate.map((c, k) => (k === 0 ? 5 : k === 1 ? -1 : c)) };
    if (name === 'cpu' || name === 'wasm') {
      expect(match).toThrow('gridMatch: index[0] is -7, expected 0..3');
      expect(() => tableOf(astray)).toThrow('scoreTable: candidate[0] is 5, expected 0..4');
      return;
    }
    const matched = match();
    expect(await matched.data()).toEqual(gridMatchReference(grids, grids, Int32Array.of(0, 1, 3, 3)));
    const { sums, ranking } = tableOf(astray);
    const others = {
      match: rows.match.subarray(8),
      candidate: rows.candidate.subarray(2),
      sample: rows.sample.subarray(2),
    };
    expect(await sums.data()).toEqual(scoreTableReference({ ...rows, ...others }).sums);
    tf.dispose([matched, sums, ranking]);
  });

  test('nothing in, nothing out', async () => {
    const empty = new Int32Array();
    const none = tf.tidy(() => {
      const { sums, ranking } = tableOf({ ...randomRows({ seed: 1, candidates: 3, samples: 2 }), top: 0 });
      sums.dispose();
      return [
        gridMatch(records(empty), records(empty), numbers(empty)),
        outputKey(tf.tensor3d(empty, [0, 2, 128], 'int32')),
        ranking,
      ];
    });
    for (const tensor of none) {
      expect(await tensor.data()).toEqual(empty);
      tensor.dispose();
    }
    const rowless = tableOf({ match: empty, candidate: empty, sample: empty, weights: empty, candidates: 5, top: 2 });
    expect(await rowless.sums.data()).toEqual(new Int32Array(20));
    expect(await rowless.ranking.data()).toEqual(Int32Array.of(0, 1));
    tf.dispose([rowless.sums, rowless.ranking]);
  });
});

test('dtypes and shapes that are not taken are refused in words', () => {
  tf.tidy(() => {
    const grids = tf.zeros<tf.Rank.R2>([3, 128], 'int32');
    const two = tf.tensor1d([0, 1], 'int32');
    expect(() => gridMatch(grids, grids, two)).toThrow('gridMatch: outputs has shape [3, 128], expected [2, 128]');
    expect(() => gridMatch(grids, tf.zeros([3, 64], 'int32'), tf.tensor1d([0, 1, 2], 'int32'))).toThrow(
      'gridMatch: expected has shape [3, 64], expected [m, 128]',
    );
    expect(() => gridMatch(grids, grids, tf.tensor1d([0, 1, 2]))).toThrow(
      'gridMatch: index is of dtype float32, expected int32',
    );
    expect(() => gridMatch(grids, tf.zeros([0, 128], 'int32'), tf.tensor1d([0, 1, 2], 'int32'))).toThrow(
      'gridMatch: found 0 expected grids',
    );
    expect(() => outputKey(tf.zeros([3, 0, 128], 'int32'))).toThrow('outputKey: found 0 samples');
    const match = tf.zeros<tf.Rank.R2>([2, 4], 'int32');
    const weights = tf.zeros<tf.Rank.R2>([2, 2], 'int32');
    expect(() => scoreTable(match, two, two, weights, -1, 3)).toThrow('candidates is -1, expected an integer from 0');
    expect(() => scoreTable(match, two, two, match, 3, 3)).toThrow(
      'scoreTable: weights has shape [2, 4], expected [s, 2]',
    );
  });
});
