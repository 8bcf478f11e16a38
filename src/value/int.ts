// Python's ints: numbers while they are safe integers, bigints beyond. Source: docs/spec/dsl.md 1.1, 1.2.
//
// nan and the infinities take part in arithmetic as Python's floats do. A finite float that comes of them (5 // inf) is
// represented by the int it equals; all nans count as one object.
import { BUDGET_STOP, OVERFLOW_ERROR, TYPE_ERROR, ZERO_DIVISION_ERROR } from './errors.ts';
import { allocate, charge } from './meter.ts';

export type Int = number | bigint | boolean;

/** Bits of the longest integer that is computed; a longer one counts as out of budget. */
const MAX_BITS = 1 << 24;

/** A bigint as a number when it is safe. */
function normal(n: bigint): number | bigint {
  return n >= -9007199254740991n && n <= 9007199254740991n ? Number(n) : n;
}

/** An int as a number or bigint: booleans become 0 and 1. */
export function plainInt(a: Int): number | bigint {
  return typeof a === 'boolean' ? (a ? 1 : 0) : a;
}

/** Whether an operand is nan or an infinity: asked where the way of the safe integers has ended. */
function isFloat(a: Int): boolean {
  return typeof a === 'number' && !Number.isFinite(a);
}

/** float(a); OverflowError when it is too long. */
function toFloat(a: Int): number {
  const x = Number(a);
  if (typeof a === 'bigint' && !Number.isFinite(x)) throw OVERFLOW_ERROR;
  return x;
}

/** A float as Python's programs would see it: finite ones as ints. */
function fromFloat(x: number): number | bigint {
  return Number.isFinite(x) && !Number.isSafeInteger(x) ? BigInt(x) : x + 0; // never -0
}

/** Words of 32 bits in an integer, at least 1. */
function words(n: bigint): number {
  return Math.ceil(n.toString(16).length / 8);
}

/** Charges an operation on two long integers and the integer that comes of it, about as long as both or as the longer one. */
function chargeLong(a: bigint, b: bigint, product: boolean): void {
  const m = words(a);
  const n = words(b);
  const longest = product ? m + n : Math.max(m, n);
  if (longest * 32 > MAX_BITS) throw BUDGET_STOP;
  allocate(1, Math.ceil(longest / 2));
  // Karatsuba: CPython's and V8's long products cost about n^1.58; one unit is some 30 ns
  if (product) charge(Math.ceil((Math.max(m, n) ** 0.58 * Math.min(m, n)) / 8));
}

export function addInts(a: Int, b: Int): number | bigint {
  if (typeof a !== 'bigint' && typeof b !== 'bigint') {
    const sum = Number(a) + Number(b);
    if (Number.isSafeInteger(sum)) return sum;
  }
  if (isFloat(a) || isFloat(b)) return fromFloat(toFloat(a) + toFloat(b));
  const x = BigInt(a);
  const y = BigInt(b);
  chargeLong(x, y, false);
  return normal(x + y);
}

export function subtractInts(a: Int, b: Int): number | bigint {
  if (typeof a !== 'bigint' && typeof b !== 'bigint') {
    const difference = Number(a) - Number(b);
    if (Number.isSafeInteger(difference)) return difference;
  }
  if (isFloat(a) || isFloat(b)) return fromFloat(toFloat(a) - toFloat(b));
  const x = BigInt(a);
  const y = BigInt(b);
  chargeLong(x, y, false);
  return normal(x - y);
}

export function multiplyInts(a: Int, b: Int): number | bigint {
  if (typeof a !== 'bigint' && typeof b !== 'bigint') {
    const product = Number(a) * Number(b);
    if (Number.isSafeInteger(product)) return product + 0; // never -0
  }
  if (isFloat(a) || isFloat(b)) return fromFloat(toFloat(a) * toFloat(b));
  const x = BigInt(a);
  const y = BigInt(b);
  chargeLong(x, y, true);
  return normal(x * y);
}

/** Quotient rounded toward minus infinity; ZeroDivisionError. */
export function floorDivide(a: Int, b: Int): number | bigint {
  const y = plainInt(b);
  if (y === 0) throw ZERO_DIVISION_ERROR;
  const x = plainInt(a);
  if (typeof x === 'number' && typeof y === 'number') {
    const r = x % y;
    const quotient = (x - r) / y; // exact: x - r is a multiple of y
    return (r !== 0 && r < 0 !== y < 0 ? quotient - 1 : quotient) + 0;
  }
  if (isFloat(x)) return toFloat(y) * Number.NaN;
  if (isFloat(y)) return floorDivide(toFloat(x) < 0 ? -1 : 1, y);
  const p = BigInt(x);
  const q = BigInt(y);
  chargeLong(p, q, true);
  const r = p % q;
  return normal(r !== 0n && r < 0n !== q < 0n ? p / q - 1n : p / q);
}

/** Remainder with the sign of the divisor; ZeroDivisionError. */
export function modulo(a: Int, b: Int): number | bigint {
  const y = plainInt(b);
  if (y === 0) throw ZERO_DIVISION_ERROR;
  const x = plainInt(a);
  if (typeof x === 'number' && typeof y === 'number') {
    const r = x % y;
    return (r !== 0 && r < 0 !== y < 0 ? r + y : r) + 0;
  }
  if (isFloat(x)) return toFloat(y) * Number.NaN;
  if (isFloat(y)) {
    const dividend = toFloat(x);
    return Number.isNaN(y) || dividend < 0 !== y < 0 ? y : fromFloat(dividend);
  }
  const p = BigInt(x);
  const q = BigInt(y);
  chargeLong(p, q, true);
  const r = p % q;
  return normal(r !== 0n && r < 0n !== q < 0n ? r + q : r);
}

export function negate(a: Int): number | bigint {
  if (typeof a !== 'bigint') return 0 - Number(a);
  chargeLong(a, 0n, false);
  return normal(-a);
}

/** a & b; two booleans give a boolean. */
export function andInts(a: Int, b: Int): Int {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a && b;
  if (isFloat(a) || isFloat(b)) throw TYPE_ERROR;
  const x = plainInt(a);
  const y = plainInt(b);
  if (x === (Number(x) | 0) && y === (Number(y) | 0)) return x & y;
  const p = BigInt(x);
  const q = BigInt(y);
  chargeLong(p, q, false);
  return normal(p & q);
}

/** a | b; two booleans give a boolean. */
export function orInts(a: Int, b: Int): Int {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a || b;
  if (isFloat(a) || isFloat(b)) throw TYPE_ERROR;
  const x = BigInt(a);
  const y = BigInt(b);
  if (typeof a === 'bigint' || typeof b === 'bigint') chargeLong(x, y, false);
  return normal(x | y);
}

/** a < b */
export function lessInts(a: Int, b: Int): boolean {
  return typeof a === 'bigint' || typeof b === 'bigint' ? plainInt(a) < plainInt(b) : Number(a) < Number(b);
}
