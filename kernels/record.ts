// The packed grid record: what every kernel reads. 128 little-endian 32-bit words (512 bytes) a grid of at most
// 30 × 30 cells with values 0..15, as four bit planes.
//
//   word 32·p + r        plane p (0..3), row r (0..29): bit c is bit p of the cell in column c; unused bits are 0
//   word 30, word 62     height, width (1..30); height 0 marks an output that does not fit, its record is all zero
//   word 31, 63, 94, 95  content hash, words h1 h2 h3 h4
//   word 126, 127        zero
//
// The content hash takes one word w for every 8 columns of every row: bit 8·p + k of it is bit p of the cell in column 8·o + k,
// for the columns of octet o; cells past the width are 0. It takes them row by row, those of a row from the right. Its state
// are four words: at first a = height + 256·width, so that the shape is part of the hash even where the cells are equal,
// b = a xor P1, c = a xor P2, d = b xor P2, where P1 and P2 are those of xxHash32. Each w makes of them, modulo 2^32,
//
//   b, c, d, rotl(a + w·P2, 13)·P1 + (b xor d)
//
// which is one to one, and carries what came with w into the words made one, three and four steps later. In the end the sum
// of the four is added to b, c and d and put in the place of a; each goes through the finalizer of MurmurHash3; and the sum
// is added and put once more in the same way. All it needs is 32-bit multiply, add, xor and rotate.

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

/**
 * Writes a grid as record `recordIndex` of `records`, hash included; all 128 words are written. Fastest from plain arrays.
 * @param height rows
 * @param width columns
 * @param grid cells row-major, at least height × width of them, each an integer of at most 32 bits: where others may come,
 *   ask {@link fitsRecord} first
 * @returns whether the grid fits: 1..30 rows and columns, cells 0..15. Of one that does not the record is all zero, see
 *   {@link packInvalid}.
 */
export const packRecord: PackRecord = makePackRecord();

type PackRecord = (
  records: Records,
  recordIndex: number,
  height: number,
  width: number,
  grid: ArrayLike<number>,
) => boolean;

