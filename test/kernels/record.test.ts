import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsRecord, HASH_WORDS, packInvalid, packRecord, RECORD_WORDS, unpackRecord } from '../../kernels/record.ts';
import { gridArbitrary, type TestGrid } from '../../kernels/suite/grids.ts';
import { readTasks } from '../../src/arc/read.ts';
import { sharedSet } from '../arc/sharedData.ts';

function pack(grid: TestGrid): Int32Array {
  const records = new Int32Array(RECORD_WORDS);
  packRecord(records, 0, grid.height, grid.width, grid.cells);
  return records;
}

function hashOf(grid: TestGrid): string {
  const record = pack(grid);
  return HASH_WORDS.map((word) => (record[word]! >>> 0).toString(16).padStart(8, '0')).join('');
}

// The record as layout.ts describes it, word by word.
function describedRecord({ height, width, cells }: TestGrid): Int32Array {
  const record = new Int32Array(RECORD_WORDS);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      for (let p = 0; p < 4; p++) record[32 * p + r]! |= ((cells[r * width + c]! >> p) & 1) << c;
    }
  }
  record[30] = height;
  record[62] = width;
  describedHash(record).forEach((word, k) => {
    record[HASH_WORDS[k]!] = Number(BigInt.asIntN(32, word));
  });
  return record;
}

/** The hash of a record whose planes, height and width are there. */
function describedHash(record: Int32Array): bigint[] {
  const u = (n: bigint) => BigInt.asUintN(32, n);
  const rotate = (n: bigint, by: bigint) => u(n << by) | (n >> (32n - by));
  const [p1, p2] = [0x9e3779b1n, 0x85ebca77n];
  const [height, width] = [record[30]!, record[62]!];
  const seed = BigInt(height + 256 * width);
  let state = [seed, seed ^ p1, seed ^ p2, seed ^ p1 ^ p2];
  for (let r = 0; r < height; r++) {
    for (let octet = Math.ceil(width / 8) - 1; octet >= 0; octet--) {
      const bytes = [0, 32, 64, 96].map((plane) => BigInt((record[plane + r]! >> (8 * octet)) & 255));
      const word = bytes[0]! | (bytes[1]! << 8n) | (bytes[2]! << 16n) | (bytes[3]! << 24n);
      const [a, b, c, d] = state as [bigint, bigint, bigint, bigint];
      state = [b, c, d, u(u(rotate(u(a + word * p2), 13n) * p1) + (b ^ d))];
    }
  }
  const withSum = ([a, b, c, d]: bigint[]) => {
    const sum = u(a! + b! + c! + d!);
    return [sum, u(b! + sum), u(c! + sum), u(d! + sum)];
  };
  const finalized = withSum(state).map((word) => {
    let x = u((word ^ (word >> 16n)) * 0x85ebca6bn);
    x = u((x ^ (x >> 13n)) * 0xc2b2ae35n);
    return x ^ (x >> 16n);
  });
  return withSum(finalized);
}

