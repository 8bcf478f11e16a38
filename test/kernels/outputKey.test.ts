// outputKey in TypeScript against the plainest way, and the groups that are made of its keys.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outputKeyCpu } from '../../kernels/outputKey/cpu.ts';
import { groupOutputs } from '../../kernels/outputKey/groupOutputs.ts';
import { outputKeyReference } from '../../kernels/outputKey/reference.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import { gridArbitrary, packAll } from '../../kernels/suite/grids.ts';

describe.each([1, 2, 5, 33])('%i samples', (samples) => {
  const grids = fc.sample(gridArbitrary(9), { numRuns: 7, seed: samples });
  const outputs = packAll(
    Array.from({ length: 257 * samples }, (_, k) => (k % 97 === 5 ? null : grids[((k * k) % 11) % grids.length]!)),
  );

  test('keys', () => {
    expect(outputKeyCpu(outputs, samples)).toEqual(outputKeyReference(outputs, samples));
  });

  test('groups confirmed by content', () => {
    expect(groupOutputs(outputs, samples, outputKeyCpu(outputs, samples))).toEqual(plainGroups(outputs, samples));
  });

  test('groups where all keys are alike', () => {
    const keys = new Int32Array(257 * 4);
    expect(groupOutputs(outputs, samples, keys)).toEqual(plainGroups(outputs, samples));
  });
});

test('no outputs, and lengths that break the contract', () => {
  expect(outputKeyCpu(new Int32Array(), 4)).toEqual(new Int32Array());
  expect(() => outputKeyCpu(packAll([null, null]), 0)).toThrow('found 0 samples');
  expect(() => outputKeyCpu(packAll([null, null]), 3)).toThrow('expected a multiple of 3 × 128');
});

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
