// The backend `wasm`: the ops in WASM SIMD, in one memory, with other threads for large batches.
import type { OpenOptions, SyncBackend } from '../backend.ts';
import { cpuDevice } from '../cpu/cpuDevice.ts';
import { gridMatchWasm } from '../gridMatch/wasm.ts';
import { RECORD_WORDS } from '../record.ts';
import { scoreTableWasm } from '../scoreTable/wasm.ts';
import { Crew } from './crew.ts';
import { SCRATCH_WORDS } from './scratch.ts';
import { WasmMemory } from './wasmMemory.ts';
import { instantiate, wasmModule } from './wasmModule.ts';

/**
 * Opens the backend. What `records` gives lies in its memory, up to the limit of that (`MEMORY_LIMIT`), and is compared in
 * place; beyond it `records` gives ordinary storage, which works like any other array and is copied.
 * @param options `threads`: an integer from 1
 * @throws BackendAbsentError where WASM, its SIMD or the address space for its memory is not there
 * @throws RangeError for other threads
 */
export function openWasm({ threads = 1 }: Pick<OpenOptions, 'threads'> = {}): SyncBackend {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`backend wasm: threads is ${threads}, expected an integer from 1`);
  }
  const module = wasmModule();
  const memory = new WasmMemory();
  const scratch = memory.take(SCRATCH_WORDS)!;
  const kernels = instantiate(module, memory.memory);
  const crew = threads === 1 ? undefined : new Crew(threads - 1, module, kernels, memory);
  const host = { kernels, memory, scratch, crew };
  return {
    name: 'wasm',
    get device() {
      return cpuDevice();
    },
    batchRows: threads === 1 ? 4096 : 16384,
    gridMatch: gridMatchWasm(host),
    scoreTable: scoreTableWasm(host),
    records: (count) => {
      if (!Number.isInteger(count) || count < 0) {
        throw new RangeError(`backend wasm: ${count} records, expected an integer from 0`);
      }
      return memory.take(count * RECORD_WORDS) ?? new Int32Array(count * RECORD_WORDS);
    },
    held: () => ({ tensors: 0, buffers: 0 }),
    steps: () => undefined,
    close: async () => crew?.close(),
  };
}
