// CPython's 64-bit hashes in two 32-bit halves. Source: docs/spec/dsl.md 2.1.

/** A 64-bit word; functions here return it through the shared `out`, so that no object is made per hash. */
export interface Word {
  lo: number;
  hi: number;
}

export const out: Word = { lo: 0, hi: 0 };

// P1 = 11400714785074694791, P2 = 14029467366897019727, P5 = 2870177450012600261
const P1_LO = 0x85ebca87 | 0;
const P1_HI = 0x9e3779b1 | 0;
const P2_LO = 0x27d4eb4f | 0;
const P2_HI = 0xc2b2ae3d | 0;
const P5_LO = 0x165667c5 | 0;
const P5_HI = 0x27d4eb2f | 0;

/** High 32 bits of the unsigned product of two 32-bit words. */
function mulHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  // no sum passes 2^32, so wrapping to int32 loses nothing and stays in integer arithmetic
  const mid = (Math.imul(ah, bl) + (Math.imul(al, bl) >>> 16)) | 0;
  const low = ((mid & 0xffff) + Math.imul(al, bh)) | 0;
  return (Math.imul(ah, bh) + (mid >>> 16) + (low >>> 16)) | 0;
}

/** Accumulator of a tuple hash: start, then `tupleStep` an item, then `tupleEnd` with the item count. */
let accLo = 0;
let accHi = 0;

export function tupleStart(): void {
  accLo = P5_LO;
  accHi = P5_HI;
}

export function tupleStep(lo: number, hi: number): void {
  // acc += h * P2
  const pLo = Math.imul(lo, P2_LO);
  const pHi = (mulHigh(lo, P2_LO) + Math.imul(lo, P2_HI) + Math.imul(hi, P2_LO)) | 0;
  const sLo = (accLo + pLo) | 0;
  const carry = sLo >>> 0 < accLo >>> 0 ? 1 : 0;
  const sHi = (accHi + pHi + carry) | 0;
  // rotate left by 31
  const rLo = (sLo << 31) | (sHi >>> 1);
  const rHi = (sHi << 31) | (sLo >>> 1);
  // acc *= P1
  accLo = Math.imul(rLo, P1_LO);
  accHi = (mulHigh(rLo, P1_LO) + Math.imul(rLo, P1_HI) + Math.imul(rHi, P1_LO)) | 0;
}

/** Leaves the hash of the tuple of `length` items in `out`. */
export function tupleEnd(length: number): void {
  const addLo = length ^ (P5_LO ^ 3527539);
  const lo = (accLo + addLo) | 0;
  const carry = lo >>> 0 < accLo >>> 0 ? 1 : 0;
  const hi = (accHi + P5_HI + carry) | 0;
  if (lo === -1 && hi === -1) {
    out.lo = 1546275796;
    out.hi = 0;
  } else {
    out.lo = lo;
    out.hi = hi;
  }
}

/** Hash of a safe integer or of a float, into `out`. CPython hashes nan by its address; any number will do. */
export function hashInt(n: number): void {
  if (n >= 0 && n <= 0x7fffffff) {
    out.lo = n;
    out.hi = 0;
    return;
  }
  if (!Number.isFinite(n)) {
    hashInt(n > 0 ? 314159 : n < 0 ? -314159 : 0x6e616e);
    return;
  }
  const a = Math.abs(n); // below 2^53, so below the modulus 2^61 - 1
  setSigned(a % 4294967296, Math.floor(a / 4294967296), n < 0);
}

const MODULUS = (1n << 61n) - 1n;

/** Hash of an integer of any size, into `out`. */
export function hashBigInt(n: bigint): void {
  const r = (n < 0n ? -n : n) % MODULUS;
  setSigned(Number(r & 0xffffffffn), Number(r >> 32n), n < 0n);
}

function setSigned(lo: number, hi: number, negative: boolean): void {
  if (!negative) {
    out.lo = lo | 0;
    out.hi = hi | 0;
    return;
  }
  const nLo = (~lo + 1) | 0;
  const nHi = (~hi + (nLo === 0 ? 1 : 0)) | 0;
  out.lo = nLo === -1 && nHi === -1 ? -2 : nLo;
  out.hi = nHi;
}

const MIX = 3644798167 | 0;

/** The word that an element of hash (lo, hi) adds, by exclusive or, to the hash of its frozenset; into `out`. */
export function mix(lo: number, hi: number): void {
  const xLo = lo ^ 89869747 ^ (lo << 16);
  const xHi = hi ^ ((hi << 16) | (lo >>> 16));
  out.lo = Math.imul(xLo, MIX);
  out.hi = (mulHigh(xLo, MIX) + Math.imul(xHi, MIX)) | 0;
}

/** Hash of a frozenset of `size` elements from the exclusive or of their mixes, into `out`. */
export function hashSet(mixLo: number, mixHi: number, size: number): void {
  const n = size + 1;
  let lo = mixLo ^ Math.imul(n, 1927868237);
  let hi = mixHi ^ mulHigh(n, 1927868237);
  const x11Lo = (lo >>> 11) | (hi << 21);
  const x25Lo = (lo >>> 25) | (hi << 7);
  lo = lo ^ x11Lo ^ x25Lo;
  hi = hi ^ (hi >>> 11) ^ (hi >>> 25);
  const mLo = Math.imul(lo, 69069);
  const mHi = (mulHigh(lo, 69069) + Math.imul(hi, 69069)) | 0;
  const rLo = (mLo + 907133923) | 0;
  const rHi = (mHi + (rLo >>> 0 < mLo >>> 0 ? 1 : 0)) | 0;
  if (rLo === -1 && rHi === -1) {
    out.lo = 590923713;
    out.hi = 0;
  } else {
    out.lo = rLo;
    out.hi = rHi;
  }
}
