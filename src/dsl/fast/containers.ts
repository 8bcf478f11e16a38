// Containers and function application on sets (docs/spec/dsl.md 3.2, 3.3) without looking at their order where it does
// not matter.
//
// A callback is tried on the elements in any order. Only the outcome counts as long as none of them raises; when one
// does, or when equals have to be told apart by order, the plain way runs in CPython's order.
import { PyError } from '../../value/errors.ts';
import { kindOf } from '../../value/ids.ts';
import { insertAll } from '../../value/idTable.ts';
import { allocate, charge, meter } from '../../value/meter.ts';
import { distinct, EMPTY_SET, equalId, idOf, newMarks, PatchSet, tupleOf } from '../../value/patch.ts';
import { truthy } from '../../value/protocol.ts';
import { alike, intersection as intersect, ListSet, lazySetOf, setOf, union } from '../../value/set.ts';
import { call1, call2, FrozenSet, ListTuple, Tuple, type Value } from '../../value/value.ts';
import type { FastTheme } from '../table.ts';

/** f of every element; undefined when one of the calls raised. */
function results(f: Value, elements: readonly Value[]): Value[] | undefined {
  charge(elements.length);
  const depth = meter.depth;
  try {
    const values: Value[] = new Array(elements.length);
    for (let k = 0; k < elements.length; k++) values[k] = call1(f, elements[k]!);
    return values;
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    meter.depth = depth;
    return undefined;
  }
}

/** The members of a set when all are packed patches of one kind, or empty. */
function patchesIn(members: readonly Value[]): readonly PatchSet[] | undefined {
  let kind: number | undefined;
  for (const member of members) {
    if (!(member instanceof PatchSet)) return undefined;
    if (member.length === 0) continue;
    kind ??= member.kind;
    if (member.kind !== kind) return undefined;
  }
  return members as readonly PatchSet[];
}

/** The union of patches, inserted patch by patch in the order that `sequence` gives when asked. */
function merged(patches: readonly PatchSet[], sequence: () => readonly Value[]): PatchSet {
  const { marks, mark } = newMarks();
  const ids: number[] = [];
  for (const patch of patches) {
    const from = patch.ids;
    charge(from.length);
    for (let k = 0; k < from.length; k++) {
      const id = from[k]!;
      if (marks[id] === mark) continue;
      marks[id] = mark;
      ids.push(id);
    }
  }
  if (ids.length === 0) return EMPTY_SET;
  return new PatchSet(ids, () => insertAll(distinct(sequence().flatMap((patch) => (patch as PatchSet).order()))));
}

function merge(containers: Value): Value | undefined {
  if (!(containers instanceof ListSet)) return undefined;
  const patches = patchesIn(containers.elements());
  return patches && merged(patches, () => containers.items());
}

/** What `f` makes of the items of a set, in their order; `values` are its results for `elements`. */
function inOrder(set: FrozenSet, elements: readonly Value[], values: readonly Value[]): readonly Value[] {
  return set.items() === elements ? values : placesInOrder(set, elements).map((place) => values[place]!);
}

/** The set of `values`, inserted in the order that `sequence` gives. */
function applied(values: readonly Value[], sequence: () => readonly Value[]): FrozenSet {
  if (values.length === 0) return EMPTY_SET;
  const first = idOf(values[0]!);
  if (first >= 0) {
    const kind = kindOf(first);
    const ids: number[] = new Array(values.length);
    let k = 0;
    for (; k < values.length; k++) {
      const id = idOf(values[k]!);
      if (id < 0 || kindOf(id) !== kind) break;
      ids[k] = id;
    }
    if (k === values.length) return new PatchSet(distinct(ids), () => insertAll(distinct(sequence().map(idOf))));
  }
  const patches = patchesOnly(values);
  return patches === undefined ? setOf(sequence()) : setOfPatches(patches, sequence);
}

function patchesOnly(values: readonly Value[]): readonly PatchSet[] | undefined {
  return values.every((value) => value instanceof PatchSet) ? (values as readonly PatchSet[]) : undefined;
}

/**
 * The set of some patches, which were inserted in the order that `sequence` gives when asked. Of equal ones the first in
 * that order stays, which may have another inner order than the rest: then it is asked at once.
 */
function setOfPatches(patches: readonly PatchSet[], sequence: () => readonly Value[]): FrozenSet {
  const bySum = new Map<number, PatchSet[]>();
  for (const patch of patches) {
    const { ids } = patch;
    charge(ids.length);
    let sum = ids.length;
    for (let k = 0; k < ids.length; k++) sum = (sum + Math.imul(ids[k]!, 0x9e3779b1)) | 0;
    const alikes = bySum.get(sum);
    if (alikes === undefined) bySum.set(sum, [patch]);
    else if (alikes.some((other) => other.length === patch.length && other.isSubsetOf(patch))) return setOf(sequence());
    else alikes.push(patch);
  }
  return lazySetOf(patches, sequence);
}

