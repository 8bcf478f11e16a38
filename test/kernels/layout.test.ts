import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsRecord, HASH_WORDS, packInvalid, packRecord, RECORD_WORDS, unpackRecord } from '../../kernels/layout.ts';
import { readTasks } from '../../src/arc/read.ts';
import { sharedSet } from '../arc/sharedData.ts';
import { gridArbitrary, type TestGrid } from './grids.ts';

function pack(grid: TestGrid): Int32Array {
  const records = new Int32Array(RECORD_WORDS);
  packRecord(records, 0, grid.height, grid.width, grid.cells);
  return records;
}

function hashOf(grid: TestGrid): string {
  const record = pack(grid);
  return HASH_WORDS.map((word) => (record[word]! >>> 0).toString(16).padStart(8, '0')).join('');
}

// The record as layout.ts describes it, word by word, with MurmurHash3_x86_128 in 64-bit arithmetic.
function describedRecord({ height, width, cells }: TestGrid): Int32Array {
  const record = new Int32Array(RECORD_WORDS);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      for (let p = 0; p < 4; p++) record[32 * p + r]! |= ((cells[r * width + c]! >> p) & 1) << c;
    }
  }
  const blocks = Array.from({ length: height }, (_, r) => [0, 32, 64, 96].map((plane) => record[plane + r]!));
  record[30] = height;
  record[62] = width;
  murmur(blocks, height + 256 * width).forEach((word, k) => {
    record[HASH_WORDS[k]!] = Number(BigInt.asIntN(32, word));
  });
  return record;
}

function murmur(blocks: number[][], seed: number): bigint[] {
  const u = (n: bigint) => BigInt.asUintN(32, n);
  const rotate = (n: bigint, by: bigint) => u(n << by) | (n >> (32n - by));
  const c = [0x239b961bn, 0xab0e9789n, 0x38b34ae5n, 0xa1e38b93n];
  const keyTurn = [15n, 16n, 17n, 18n];
  const turn = [19n, 17n, 15n, 13n];
  const plus = [0x561ccd1bn, 0x0bcaa747n, 0x96cd1c35n, 0x32ac3b17n];
  const h = [0, 1, 2, 3].map(() => BigInt(seed));
  for (const block of blocks) {
    for (let k = 0; k < 4; k++) {
      h[k]! ^= u(rotate(u(u(BigInt(block[k]!)) * c[k]!), keyTurn[k]!) * c[(k + 1) % 4]!);
      h[k] = u(u(rotate(h[k]!, turn[k]!) + h[(k + 1) % 4]!) * 5n + plus[k]!);
    }
  }
  const mix = () => {
    h[0] = u(h[0]! + h[1]! + h[2]! + h[3]!);
    for (let k = 1; k < 4; k++) h[k] = u(h[k]! + h[0]!);
  };
  for (let k = 0; k < 4; k++) h[k]! ^= BigInt(16 * blocks.length);
  mix();
  for (let k = 0; k < 4; k++) {
    let x = h[k]!;
    x = u((x ^ (x >> 16n)) * 0x85ebca6bn);
    x = u((x ^ (x >> 13n)) * 0xc2b2ae35n);
    h[k] = x ^ (x >> 16n);
  }
  mix();
  return h;
}

