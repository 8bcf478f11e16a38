// What Python calls the type of a value.
import { Fn, FrozenSet, Tuple, type Value } from './value.ts';

/** `type(value).__name__`. */
export function kindOf(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isFinite(value) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof FrozenSet) return 'frozenset';
  return value instanceof Fn ? 'function' : 'object';
}
