// Short ways to write values and to call functions of a theme in tests.
import { encode } from '../../scripts/conformance/decode.ts';
import { functionsOf, type Implementation, type Names, type Theme } from '../../src/dsl/table.ts';
import { repr } from '../../src/report/repr.ts';
import { PyError } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import { setOf } from '../../src/value/set.ts';
import { callAll, Fn, ListTuple, type Value } from '../../src/value/value.ts';

/** A tuple. */
export function t(...items: Value[]): Value {
  return new ListTuple(items);
}

/** A frozenset, built by inserting the items one by one. */
export function s(...items: Value[]): Value {
  return setOf(items);
}

/** A grid of digits as a tuple of tuples. */
export function g(...rows: string[]): Value {
  return t(...rows.map((row) => t(...Array.from(row, Number))));
}

/** A function value. */
export function fn(f: Implementation): Fn {
  return new Fn(f.length, f);
}

/** Cases of calls, each with what is called as its title in front. */
export function titled<Call extends readonly [string, readonly Value[], ...unknown[]]>(
  calls: readonly Call[],
): [string, ...Call][] {
  return calls.map((call) => [`${call[0]}(${call[1].map((value) => repr(value, 60)).join(', ')})`, ...call]);
}

/** Calls functions of themes by name, without a budget; the result in the notation of the vectors, or the exception. */
export function caller(...themes: Theme[]): (name: string, ...args: Value[]) => string {
  const names: Names = functionsOf(themes);
  return (name, ...args) => outcome(() => callAll(names.get(name)!, args));
}

/** The value of an evaluation in the notation of the vectors, or the name of its exception. */
export function outcome(evaluate: () => Value): string {
  meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  try {
    return encode(evaluate());
  } catch (error) {
    if (error instanceof PyError) return error.name;
    throw error;
  }
}
