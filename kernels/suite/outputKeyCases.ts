// outputKey against its plain reference.
import fc from 'fast-check';
import { gridArbitrary, packAll } from '../../test/kernels/grids.ts';
import type { Backend } from '../backend.ts';
import { groupOutputs } from '../outputKey/groupOutputs.ts';
import { outputKeyReference } from '../outputKey/reference.ts';
import { RECORD_WORDS } from '../record.ts';
import type { Case } from './cases.ts';
import { assertSame } from './same.ts';

export function outputKeyCases(): Case[] {
  return [{ name: 'outputKey: random outputs, groups confirmed by content', run: groups }];
}

async function groups(backend: Backend): Promise<void> {
  for (const samples of [1, 2, 5, 33]) {
    const grids = fc.sample(gridArbitrary(9), { numRuns: 7, seed: samples });
    const outputs = packAll(
      Array.from({ length: 257 * samples }, (_, k) => (k % 97 === 5 ? null : grids[((k * k) % 11) % grids.length]!)),
    );
    const keys = await backend.outputKey(outputs, samples);
    assertSame(keys, outputKeyReference(outputs, samples));
    assertSame(groupOutputs(outputs, samples, keys), plainGroups(outputs, samples));
  }
  assertSame(await backend.outputKey(new Int32Array(), 4), new Int32Array());
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
