// Tuples and sets in the S/I/C dialect: `_t` functions give tuples, most `_f` ones keep the kind of their argument.
// Source: docs/spec/dialect.md 4.1, 5.
import { equal } from '../../value/equal.ts';
import { EMPTY_SET } from '../../value/patch.ts';
import { item, iterate, lengthOf, or, plus, truthy, tuple } from '../../value/protocol.ts';
import { setOf } from '../../value/set.ts';
import { call1, EMPTY_TUPLE, FrozenSet, type Value } from '../../value/value.ts';
import { byFrequency, CONTAINERS } from '../containers.ts';
import { sorted } from '../sorting.ts';
import type { Theme } from '../table.ts';
import { type Binary, same, shared, type Unary, wrap, wrapAll } from './wrap.ts';

export const merge: Unary = shared(CONTAINERS, 'merge');
export const dedupe: Unary = shared(CONTAINERS, 'dedupe');
export const difference_tuple: Binary = shared(CONTAINERS, 'difference_tuple', 'difference');
export const first: Unary = wrap('first', (container) => at(container, 0, null));
export const second: Unary = wrap('second', (container) =>
  lengthOf(container) === 0 ? EMPTY_TUPLE : at(container, 1, null),
);
export const merge_t: Unary = shared(CONTAINERS, 'merge_t', 'merge');
export const merge_f: Unary = shared(CONTAINERS, 'merge_f', 'merge');
const first_t: Unary = wrap('first_t', (container) => (truthy(container) ? item(container, 0) : EMPTY_TUPLE));
const first_f: Unary = wrap('first_f', (container) => (truthy(container) ? iterate(container)[0]! : EMPTY_SET));
const remove: Binary = shared(CONTAINERS, 'remove');
const remove_f: Binary = shared(CONTAINERS, 'remove_f', 'remove');
const remove_t: Binary = wrap('remove_t', (value, container) =>
  tuple(iterate(container).filter((item) => !equal(item, value))),
);
const sfilter: Binary = shared(CONTAINERS, 'sfilter');

/** The item at a place of the iteration order, counted from the back when negative. */
function at(container: Value, place: number, otherwise: Value): Value {
  const item = iterate(container).at(place);
  return item === undefined ? otherwise : item;
}

/** The items with truthy condition. */
function satisfying(container: Value, condition: Value): readonly Value[] {
  return iterate(container).filter((item) => truthy(call1(condition, item)));
}

function mfilter(container: Value, condition: Value): Value {
  return merge_f(sfilter(container, condition));
}

function extract(container: Value, condition: Value): Value {
  const found = iterate(container).find((item) => truthy(call1(condition, item)));
  return found === undefined ? EMPTY_SET : found;
}

/** All keys are computed before the first comparison. Python takes None for no key function. */
function order(container: Value, compfunc: Value): Value {
  const items = iterate(container);
  return tuple(sorted(items, compfunc === null ? items : items.map((item) => call1(compfunc, item))));
}

/** In a set every item occurs once: the first one wins. */
function common(container: Value, sign: 1 | -1): Value {
  const items = iterate(container);
  return byFrequency(items, sign, container instanceof FrozenSet ? items : undefined);
}

export const SIC_CONTAINERS: Theme = {
  ...same(
    CONTAINERS,
    'contained combine intersection difference repeat size maximum minimum valmax valmin argmax argmin mostcommon ' +
      'leastcommon initset totuple insert product pair sizefilter',
  ),
  valmax_t: shared(CONTAINERS, 'valmax_t', 'valmax'),
  valmax_f: shared(CONTAINERS, 'valmax_f', 'valmax'),
  valmin_t: shared(CONTAINERS, 'valmin_t', 'valmin'),
  valmin_f: shared(CONTAINERS, 'valmin_f', 'valmin'),
  argmax_t: shared(CONTAINERS, 'argmax_t', 'argmax'),
  argmax_f: shared(CONTAINERS, 'argmax_f', 'argmax'),
  argmin_t: shared(CONTAINERS, 'argmin_t', 'argmin'),
  argmin_f: shared(CONTAINERS, 'argmin_f', 'argmin'),
  size_t: shared(CONTAINERS, 'size_t', 'size'),
  size_f: shared(CONTAINERS, 'size_f', 'size'),
  merge,
  merge_t,
  merge_f,
  dedupe,
  remove,
  remove_t,
  remove_f,
  sfilter,
  difference_tuple,
  first,
  second,
  first_t,
  first_f,
  ...wrapAll({
    order,
    combine_t: plus,
    combine_f: or,
    sfilter_t: (container: Value, condition: Value) => tuple(satisfying(container, condition)),
    sfilter_f: (container: Value, condition: Value) => setOf(satisfying(container, condition)),
    mfilter,
    mfilter_f: mfilter,
    mfilter_t: (container: Value, condition: Value) => setOf(satisfying(container, condition)),
    extract,
    last: (container: Value) => at(container, -1, EMPTY_TUPLE),
    last_t: (container: Value) => (truthy(container) ? item(container, -1) : EMPTY_TUPLE),
    last_f: (container: Value) => (truthy(container) ? at(container, -1, EMPTY_SET) : EMPTY_SET),
    other: (container: Value, value: Value) => first(remove(value, container)),
    other_t: (container: Value, value: Value) => first_t(remove_t(value, container)),
    other_f: (container: Value, value: Value) => first_f(remove_f(value, container)),
    sizefilter_t: (container: Value, n: Value) => tuple(iterate(container).filter((item) => equal(lengthOf(item), n))),
    mostcommon_t: CONTAINERS.mostcommon!,
    mostcommon_f: (container: Value) => common(container, 1),
    leastcommon_t: CONTAINERS.leastcommon!,
    leastcommon_f: (container: Value) => common(container, -1),
  }),
};
