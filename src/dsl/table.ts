// The table of DSL names: name → function value or constant.
import { Fn, type Value } from '../value/value.ts';

/** A DSL function: takes exactly its declared parameters, raises a PyError. */
export type Implementation = (...args: Value[]) => Value;

/** The functions of one theme by name; a function's arity is its number of declared parameters. */
export type Theme = Readonly<Record<string, Implementation>>;

/** Faster ways through some functions: `undefined` means "not for these arguments, take the plain way". */
export type FastTheme = Readonly<Record<string, (...args: Value[]) => Value | undefined>>;

/** All names of a dialect. */
export type Names = ReadonlyMap<string, Value>;

export function functionsOf(themes: readonly Theme[]): Map<string, Fn> {
  const functions = new Map<string, Fn>();
  for (const theme of themes) {
    for (const [name, f] of Object.entries(theme)) functions.set(name, new Fn(f.length, f, name));
  }
  return functions;
}
