// outputKey on WASM, for records that lie in the backend's memory.
import { RECORD_WORDS } from '../record.ts';
import { copyWords, type WasmHost } from '../wasm/scratch.ts';
import { outputKeyCpu } from './cpu.ts';
import { KEY_WORDS, type OutputKey, prepareOutputKey } from './op.ts';

/** Keys that pass through the scratch area at once. */
const BLOCK_KEYS = 4096;

/** See `OutputKey` in `op.ts`. Records that lie elsewhere go to TypeScript: 16 of 512 bytes are read, a copy reads all. */
export function outputKeyWasm({ kernels, memory, scratch }: WasmHost): OutputKey {
  return (outputs, samples) => {
    const outputsAt = memory.offsetOf(outputs);
    if (outputsAt < 0) return outputKeyCpu(outputs, samples);
    const keys = prepareOutputKey(outputs, samples);
    const candidates = keys.length / KEY_WORDS;
    for (let from = 0; from < candidates; from += BLOCK_KEYS) {
      const count = Math.min(BLOCK_KEYS, candidates - from);
      kernels.outputKey(outputsAt + 4 * RECORD_WORDS * samples * from, 0, count, samples);
      copyWords(scratch, 0, keys, from * KEY_WORDS, count * KEY_WORDS);
    }
    return keys;
  };
}
