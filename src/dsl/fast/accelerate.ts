// Puts fast ways before the plain ones in a table of names.
import { Fn, type Value } from '../../value/value.ts';
import type { FastTheme, Implementation, Names } from '../table.ts';

/** The names with each function that has a fast way in its fast form; an alias of such a function too. */
export function accelerated(names: Names, themes: readonly FastTheme[]): Names {
  const result = new Map<string, Value>(names);
  const made = new Map<Value, Fn>();
  for (const theme of themes) {
    for (const [name, fast] of Object.entries(theme)) {
      const plain = names.get(name) as Fn;
      made.set(plain, new Fn(plain.arity, either(plain.arity, fast, plain.call), name, plain.otherwise));
    }
  }
  for (const [name, value] of names) {
    const fn = made.get(value);
    if (fn !== undefined) result.set(name, fn);
  }
  return result;
}

/** The fast way where it applies, else the plain one; one closure an arity, so that calls stay direct. */
function either(arity: number, fast: FastTheme[string], plain: Implementation): Implementation {
  switch (arity) {
    case 1:
      return (a) => {
        const result = fast(a!);
        return result === undefined ? plain(a!) : result;
      };
    case 2:
      return (a, b) => {
        const result = fast(a!, b!);
        return result === undefined ? plain(a!, b!) : result;
      };
    case 3:
      return (a, b, c) => {
        const result = fast(a!, b!, c!);
        return result === undefined ? plain(a!, b!, c!) : result;
      };
    default:
      return (a, b, c, d) => {
        const result = fast(a!, b!, c!, d!);
        return result === undefined ? plain(a!, b!, c!, d!) : result;
      };
  }
}