/** The places of a container's items in iteration order among its elements. */
function placesInOrder(container: Tuple | FrozenSet, elements: readonly Value[]): readonly number[] {
  if (container instanceof PatchSet) {
    // by id: the tuple of an id is not the same object for ever
    const places = new Map(elements.map((element, k) => [idOf(element), k]));
    return container.order().map((id) => places.get(id)!);
  }
  const items = container.items();
  if (items === elements) return elements.map((_, k) => k);
  const places = new Map(elements.map((element, k) => [element, k]));
  return items.map((item) => places.get(item)!);
}

/** The first of a set's elements, in its iteration order, for which `holds` is true of their place; undefined if none. */
function firstInOrder(
  set: FrozenSet,
  elements: readonly Value[],
  holds: (place: number) => boolean,
): Value | undefined {
  const place = placesInOrder(set, elements).find(holds);
  return place === undefined ? undefined : elements[place];
}

/** Where all results are patches; f(x, y) with y from `b` in the outer loop. */
function prapply(f: Value, a: Value, b: Value): Value | undefined {
  if (!isContainer(a) || !isContainer(b)) return undefined;
  const inner = a instanceof FrozenSet ? a.elements() : a.items();
  const outer = b instanceof FrozenSet ? b.elements() : b.items();
  allocate(inner.length * outer.length);
  const depth = meter.depth;
  const values: Value[] = [];
  try {
    for (const y of outer) for (const x of inner) values.push(call2(f, x, y));
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    meter.depth = depth;
    return undefined;
  }
  const patches = values.length === 0 ? undefined : patchesOnly(values);
  if (patches === undefined) return undefined;
  return setOfPatches(patches, () => {
    const columns = placesInOrder(a, inner);
    return placesInOrder(b, outer).flatMap((row) => columns.map((column) => values[row * inner.length + column]!));
  });
}

function isContainer(v: Value): v is Tuple | FrozenSet {
  return v instanceof Tuple || v instanceof FrozenSet;
}

function apply(f: Value, container: Value): Value | undefined {
  if (!(container instanceof FrozenSet)) return undefined;
  const elements = container.elements();
  const values = results(f, elements);
  return values && applied(values, () => inOrder(container, elements, values));
}

function mapply(f: Value, container: Value): Value | undefined {
  if (!(container instanceof FrozenSet)) return undefined;
  const elements = container.elements();
  const values = results(f, elements);
  const patches = values && patchesIn(values);
  return patches && merged(patches, () => setOf(inOrder(container, elements, patches)).items());
}

function sfilter(container: Value, condition: Value): Value | undefined {
  if (!(container instanceof FrozenSet)) return undefined;
  const elements = container.elements();
  const verdicts = results(condition, elements);
  if (verdicts === undefined) return undefined;
  const chosen: Value[] = [];
  for (let k = 0; k < elements.length; k++) if (truthy(verdicts[k]!)) chosen.push(elements[k]!);
  if (chosen.length === 0) return EMPTY_SET;
  return container instanceof PatchSet ? subset(container, chosen.map(idOf)) : (container as ListSet).filtered(chosen);
}

/** The set of some ids of a patch, inserted in the patch's order. */
function subset(patch: PatchSet, ids: readonly number[]): PatchSet {
  return new PatchSet(ids, () => {
    const order = patch.order(); // before the marks: working it out may take marks of its own
    const { marks, mark } = newMarks();
    for (const id of ids) marks[id] = mark;
    return insertAll(order.filter((id) => marks[id] === mark));
  });
}

function mfilter(container: Value, condition: Value): Value | undefined {
  if (!(container instanceof ListSet)) return undefined;
  const filtered = sfilter(container, condition);
  return filtered === undefined ? undefined : merge(filtered);
}

/** The item with the greatest (`sign` 1) or least key; among equals the first in iteration order. */
function best(container: Value, f: Value, sign: 1 | -1): Value | undefined {
  if (!(container instanceof FrozenSet) || container.length === 0) return undefined;
  const elements = container.elements();
  const keys = results(f, elements);
  const top = keys && topOf(keys, sign);
  if (keys === undefined || top === undefined) return undefined;
  const winner = keys.indexOf(top);
  if (keys.indexOf(top, winner + 1) < 0) return elements[winner];
  return firstInOrder(container, elements, (place) => keys[place] === top);
}

/** The least or greatest key itself: the plain way calls `f` once more on the best item, to the same result. */
function bestKey(container: Value, f: Value, sign: 1 | -1): Value | undefined {
  if (!(container instanceof FrozenSet) || container.length === 0) return undefined;
  const keys = results(f, container.elements());
  return keys === undefined ? undefined : topOf(keys, sign);
}

