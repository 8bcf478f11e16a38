// The memory of the WASM backend: it grows in chunks up to its limit, and what was handed out stays.
import { describe, expect, test } from 'vitest';
import { gridMatchReference } from '../../../kernels/gridMatch/reference.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { adversarialGrids, packAll } from '../../../kernels/suite/grids.ts';
import { openWasm } from '../../../kernels/wasm/openWasm.ts';
import { MEMORY_CHUNK, MEMORY_LIMIT, WasmMemory } from '../../../kernels/wasm/wasmMemory.ts';

const CHUNK_WORDS = MEMORY_CHUNK / 4;
const LIMIT_WORDS = MEMORY_LIMIT / 4;
const CHUNK_RECORDS = CHUNK_WORDS / RECORD_WORDS;
const grids = packAll(adversarialGrids());
const count = grids.length / RECORD_WORDS;
const index = Int32Array.from({ length: count }, (_, k) => (k * 5) % count);
const truth = gridMatchReference(grids, grids, index);

describe('the memory', () => {
  test.each([
    [CHUNK_WORDS - 1, 1],
    [CHUNK_WORDS, 1],
    [CHUNK_WORDS + 1, 2],
    [2 * CHUNK_WORDS, 2],
    [2 * CHUNK_WORDS + 1, 3],
  ])('%i words take %i chunks', (words, chunks) => {
    const memory = new WasmMemory();
    expect(memory.size).toBe(MEMORY_CHUNK);
    expect(memory.take(words)).toHaveLength(words);
    expect(memory.size).toBe(chunks * MEMORY_CHUNK);
  });

  test('ends at its limit, whatever the order', () => {
    const memory = new WasmMemory();
    expect(memory.take(LIMIT_WORDS + 1)).toBeUndefined();
    expect(memory.size).toBe(MEMORY_CHUNK);
    expect(memory.take(LIMIT_WORDS - RECORD_WORDS)).toHaveLength(LIMIT_WORDS - RECORD_WORDS);
    expect(memory.size).toBe(MEMORY_LIMIT);
    expect(memory.take(RECORD_WORDS + 1)).toBeUndefined();
    const last = memory.take(RECORD_WORDS)!;
    expect(last.byteOffset + last.byteLength).toBe(MEMORY_LIMIT);
    expect(last.every((word) => word === 0)).toBe(true);
    expect(memory.take(1)).toBeUndefined();
    expect(memory.take(0)).toHaveLength(0);
  });

  test('knows its own arrays after it has grown, and those alone', () => {
    const memory = new WasmMemory();
    const early = memory.take(10)!;
    const late = memory.take(CHUNK_WORDS)!;
    expect(early.buffer).not.toBe(late.buffer);
    expect(memory.offsetOf(early)).toBe(0);
    expect(memory.offsetOf(early.subarray(3))).toBe(12);
    expect(memory.offsetOf(late)).toBe(512);
    early[9] = 77;
    expect(new Int32Array(late.buffer)[9]).toBe(77);
    for (const other of [new Int32Array(9), new Int32Array(new SharedArrayBuffer(8)), new WasmMemory().take(9)!]) {
      expect(memory.offsetOf(other)).toBe(-1);
    }
  });
});

describe('records', () => {
  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d of them', (number) => {
    expect(() => openWasm().records(number)).toThrow(`${number} records, expected an integer from 0`);
  });

  test.each([0, 1, CHUNK_RECORDS - 1, CHUNK_RECORDS, CHUNK_RECORDS + 1])('gives %i, zeroed and apart', (number) => {
    const backend = openWasm();
    const storages = [1, 2, 3].map(() => backend.records(number));
    for (const [k, storage] of storages.entries()) {
      expect(storage.length).toBe(number * RECORD_WORDS);
      expect(storage.every((word) => word === 0)).toBe(true);
      storage.fill(k + 1);
    }
    for (const [k, storage] of storages.entries()) expect(storage.every((word) => word === k + 1)).toBe(true);
  });

  test('stay as they are while the memory grows around them, and are compared all the same', () => {
    const backend = openWasm();
    const early = backend.records(count);
    early.set(grids);
    for (let round = 0; round < 4; round++) {
      // its last record ends just before, at and after a chunk's end
      const more = backend.records(CHUNK_RECORDS + round - 1).subarray(-grids.length);
      more.set(grids);
      expect(backend.gridMatch(early, more, index)).toEqual(truth);
      expect(backend.gridMatch(more, early, index)).toEqual(truth);
    }
  });

  test('beyond the limit are ordinary arrays, and compared all the same', () => {
    const backend = openWasm();
    const most = backend.records(MEMORY_LIMIT / (4 * RECORD_WORDS) - 4 * CHUNK_RECORDS);
    expect(most.buffer).toBeInstanceOf(SharedArrayBuffer);
    const over = backend.records(5 * CHUNK_RECORDS);
    expect(over.buffer).toBeInstanceOf(ArrayBuffer);
    // a smaller storage still fits
    const within = backend.records(count);
    expect(within.buffer).toBeInstanceOf(SharedArrayBuffer);
    within.set(grids);
    over.set(grids, over.length - grids.length);
    expect(backend.gridMatch(over.subarray(-grids.length), within, index)).toEqual(truth);
    expect(backend.gridMatch(within, over.subarray(-grids.length), index)).toEqual(truth);
  });
});