describe('packRecord', () => {
  test('the hash as described is the published MurmurHash3_x86_128 (value from the mmh3 package)', () => {
    const word = (text: string) => Buffer.from(text).readInt32LE();
    const digest = murmur([['abcd', 'efgh', 'ijkl', 'mnop'].map(word)], 123).map((h) =>
      h.toString(16).padStart(8, '0'),
    );
    expect(digest.join('')).toBe('10ef4f724970412a8da0fc1b2f3516c0');
  });

  test('writes every word as described, over old contents too', () => {
    fc.assert(
      fc.property(gridArbitrary(15), (grid) => {
        const records = new Int32Array(3 * RECORD_WORDS).fill(-1);
        packRecord(records, 1, grid.height, grid.width, grid.cells);
        expect(records.subarray(RECORD_WORDS, 2 * RECORD_WORDS)).toEqual(describedRecord(grid));
        expect(records.subarray(0, RECORD_WORDS).every((word) => word === -1)).toBe(true);
        expect(records.subarray(2 * RECORD_WORDS).every((word) => word === -1)).toBe(true);
      }),
    );
  });

  test('every shape comes back, from typed and plain arrays and with cells to spare', () => {
    for (let height = 1; height <= 30; height++) {
      for (let width = 1; width <= 30; width++) {
        const cells = Uint8Array.from({ length: height * width + 5 }, (_, i) => (i * 7 + height) & 15);
        const records = pack({ height, width, cells });
        expect(unpackRecord(records, 0)).toEqual({ height, width, cells: cells.slice(0, height * width) });
        expect(pack({ height, width, cells: [...cells] })).toEqual(records);
        const unsigned = new Uint32Array(RECORD_WORDS);
        packRecord(unsigned, 0, height, width, cells);
        expect(new Int32Array(unsigned.buffer)).toEqual(records);
      }
    }
  });

  test('the shape is in the hash where all words of the planes are equal', () => {
    const blank = new Uint8Array(900);
    const hashes = new Set<string>();
    for (let height = 1; height <= 30; height++) {
      for (let width = 1; width <= 30; width++) hashes.add(hashOf({ height, width, cells: blank }));
    }
    expect(hashes.size).toBe(900);
  });

  test('one changed cell changes the hash', () => {
    const grid = { height: 30, width: 30, cells: new Uint8Array(900) };
    const hashes = new Set([hashOf(grid)]);
    for (let i = 0; i < 900; i++) {
      for (const colour of [1, 2, 4, 8, 9]) {
        grid.cells[i] = colour;
        hashes.add(hashOf(grid));
      }
      grid.cells[i] = 0;
    }
    expect(hashes.size).toBe(1 + 900 * 5);
  });

  test('real grids: equal hashes only for equal grids', () => {
    const folder = sharedSet('agi1/training', 'hashes of real grids');
    if (folder === undefined) return;
    const seen = new Map<string, string>();
    for (const task of readTasks(folder)) {
      for (const { input, output } of [...task.demo, ...task.test]) {
        for (const grid of output === null ? [input] : [input, output]) {
          const text = `${grid.height}x${grid.width}:${grid.cells.join('')}`;
          const hash = hashOf(grid);
          expect(seen.get(hash) ?? text).toBe(text);
          seen.set(hash, text);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(3000);
  });
});

test('packInvalid clears one record', () => {
  const records = new Int32Array(3 * RECORD_WORDS).fill(7);
  packInvalid(records, 1);
  expect(records.subarray(RECORD_WORDS, 2 * RECORD_WORDS)).toEqual(new Int32Array(RECORD_WORDS));
  expect(records[RECORD_WORDS - 1]).toBe(7);
  expect(records[2 * RECORD_WORDS]).toBe(7);
  expect(unpackRecord(records, 1)).toEqual({ height: 0, width: 0, cells: new Uint8Array() });
});

test('fitsRecord refuses sides over 30 or under 1 and cells outside 0..15', () => {
  expect(fitsRecord(1, 1, [15])).toBe(true);
  expect(fitsRecord(30, 30, new Array(900).fill(0))).toBe(true);
  expect(fitsRecord(31, 1, new Array(31).fill(0))).toBe(false);
  expect(fitsRecord(1, 31, new Array(31).fill(0))).toBe(false);
  expect(fitsRecord(0, 1, [])).toBe(false);
  expect(fitsRecord(1, 0, [])).toBe(false);
  for (const cell of [-1, 16, 1 << 20, -(2 ** 31), 2 ** 32, 2 ** 60, 1e300, Number.POSITIVE_INFINITY, 0.5]) {
    expect(fitsRecord(1, 3, [0, cell, 0])).toBe(false);
  }
  expect(fitsRecord(2, 2, Uint8Array.of(0, 1, 15, 9, 255))).toBe(true);
  expect(fitsRecord(2, 2, Uint8Array.of(0, 1, 15, 16))).toBe(false);
  expect(fitsRecord(1, 2, Int8Array.of(0, -1))).toBe(false);
});