describe('packRecord', () => {
  test('writes every word as described, over old contents too', () => {
    fc.assert(
      fc.property(gridArbitrary(15), (grid) => {
        const records = new Int32Array(3 * RECORD_WORDS).fill(-1);
        expect(packRecord(records, 1, grid.height, grid.width, grid.cells)).toBe(true);
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

  test('a grid that does not fit is an invalid record, over old contents too', () => {
    const refused = (height: number, width: number, cells: ArrayLike<number>) => {
      const records = new Int32Array(3 * RECORD_WORDS).fill(-1);
      expect(packRecord(records, 1, height, width, cells)).toBe(false);
      expect(records.every((word, at) => word === (at >= RECORD_WORDS && at < 2 * RECORD_WORDS ? 0 : -1))).toBe(true);
    };
    refused(0, 1, []);
    refused(1, 0, []);
    refused(31, 1, new Array(31).fill(0));
    refused(1, 31, new Array(31).fill(0));
    for (const cell of [-1, 16, 17, 256, 1 << 20, -(2 ** 31), 2 ** 31 - 1]) {
      for (let width = 1; width <= 30; width++) {
        for (let at = 0; at < 2 * width; at++) {
          const cells = new Array<number>(2 * width).fill(15);
          cells[at] = cell;
          refused(2, width, cells);
        }
      }
      refused(1, 3, Int32Array.of(0, cell, 0));
    }
  });

  test('into shared memory', () => {
    const grid = { height: 7, width: 30, cells: Array.from({ length: 210 }, (_, i) => i % 10) };
    const records = new Int32Array(new SharedArrayBuffer(2 * 4 * RECORD_WORDS)).fill(-1);
    expect(packRecord(records, 1, grid.height, grid.width, grid.cells)).toBe(true);
    expect([...records.subarray(RECORD_WORDS)]).toEqual([...pack(grid)]);
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

// Near-equal grids, in which a weak hash would have equal words, or pairs of words, more often than chance has it.
describe('the content hash', () => {
  test('of one colour, in all shapes and colours', () => {
    const hashes = new Hashes();
    for (let height = 1; height <= 30; height++) {
      for (let width = 1; width <= 30; width++) {
        for (let colour = 0; colour < 16; colour++) hashes.add(height, width, new Array(height * width).fill(colour));
      }
    }
    hashes.areRandom();
  });

  test.each([
    [3, 3, 3],
    [1, 4, 15],
    [4, 1, 15],
    [5, 3, 2],
    [15, 1, 2],
  ])('all grids %i × %i of %i colours, and of the last of 16', (height, width, colours) => {
    for (const first of [0, 16 - colours]) {
      const hashes = new Hashes();
      const cells = new Array<number>(height * width).fill(0);
      for (let grid = 0; grid < colours ** cells.length; grid++) {
        let digits = grid;
        for (let i = 0; i < cells.length; i++, digits = Math.floor(digits / colours))
          cells[i] = first + (digits % colours);
        hashes.add(height, width, cells);
      }
      hashes.areRandom();
    }
  });

  test.each([
    [30, 30, 7],
    [30, 8, 7],
    [30, 30, 29],
    [30, 16, 15],
  ])('changes in 15 rows of one column only: %i × %i, column %i', (height, width, column) => {
    for (const colour of [1, 8]) {
      const hashes = new Hashes();
      const cells = new Array<number>(height * width).fill(0);
      for (let grid = 0; grid < 2 ** 15; grid++) {
        for (let r = 0; r < 15; r++) cells[(2 * r + 1) * width + column] = ((grid >> r) & 1) * colour;
        hashes.add(height, width, cells);
      }
      hashes.areRandom();
    }
  });

  test('one or two cells changed, two swapped, rows rotated, colours permuted', () => {
    const hashes = new Hashes();
    const [grid] = fc.sample(
      gridArbitrary(9).filter(({ height, width }) => height > 8 && height < 16 && width > 8 && width < 16),
      { numRuns: 1, seed: 4 },
    );
    const { height, width } = grid!;
    const cells = [...grid!.cells];
    const swap = (list: number[], i: number, j: number) => {
      [list[i], list[j]] = [list[j]!, list[i]!];
    };
    hashes.add(height, width, cells);
    for (let i = 0; i < cells.length; i++) {
      for (let j = i; j < cells.length; j++) {
        const changed = cells.slice();
        changed[i]! ^= 1;
        if (j > i) changed[j]! ^= 8;
        hashes.add(height, width, changed);
        if (cells[i] === cells[j]) continue;
        swap(changed, i, j);
        swap(cells, i, j);
        hashes.add(height, width, cells);
        swap(cells, i, j);
      }
      if (i > 0) hashes.add(height, width, [...cells.slice(i), ...cells.slice(0, i)]);
    }
    const permutations = (colours: number[], from: number): void => {
      if (from < 7) {
        for (let i = from; i < 8; i++) {
          swap(colours, from, i);
          permutations(colours, from + 1);
          swap(colours, from, i);
        }
      } else if (colours.some((colour, i) => colour !== i)) {
        hashes.add(
          height,
          width,
          cells.map((cell) => colours[cell]!),
        );
      }
    };
    permutations([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0);
    hashes.areRandom();
  });

  test('a changed bit of a cell changes every bit of the hash in half of the grids', () => {
    const grids = fc.sample(gridArbitrary(15), { numRuns: 300, seed: 5 });
    const flips = new Array<number>(128).fill(0);
    let changes = 0;
    for (const grid of grids) {
      const before = pack(grid);
      for (let k = 0; k < 30; k++, changes++) {
        const cells = grid.cells.slice();
        cells[k === 0 ? cells.length - 1 : (k * 7919) % cells.length]! ^= 1 << (k % 4);
        const after = pack({ ...grid, cells });
        HASH_WORDS.forEach((word, at) => {
          for (let bit = 0; bit < 32; bit++) flips[32 * at + bit]! += ((before[word]! ^ after[word]!) >>> bit) & 1;
        });
      }
    }
    for (const flipped of flips) expect(Math.abs(flipped / changes - 0.5)).toBeLessThan(tolerance(changes));
  });
});

/** Five standard deviations of the share of `count` random bits that are set. */
function tolerance(count: number): number {
  return 2.5 / Math.sqrt(count);
}

/** Hashes of different grids. */
class Hashes {
  readonly #record = new Int32Array(RECORD_WORDS);
  readonly #words: number[][] = [[], [], [], []];

  add(height: number, width: number, cells: number[]): void {
    packRecord(this.#record, 0, height, width, cells);
    HASH_WORDS.forEach((word, k) => {
      this.#words[k]!.push(this.#record[word]! >>> 0);
    });
  }

  /** Each bit is set in half of them; no two words of a hash are both equal; each word is as seldom equal as by chance. */
  areRandom(): void {
    const words = this.#words;
    const count = words[0]!.length;
    for (const [k, list] of words.entries()) {
      for (let bit = 0; bit < 32; bit++) {
        const set = list.reduce((sum, word) => sum + ((word >>> bit) & 1), 0);
        expect(Math.abs(set / count - 0.5)).toBeLessThan(tolerance(count));
      }
      const byChance = count ** 2 / 2 ** 33;
      expect(count - new Set(list).size).toBeLessThanOrEqual(byChance + 5 * Math.sqrt(byChance) + 2);
      for (const other of words.slice(k + 1)) {
        // 53 bits of the two words: as many as a number holds
        expect(new Set(list.map((word, at) => word * 2 ** 21 + (other[at]! >>> 11))).size).toBe(count);
      }
    }
  }
}

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
