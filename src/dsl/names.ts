// The plain DSL's names for the engine: the fast way of each function where it has one, the plain way for the rest.
import { Fn } from '../value/value.ts';
import { FAST_COLOURS } from './fast/colours.ts';
import { FAST_CONTAINERS } from './fast/containers.ts';
import { FAST_DRAWING } from './fast/drawing.ts';
import { FAST_EXTENT } from './fast/extent.ts';
import { FAST_OBJECTS } from './fast/objects.ts';
import { FAST_PATCHES } from './fast/patches.ts';
import { FAST_TRANSFORMS } from './fast/transforms.ts';
import { plainNames } from './plain.ts';
import type { FastTheme, Implementation, Names } from './table.ts';

const FAST: readonly FastTheme[] = [
  FAST_COLOURS,
  FAST_CONTAINERS,
  FAST_DRAWING,
  FAST_EXTENT,
  FAST_OBJECTS,
  FAST_PATCHES,
  FAST_TRANSFORMS,
];

/** All names of the plain dialect, functions in their fast form. */
export function dslNames(): Names {
  const names = new Map(plainNames());
  for (const theme of FAST) {
    for (const [name, fast] of Object.entries(theme)) {
      const plain = names.get(name) as Fn;
      names.set(name, new Fn(plain.arity, either(plain.arity, fast, plain.call), name));
    }
  }
  return names;
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
