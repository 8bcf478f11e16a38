// What the fast ways have in common: reading pairs, moving ids.

import { insertAll } from '../../value/idTable.ts';
import { allocate } from '../../value/meter.ts';
import { PatchSet } from '../../value/patch.ts';
import { ListTuple, type Value } from '../../value/value.ts';

/** The first two items of a tuple when they are ints (not booleans, not floats, not beyond 2^53). */
export function pairOf(v: Value): readonly [number, number] | undefined {
  if (!(v instanceof ListTuple) || v.list.length < 2) return undefined;
  const list = v.list;
  return Number.isInteger(list[0]) && Number.isInteger(list[1]) ? (list as [number, number]) : undefined;
}

/** The set built from the elements of `patch`, in its iteration order, each moved by the one-to-one map `to`. */
export function moved(patch: PatchSet, to: (id: number) => number): PatchSet {
  const ids = patch.ids;
  allocate(ids.length);
  const result: number[] = new Array(ids.length);
  for (let k = 0; k < ids.length; k++) result[k] = to(ids[k]!);
  return new PatchSet(result, () => insertAll(patch.order().map(to)));
}
