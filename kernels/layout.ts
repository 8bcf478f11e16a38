// The packed grid record: what every kernel reads. 128 little-endian 32-bit words (512 bytes) a grid of at most
// 30 × 30 cells with values 0..15, as four bit planes.
//
//   word 32·p + r        plane p (0..3), row r (0..29): bit c is bit p of the cell in column c; unused bits are 0
//   word 30, word 62     height, width (1..30); height 0 marks an output that does not fit, its record is all zero
//   word 31, 63, 94, 95  content hash, words h1 h2 h3 h4
//   word 126, 127        zero
//
// The content hash is MurmurHash3_x86_128, unchanged, over 16-byte blocks: block r (0..height − 1) is the words of row r
// in planes 0, 1, 2, 3. The byte length is 16·height (no tail) and the seed is height + 256·width, so that the shape is
// part of the hash even where the cells are equal. All it needs is 32-bit multiply, add, xor and rotate.

/** 32-bit words in one record. */
export const RECORD_WORDS = 128;
// Greatest height and width, and greatest cell value, that fit a record.
const RECORD_SIDE = 30;
const RECORD_MAX_CELL = 15;
/** Word of the height, in a record. */
export const HEIGHT_WORD = 30;
/** Word of the width, in a record. */
export const WIDTH_WORD = 62;
/** Words of the 128-bit content hash, in a record, h1 first. */
export const HASH_WORDS: readonly [number, number, number, number] = [31, 63, 94, 95];

/** Storage of records; record k is the words from k × RECORD_WORDS. */
export type Records = Int32Array | Uint32Array;

/** A grid as it comes out of a record: cells row-major, 0..15; height and width 0 for an invalid record. */
export interface UnpackedGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: Uint8Array;
}

