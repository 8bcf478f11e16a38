// Python's range() and zip(*rows) over program values, and the bounds test that goes with grids.
import { TYPE_ERROR } from '../value/errors.ts';
import { allocate } from '../value/meter.ts';
import { iterate, minus, plus } from '../value/protocol.ts';
import { isInt, isNumber, type Value } from '../value/value.ts';

/** len(range(n)): negative counts as 0, what no memory could hold as 2^53 - 1; TypeError for anything but an int. */
export function rangeLength(n: Value): number {
  if (!isInt(n)) throw TYPE_ERROR;
  return Math.max(0, Math.min(Number(n), Number.MAX_SAFE_INTEGER));
}

/** The ints from `first` to `last`, both included, ascending. */
export function between(first: Value, last: Value): Value[] {
  const length = rangeLength(plus(minus(last, first), 1));
  allocate(length);
  return Array.from({ length }, (_, k) => plus(first, k));
}

/** 0 <= n < limit; TypeError for anything but a number. */
export function isWithin(n: Value, limit: number): boolean {
  if (!isNumber(n)) throw TYPE_ERROR;
  return 0 <= Number(n) && Number(n) < limit;
}

/** zip(*rows): the columns, as many as the shortest row has items; TypeError when a row is no container. */
export function zipped(rows: readonly Value[]): Value[][] {
  const lines = rows.map(iterate);
  const width = lines.reduce((least, line) => Math.min(least, line.length), lines[0]?.length ?? 0);
  allocate(width * lines.length);
  return Array.from({ length: width }, (_, j) => lines.map((line) => line[j]!));
}
