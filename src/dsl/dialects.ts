// The names of the dialects, made when first needed and kept.

import type { Dialect } from '../lang/battery.ts';
import { dslNames } from './names.ts';
import { sicNames } from './sic/names.ts';
import type { Names } from './table.ts';

let plain: Names | undefined;
let sic: Names | undefined;

/** All functions and constants of a dialect. */
export function namesOf(dialect: Dialect): Names {
  if (dialect === 'plain') {
    plain ??= dslNames();
    return plain;
  }
  sic ??= sicNames();
  return sic;
}

/** Whether a dialect has a name. */
export function isKnown(name: string, dialect: Dialect): boolean {
  return namesOf(dialect).has(name);
}
