// The names of the plain dialect, made when first needed and kept.
import { dslNames } from '../dsl/names.ts';
import type { Names } from '../dsl/table.ts';
import type { Dialect } from '../lang/battery.ts';

let names: Names | undefined;

/** All functions and constants of the plain dialect. */
export function plainNames(): Names {
  names ??= dslNames();
  return names;
}

/** Whether a dialect has a name. The S/I/C dialect is read, not run, for now: it is taken to have every name. */
export function isKnown(name: string, dialect: Dialect): boolean {
  return dialect === 'sic' || plainNames().has(name);
}
