// The plain DSL's names for the engine: the fast way of each function where it has one, the plain way for the rest.
import { accelerated } from './fast/accelerate.ts';
import { FAST_COLOURS } from './fast/colours.ts';
import { FAST_CONTAINERS } from './fast/containers.ts';
import { FAST_DRAWING } from './fast/drawing.ts';
import { FAST_EXTENT } from './fast/extent.ts';
import { FAST_OBJECTS } from './fast/objects.ts';
import { FAST_PATCHES } from './fast/patches.ts';
import { FAST_TRANSFORMS } from './fast/transforms.ts';
import { plainNames } from './plain.ts';
import type { FastTheme, Names } from './table.ts';

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
  return accelerated(plainNames(), FAST);
}
