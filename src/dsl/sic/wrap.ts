// The wrapper around every public function of the S/I/C dialect: an exception becomes the function's default.
// Source: docs/spec/dialect.md 2.
import { PyError } from '../../value/errors.ts';
import { meter } from '../../value/meter.ts';
import type { Value } from '../../value/value.ts';
import type { Implementation, Theme } from '../table.ts';
import { defaultOf } from './defaults.ts';

export type Unary = (a: Value) => Value;
export type Binary = (a: Value, b: Value) => Value;

/**
 * `f` with every Python exception swallowed. Stops of the engine pass. The wrapper takes as many parameters as `f`;
 * one closure a count, so that calls stay direct.
 */
export function wrap<A extends readonly Value[]>(name: string, f: (...args: A) => Value): (...args: A) => Value {
  return wrapped(f.length, f as unknown as Implementation, defaultOf(name)) as unknown as (...args: A) => Value;
}

function wrapped(arity: number, f: Implementation, fallback: () => Value): Implementation {
  switch (arity) {
    case 1:
      return (a) => {
        const depth = meter.depth;
        try {
          return f(a!);
        } catch (error) {
          return recover(error, depth, fallback);
        }
      };
    case 2:
      return (a, b) => {
        const depth = meter.depth;
        try {
          return f(a!, b!);
        } catch (error) {
          return recover(error, depth, fallback);
        }
      };
    case 3:
      return (a, b, c) => {
        const depth = meter.depth;
        try {
          return f(a!, b!, c!);
        } catch (error) {
          return recover(error, depth, fallback);
        }
      };
    default:
      return (a, b, c, d) => {
        const depth = meter.depth;
        try {
          return f(a!, b!, c!, d!);
        } catch (error) {
          return recover(error, depth, fallback);
        }
      };
  }
}

/** The default where `error` is an exception of Python; calls that it ended are over. */
function recover(error: unknown, depth: number, fallback: () => Value): Value {
  if (!(error instanceof PyError) && !isStackOverflow(error)) throw error;
  meter.depth = depth;
  return fallback();
}

/** Where the JavaScript stack ends before the recursion limit is counted, it is Python's RecursionError all the same. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

/** The function `name` whose body is that of a plain function, of the same name when left out, wrapped. */
export function shared(theme: Theme, name: string, plainName: string = name): Implementation {
  const f = theme[plainName];
  if (f === undefined) throw new Error(`the plain DSL has no ${plainName} in this theme`);
  return wrap(name, f);
}

/** Functions whose body is that of the plain ones of the same names. */
export function same(theme: Theme, names: string): Theme {
  return Object.fromEntries(names.split(' ').map((name) => [name, shared(theme, name)]));
}

/** Functions of these bodies, each wrapped under its name. */
export function wrapAll(bodies: Theme): Theme {
  return Object.fromEntries(Object.entries(bodies).map(([name, f]) => [name, wrap(name, f)]));
}
