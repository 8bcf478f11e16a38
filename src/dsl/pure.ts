// DSL functions that never raise, whatever their arguments: a call whose result nobody reads can be left out.
import type { Fn } from '../value/value.ts';

const NEVER_RAISE: ReadonlySet<string> = new Set([
  'identity',
  'flip',
  'both',
  'either',
  'branch',
  'toivec',
  'tojvec',
  'astuple',
  'compose',
  'chain',
  'matcher',
  'fork',
]);

export function neverRaises(f: Fn): boolean {
  return f.name !== null && NEVER_RAISE.has(f.name);
}