// Entry a | b << 4 has bit p of a at bit 8·p and bit p of b at bit 8·p + 4: two cells spread over the planes at once.
const SPREAD = new Int32Array(256);
for (let pair = 0; pair < 256; pair++) {
  let spread = 0;
  for (let p = 0; p < 4; p++) spread |= (((pair >> p) & 1) << (8 * p)) | (((pair >> (p + 4)) & 1) << (8 * p + 4));
  SPREAD[pair] = spread;
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/**
 * Writes a grid as record `recordIndex` of `records`, hash included; all 128 words are written.
 * @param height rows, 1..30
 * @param width columns, 1..30
 * @param cells row-major, at least height × width of them, each an integer 0..15. The caller has checked this (see
 *   {@link fitsRecord}); other values give a meaningless record.
 */
export function packRecord(
  records: Records,
  recordIndex: number,
  height: number,
  width: number,
  cells: ArrayLike<number>,
): void {
  const base = recordIndex * RECORD_WORDS;
  // Hot path: eight cells at a time through SPREAD, the hash of a row taken while its words are in registers.
  const size = height * width;
  const seed = height + 256 * width;
  let h1 = seed;
  let h2 = seed;
  let h3 = seed;
  let h4 = seed;
  let at = 0;
  for (let r = 0; r < height; r++) {
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    let c = 0;
    // The last chunk of a row may read on into the next row; the mask takes that away again. The end of the last row goes
    // cell by cell, which is how grids under eight cells go too: no branch of its own that is seen late and deoptimizes.
    for (; c < width && at + c + 8 <= size; c += 8) {
      const i = at + c;
      let s =
        SPREAD[cells[i]! | (cells[i + 4]! << 4)]! |
        (SPREAD[cells[i + 1]! | (cells[i + 5]! << 4)]! << 1) |
        (SPREAD[cells[i + 2]! | (cells[i + 6]! << 4)]! << 2) |
        (SPREAD[cells[i + 3]! | (cells[i + 7]! << 4)]! << 3);
      if (width - c < 8) s &= ((1 << (width - c)) - 1) * 0x01010101;
      p0 |= (s & 255) << c;
      p1 |= ((s >>> 8) & 255) << c;
      p2 |= ((s >>> 16) & 255) << c;
      p3 |= (s >>> 24) << c;
    }
    for (; c < width; c++) {
      const cell = cells[at + c]!;
      p0 |= (cell & 1) << c;
      p1 |= ((cell >> 1) & 1) << c;
      p2 |= ((cell >> 2) & 1) << c;
      p3 |= ((cell >> 3) & 1) << c;
    }
    at += width;
    const row = base + r;
    records[row] = p0;
    records[row + 32] = p1;
    records[row + 64] = p2;
    records[row + 96] = p3;

    let k = Math.imul(p0, C1);
    h1 ^= Math.imul((k << 15) | (k >>> 17), C2);
    h1 = (Math.imul(((h1 << 19) | (h1 >>> 13)) + h2, 5) + 0x561ccd1b) | 0;
    k = Math.imul(p1, C2);
    h2 ^= Math.imul((k << 16) | (k >>> 16), C3);
    h2 = (Math.imul(((h2 << 17) | (h2 >>> 15)) + h3, 5) + 0x0bcaa747) | 0;
    k = Math.imul(p2, C3);
    h3 ^= Math.imul((k << 17) | (k >>> 15), C4);
    h3 = (Math.imul(((h3 << 15) | (h3 >>> 17)) + h4, 5) + 0x96cd1c35) | 0;
    k = Math.imul(p3, C4);
    h4 ^= Math.imul((k << 18) | (k >>> 14), C1);
    h4 = (Math.imul(((h4 << 13) | (h4 >>> 19)) + h1, 5) + 0x32ac3b17) | 0;
  }
  for (let r = base + height; r < base + 30; r++) {
    records[r] = 0;
    records[r + 32] = 0;
    records[r + 64] = 0;
    records[r + 96] = 0;
  }

  const length = 16 * height;
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  records[base + 30] = height;
  records[base + 62] = width;
  records[base + 31] = h1;
  records[base + 63] = h2 + h1;
  records[base + 94] = h3 + h1;
  records[base + 95] = h4 + h1;
  records[base + 126] = 0;
  records[base + 127] = 0;
}

function avalanche(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Writes record `recordIndex` as an output that does not fit: 128 zero words. */
export function packInvalid(records: Records, recordIndex: number): void {
  records.fill(0, recordIndex * RECORD_WORDS, (recordIndex + 1) * RECORD_WORDS);
}

/** Whether a grid fits a record: 1..30 rows and columns, and each of its height × width cells an integer 0..15. */
export function fitsRecord(height: number, width: number, cells: ArrayLike<number>): boolean {
  if (height < 1 || width < 1 || height > RECORD_SIDE || width > RECORD_SIDE) return false;
  const size = height * width;
  if (cells instanceof Uint8Array) {
    // Bytes need one test for all: a cell over 15 sets a bit above the lowest four.
    let bits = 0;
    for (let i = 0; i < size; i++) bits |= cells[i]!;
    return bits <= RECORD_MAX_CELL;
  }
  for (let i = 0; i < size; i++) if ((cells[i]! & RECORD_MAX_CELL) !== cells[i]) return false;
  return true;
}

/** Reads record `recordIndex` back; an invalid record gives height 0, width 0 and no cells. */
export function unpackRecord(records: Records, recordIndex: number): UnpackedGrid {
  const base = recordIndex * RECORD_WORDS;
  const height = records[base + HEIGHT_WORD]!;
  const width = records[base + WIDTH_WORD]!;
  const cells = new Uint8Array(height * width);
  let at = 0;
  for (let r = base; r < base + height; r++) {
    for (let c = 0; c < width; c++) {
      cells[at++] =
        ((records[r]! >>> c) & 1) |
        (((records[r + 32]! >>> c) & 1) << 1) |
        (((records[r + 64]! >>> c) & 1) << 2) |
        (((records[r + 96]! >>> c) & 1) << 3);
    }
  }
  return { height, width, cells };
}
