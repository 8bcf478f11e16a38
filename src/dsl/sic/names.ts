// All names of the S/I/C dialect. Source: docs/spec/dialect.md.
import { Fn, type Value } from '../../value/value.ts';
import { accelerated } from '../fast/accelerate.ts';
import type { Implementation, Names, Theme } from '../table.ts';
import { SIC_COLOURS } from './colours.ts';
import { SIC_COMBINATORS } from './combinators.ts';
import { SIC_CONSTANTS } from './constants.ts';
import { SIC_CONTAINERS } from './containers.ts';
import { defaultOf } from './defaults.ts';
import { SIC_DRAWING } from './drawing.ts';
import { SIC_EXTENT } from './extent.ts';
import { SIC_FAST } from './fast.ts';
import { SIC_MIRRORS } from './mirrors.ts';
import { SIC_NUMBERS } from './numbers.ts';
import { SIC_OBJECTS } from './objects.ts';
import { SIC_PAIRS } from './pairs.ts';
import { SIC_PATCHES } from './patches.ts';
import { OPTIONAL_KEY, SIC_RANKS } from './ranks.ts';
import { SIC_RELATIONS } from './relations.ts';
import { SIC_TRANSFORMS } from './transforms.ts';

const THEMES: readonly Theme[] = [
  SIC_NUMBERS,
  SIC_CONTAINERS,
  SIC_RANKS,
  SIC_COMBINATORS,
  SIC_COLOURS,
  SIC_EXTENT,
  SIC_RELATIONS,
  SIC_PATCHES,
  SIC_OBJECTS,
  SIC_MIRRORS,
  SIC_TRANSFORMS,
  SIC_DRAWING,
  SIC_PAIRS,
];

/** Second names of one and the same function. */
const ALIASES = { o_g_tuple: 'o_g_t', objects_g: 'objects_t', difference_t: 'difference_tuple' } as const;

/** The 292 functions, aliases among them, and the 92 constants; functions in their fast form. */
export function sicNames(): Names {
  return accelerated(plainSicNames(), [SIC_FAST]);
}

/** The same, every function in its plain form. */
export function plainSicNames(): Names {
  const names = new Map<string, Value>(Object.entries(SIC_CONSTANTS));
  for (const theme of THEMES) for (const [name, f] of Object.entries(theme)) names.set(name, functionOf(name, f));
  for (const [alias, name] of Object.entries(ALIASES)) names.set(alias, names.get(name)!);
  return names;
}

/** A function that answers a wrong number of arguments with its default (docs/spec/dialect.md 2). */
function functionOf(name: string, f: Implementation): Fn {
  const fallback = defaultOf(name);
  if (!OPTIONAL_KEY.has(name)) return new Fn(f.length, f, name, fallback);
  return new Fn(f.length, f, name, (args) => (args.length === f.length - 1 ? f(...args, null) : fallback()));
}