/** The greatest (`sign` 1) or least of some numbers; undefined when not all are. */
function topOf(keys: readonly Value[], sign: 1 | -1): number | undefined {
  let top = -sign * Number.POSITIVE_INFINITY;
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k]!;
    if (typeof key !== 'number' || Number.isNaN(key)) return undefined;
    if (sign === 1 ? key > top : key < top) top = key;
  }
  return top;
}

function valmax(container: Value, compfunc: Value): Value | undefined {
  return bestKey(container, compfunc, 1);
}

function valmin(container: Value, compfunc: Value): Value | undefined {
  return bestKey(container, compfunc, -1);
}

/** The first item that satisfies the condition; order counts only where several do. */
function extract(container: Value, condition: Value): Value | undefined {
  if (!(container instanceof FrozenSet)) return undefined;
  const elements = container.elements();
  const verdicts = results(condition, elements);
  if (verdicts === undefined) return undefined;
  const chosen = elements.filter((_, k) => truthy(verdicts[k]!));
  if (chosen.length < 2) return chosen[0];
  return firstInOrder(container, elements, (place) => truthy(verdicts[place]!));
}

function argmax(container: Value, compfunc: Value): Value | undefined {
  return best(container, compfunc, 1);
}

function argmin(container: Value, compfunc: Value): Value | undefined {
  return best(container, compfunc, -1);
}

function order(container: Value, compfunc: Value): Value | undefined {
  if (!(container instanceof FrozenSet)) return undefined;
  const elements = container.elements();
  const keys = results(compfunc, elements);
  if (keys === undefined || !keys.every((key) => typeof key === 'number')) return undefined;
  charge(keys.length);
  const places = elements.map((_, k) => k).sort((a, b) => (keys[a] as number) - (keys[b] as number));
  for (let k = 1; k < places.length; k++) if (keys[places[k]!] === keys[places[k - 1]!]) return undefined;
  return new ListTuple(places.map((k) => elements[k]!));
}

function first(container: Value): Value | undefined {
  if (container instanceof ListTuple) return container.list[0];
  if (!(container instanceof PatchSet) || container.length === 0) return undefined;
  return tupleOf(container.order()[0]!);
}

function last(container: Value): Value | undefined {
  if (container instanceof ListTuple) return container.list[container.list.length - 1];
  if (!(container instanceof PatchSet) || container.length === 0) return undefined;
  return tupleOf(container.order()[container.length - 1]!);
}

function combine(a: Value, b: Value): Value | undefined {
  if (!alike(a, b)) return undefined;
  const x = a as PatchSet;
  const y = b as PatchSet;
  charge(x.length + y.length);
  if (x.length + y.length === 0) return EMPTY_SET;
  return new PatchSet(distinct(x.ids.concat(y.ids)), () => insertAll(distinct(x.order().concat(y.order()))));
}

function intersection(a: Value, b: Value): Value | undefined {
  return a instanceof PatchSet && b instanceof PatchSet ? intersect(a, b) : undefined;
}

function difference(a: Value, b: Value): Value | undefined {
  if (!(a instanceof PatchSet && b instanceof PatchSet)) return undefined;
  charge(a.length + b.length);
  const { marks, mark } = newMarks();
  for (const id of b.ids) marks[id] = mark;
  const ids = a.ids.filter((id) => marks[id] !== mark);
  return ids.length === 0 ? EMPTY_SET : subset(a, ids);
}

/** A set of one location or cell. */
function initset(value: Value): Value | undefined {
  const id = idOf(value);
  return id < 0 ? undefined : new PatchSet([id]);
}

function insert(value: Value, container: Value): Value | undefined {
  const single = initset(value);
  return single !== undefined && alike(single, container)
    ? union(container as PatchSet, single as PatchSet)
    : undefined;
}

function remove(value: Value, container: Value): Value | undefined {
  if (!(container instanceof PatchSet)) return undefined;
  charge(container.length);
  const id = equalId(value);
  const ids = container.ids.filter((other) => other !== id);
  return ids.length === 0 ? EMPTY_SET : subset(container, ids);
}

function other(container: Value, value: Value): Value | undefined {
  const rest = remove(value, container);
  return rest === undefined ? undefined : first(rest);
}

function sizefilter(container: Value, n: Value): Value | undefined {
  if (!(container instanceof ListSet) || typeof n !== 'number') return undefined;
  const patches = patchesIn(container.elements());
  return patches && container.filtered(patches.filter((patch) => patch.length === n));
}

export const FAST_CONTAINERS: FastTheme = {
  merge,
  apply,
  prapply,
  mapply,
  sfilter,
  mfilter,
  argmax,
  argmin,
  valmax,
  valmin,
  extract,
  order,
  first,
  last,
  combine,
  intersection,
  difference,
  initset,
  insert,
  remove,
  other,
  sizefilter,
};
