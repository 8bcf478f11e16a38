// The element of a rank: by place, by sorting, by frequency. Ranks count from the back when negative.
// Source: docs/spec/dialect.md 4.2.
import { identicalOrEqual } from '../../value/equal.ts';
import { ATTRIBUTE_ERROR, TYPE_ERROR } from '../../value/errors.ts';
import { charge } from '../../value/meter.ts';
import { EMPTY_SET } from '../../value/patch.ts';
import { iterate } from '../../value/protocol.ts';
import { setOf } from '../../value/set.ts';
import { call1, EMPTY_TUPLE, FrozenSet, isInt, isNumber, Tuple, type Value } from '../../value/value.ts';
import { valuesOfRows } from '../colours.ts';
import { occurrencesOf } from '../containers.ts';
import { rangeLength } from '../sequences.ts';
import { sorted } from '../sorting.ts';
import type { Theme } from '../table.ts';
import { coloursOf } from './colours.ts';
import { wrapAll } from './wrap.ts';

/** items[rank]; `otherwise()` when out of range, as nan and the infinities are; TypeError when `rank` is no number. */
function ranked(items: readonly Value[], rank: Value, otherwise: () => Value): Value {
  if (!isNumber(rank)) throw TYPE_ERROR;
  const place = Number(rank);
  const found = place >= -items.length ? items.at(place) : undefined;
  return found === undefined ? otherwise() : found;
}

/** The empty value of a container's own type. */
function emptyLike(container: Value): Value {
  return container instanceof FrozenSet ? EMPTY_SET : EMPTY_TUPLE;
}

const emptyTuple = (): Value => EMPTY_TUPLE;
const emptySet = (): Value => EMPTY_SET;

function byKey(container: Value, key: Value, reverse = false): readonly Value[] {
  const items = iterate(container);
  return sorted(items, key === null ? items : items.map((member) => call1(key, member)), reverse);
}

function get_nth_t(container: Value, rank: Value): Value {
  return container instanceof Tuple ? ranked(iterate(container), rank, () => Number.NaN) : Number.NaN;
}

/** A negative rank counts in the reversed order. */
function get_nth_f(container: Value, rank: Value): Value {
  const items = iterate(container);
  if (!isInt(rank)) throw TYPE_ERROR;
  return ranked(items, rank, emptySet);
}

function get_nth_by_key_t(container: Value, rank: Value, key: Value): Value {
  const items = byKey(container, key);
  return items.length === 0 ? null : ranked(items, rank, emptyTuple);
}

/** A negative rank counts as 0. */
function get_nth_by_key_f(container: Value, rank: Value, key: Value): Value {
  const items = byKey(container, key);
  const found = items[rangeLength(rank)];
  return found === undefined ? null : found;
}

function get_rank(container: Value, rank: Value): Value {
  return ranked(byKey(container, null, true), rank, () => 0);
}

/** Descending by key. */
function argRank(container: Value, key: Value, rank: Value, otherwise: () => Value): Value {
  return ranked(byKey(container, key, true), rank, otherwise);
}

/** Ascending by key, unlike `argRank`. */
function valRank(container: Value, key: Value, rank: Value): Value {
  return call1(
    key,
    ranked(byKey(container, key), rank, () => 0),
  );
}

/** Ascending by frequency, ties in the order of the set of the items. */
function commonRank(container: Value, rank: Value, otherwise: () => Value): Value {
  const items = iterate(container);
  const distinct = container instanceof FrozenSet ? items : setOf(items).items();
  const counts = distinct.map((member) => occurrencesOf(member, items));
  return ranked(sorted(distinct, counts), rank, otherwise);
}

function get_common_rank(container: Value, rank: Value): Value {
  if (!(container instanceof Tuple)) throw ATTRIBUTE_ERROR; // a set does not count
  return commonRank(container, rank, emptyTuple);
}

/** Descending by frequency, ties by first appearance. */
function colourRank(values: readonly Value[], rank: Value, otherwise: () => Value): Value {
  const distinct: Value[] = [];
  for (const value of values) {
    charge(distinct.length);
    if (!distinct.some((earlier) => identicalOrEqual(earlier, value))) distinct.push(value);
  }
  const counts = distinct.map((value) => occurrencesOf(value, values));
  return ranked(sorted(distinct, counts, true), rank, otherwise);
}

export const SIC_RANKS: Theme = wrapAll({
  get_nth_t,
  get_nth_f,
  get_nth_by_key_t,
  get_nth_by_key_f,
  get_rank,
  get_arg_rank: (container: Value, key: Value, rank: Value) =>
    argRank(container, key, rank, () => emptyLike(container)),
  get_arg_rank_t: (container: Value, key: Value, rank: Value) => argRank(container, key, rank, emptyTuple),
  get_arg_rank_f: (container: Value, key: Value, rank: Value) => argRank(container, key, rank, emptySet),
  get_val_rank: valRank,
  get_val_rank_t: valRank,
  get_val_rank_f: valRank,
  get_common_rank,
  get_common_rank_t: (container: Value, rank: Value) => commonRank(container, rank, emptyTuple),
  get_common_rank_f: (container: Value, rank: Value) => commonRank(container, rank, emptySet),
  get_color_rank_t: (grid: Value, rank: Value) => colourRank(valuesOfRows(grid), rank, emptyTuple),
  get_color_rank_f: (obj: Value, rank: Value) => colourRank(coloursOf(obj), rank, emptySet),
});

/** Functions whose last parameter, a key, may be left out. */
export const OPTIONAL_KEY: ReadonlySet<string> = new Set(['get_nth_by_key_t', 'get_nth_by_key_f']);
