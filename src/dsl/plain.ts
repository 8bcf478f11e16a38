// All DSL names in their plain implementation, the oracle of the faster ones.
import type { Value } from '../value/value.ts';
import { COLOURS } from './colours.ts';
import { COMBINATORS } from './combinators.ts';
import { CONSTANTS } from './constants.ts';
import { CONTAINERS } from './containers.ts';
import { DRAWING } from './drawing.ts';
import { EXTENT } from './extent.ts';
import { NUMBERS } from './numbers.ts';
import { OBJECTS } from './objects.ts';
import { PATCHES } from './patches.ts';
import { functionsOf, type Names } from './table.ts';
import { TRANSFORMS } from './transforms.ts';

/** The 160 functions and 28 constants. */
export function plainNames(): Names {
  const themes = [NUMBERS, CONTAINERS, COMBINATORS, COLOURS, EXTENT, PATCHES, OBJECTS, TRANSFORMS, DRAWING];
  return new Map<string, Value>([...functionsOf(themes), ...Object.entries(CONSTANTS)]);
}