// The constants are those of a function since a bundler makes variables of a module's, and V8 takes no variable for constant.
function makePackRecord(): PackRecord {
  // Entry a | b << 4 has bit p of a at bit 8·p and bit p of b at bit 8·p + 1: two cells spread over the planes at once.
  const SPREAD = new Int32Array(256);
  for (let pair = 0; pair < 256; pair++) {
    let spread = 0;
    for (let p = 0; p < 4; p++) spread |= (((pair >> p) & 1) << (8 * p)) | (((pair >> (p + 4)) & 1) << (8 * p + 1));
    SPREAD[pair] = spread;
  }

  const { imul } = Math;
  // Primes of xxHash32, and factors of MurmurHash3's finalizer.
  const P1 = 0x9e3779b1 | 0;
  const P2 = 0x85ebca77 | 0;
  const M1 = 0x85ebca6b | 0;
  const M2 = 0xc2b2ae35 | 0;

  const EMPTY = new Int32Array(RECORD_WORDS);
  // Cells of a grid that is not in a plain array.
  const PLAIN: number[] = new Array(RECORD_SIDE * RECORD_SIDE).fill(0);

  return packRecord;

  function packRecord(
    records: Records,
    recordIndex: number,
    height: number,
    width: number,
    grid: ArrayLike<number>,
  ): boolean {
    const base = recordIndex * RECORD_WORDS;
    // `set` costs half of what `fill` does, in shared memory too.
    records.set(EMPTY, base);
    if (height < 1 || width < 1 || height > RECORD_SIDE || width > RECORD_SIDE) return false;
    const cells: readonly number[] = Array.isArray(grid) ? grid : plain(grid, height * width);

    // Hot path. Most of the time goes into reading `cells`, each read with its checks by V8: so each cell is read once, and a
    // row has no loop, in which V8 would check anew what `cells` is, nor calls, of which it would not inline all. One kind of
    // array comes here, since two would slow down both.
    let all = 0;
    let a = height + 256 * width;
    let b = a ^ P1;
    let c = a ^ P2;
    let d = b ^ P2;
    // A row is 0 to 3 octets, then a rest of 1 to 8 cells: one, and one, two and four more as the low bits of `more` say.
    const more = width - 1;
    const octets = more & 24;
    const end = base + height;
    for (let row = base, at = octets; row < end; row++, at += width) {
      let next = at + 1;
      let pair = cells[at]!;
      all |= pair;
      if ((more & 1) !== 0) {
        const x = cells[next++]!;
        all |= x;
        pair |= x << 4;
      }
      let word = SPREAD[pair & 255]!;
      if ((more & 2) !== 0) {
        const x0 = cells[next]!;
        const x1 = cells[next + 1]!;
        all |= x0 | x1;
        word |= SPREAD[(x0 | (x1 << 4)) & 255]! << (next - at);
        next += 2;
      }
      if ((more & 4) !== 0) {
        const x0 = cells[next]!;
        const x1 = cells[next + 1]!;
        const x2 = cells[next + 2]!;
        const x3 = cells[next + 3]!;
        all |= x0 | x1 | x2 | x3;
        word |= (SPREAD[(x0 | (x1 << 4)) & 255]! | (SPREAD[(x2 | (x3 << 4)) & 255]! << 2)) << (next - at);
      }
      let p0 = word & 255;
      let p1 = (word >>> 8) & 255;
      let p2 = (word >>> 16) & 255;
      let p3 = word >>> 24;
      word = (a + imul(word, P2)) | 0;
      word = (imul((word << 13) | (word >>> 19), P1) + (b ^ d)) | 0;
      a = b;
      b = c;
      c = d;
      d = word;
      if (octets === 24) {
        const i = at - 8;
        const x0 = cells[i]!;
        const x1 = cells[i + 1]!;
        const x2 = cells[i + 2]!;
        const x3 = cells[i + 3]!;
        const x4 = cells[i + 4]!;
        const x5 = cells[i + 5]!;
        const x6 = cells[i + 6]!;
        const x7 = cells[i + 7]!;
        all |= x0 | x1 | x2 | x3 | x4 | x5 | x6 | x7;
        word =
          SPREAD[(x0 | (x1 << 4)) & 255]! |
          (SPREAD[(x2 | (x3 << 4)) & 255]! << 2) |
          (SPREAD[(x4 | (x5 << 4)) & 255]! << 4) |
          (SPREAD[(x6 | (x7 << 4)) & 255]! << 6);
        p0 = (p0 << 8) | (word & 255);
        p1 = (p1 << 8) | ((word >>> 8) & 255);
        p2 = (p2 << 8) | ((word >>> 16) & 255);
        p3 = (p3 << 8) | (word >>> 24);
        word = (a + imul(word, P2)) | 0;
        word = (imul((word << 13) | (word >>> 19), P1) + (b ^ d)) | 0;
        a = b;
        b = c;
        c = d;
        d = word;
      }
      if (octets >= 16) {
        const i = at - octets + 8;
        const x0 = cells[i]!;
        const x1 = cells[i + 1]!;
        const x2 = cells[i + 2]!;
        const x3 = cells[i + 3]!;
        const x4 = cells[i + 4]!;
        const x5 = cells[i + 5]!;
        const x6 = cells[i + 6]!;
        const x7 = cells[i + 7]!;
        all |= x0 | x1 | x2 | x3 | x4 | x5 | x6 | x7;
        word =
          SPREAD[(x0 | (x1 << 4)) & 255]! |
          (SPREAD[(x2 | (x3 << 4)) & 255]! << 2) |
          (SPREAD[(x4 | (x5 << 4)) & 255]! << 4) |
          (SPREAD[(x6 | (x7 << 4)) & 255]! << 6);
        p0 = (p0 << 8) | (word & 255);
        p1 = (p1 << 8) | ((word >>> 8) & 255);
        p2 = (p2 << 8) | ((word >>> 16) & 255);
        p3 = (p3 << 8) | (word >>> 24);
        word = (a + imul(word, P2)) | 0;
        word = (imul((word << 13) | (word >>> 19), P1) + (b ^ d)) | 0;
        a = b;
        b = c;
        c = d;
        d = word;
      }
      if (octets !== 0) {
        const i = at - octets;
        const x0 = cells[i]!;
        const x1 = cells[i + 1]!;
        const x2 = cells[i + 2]!;
        const x3 = cells[i + 3]!;
        const x4 = cells[i + 4]!;
        const x5 = cells[i + 5]!;
        const x6 = cells[i + 6]!;
        const x7 = cells[i + 7]!;
        all |= x0 | x1 | x2 | x3 | x4 | x5 | x6 | x7;
        word =
          SPREAD[(x0 | (x1 << 4)) & 255]! |
          (SPREAD[(x2 | (x3 << 4)) & 255]! << 2) |
          (SPREAD[(x4 | (x5 << 4)) & 255]! << 4) |
          (SPREAD[(x6 | (x7 << 4)) & 255]! << 6);
        p0 = (p0 << 8) | (word & 255);
        p1 = (p1 << 8) | ((word >>> 8) & 255);
        p2 = (p2 << 8) | ((word >>> 16) & 255);
        p3 = (p3 << 8) | (word >>> 24);
        word = (a + imul(word, P2)) | 0;
        word = (imul((word << 13) | (word >>> 19), P1) + (b ^ d)) | 0;
        a = b;
        b = c;
        c = d;
        d = word;
      }
      records[row] = p0;
      records[row + 32] = p1;
      records[row + 64] = p2;
      records[row + 96] = p3;
    }
    if (all >>> 4 !== 0) {
      records.set(EMPTY, base);
      return false;
    }

    const sum = (a + b + c + d) | 0;
    b = avalanche((b + sum) | 0);
    c = avalanche((c + sum) | 0);
    d = avalanche((d + sum) | 0);
    a = (avalanche(sum) + b + c + d) | 0;
    records[base + 30] = height;
    records[base + 62] = width;
    records[base + 31] = a;
    records[base + 63] = b + a;
    records[base + 94] = c + a;
    records[base + 95] = d + a;
    return true;
  }

  function plain(cells: ArrayLike<number>, size: number): readonly number[] {
    // | 0: a number that is no small integer would change what kind of array PLAIN is
    for (let i = 0; i < size; i++) PLAIN[i] = cells[i]! | 0;
    return PLAIN;
  }

  function avalanche(word: number): number {
    let h = word ^ (word >>> 16);
    h = imul(h, M1);
    h ^= h >>> 13;
    h = imul(h, M2);
    return h ^ (h >>> 16);
  }
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
