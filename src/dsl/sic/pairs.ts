// Functions of S, the tuple of (input, output) pairs of a task. Source: docs/spec/dialect.md 4.2.
import { equal } from '../../value/equal.ts';
import { iterate, tuple, unpackTwo } from '../../value/protocol.ts';
import { call1, Fn, type Value } from '../../value/value.ts';
import type { Theme } from '../table.ts';
import { apply, mapply_t } from './combinators.ts';
import { dedupe, difference_tuple, first, second } from './containers.ts';
import { mir_rot_t } from './mirrors.ts';
import { type Binary, wrap, wrapAll } from './wrap.ts';

/** Numbers that `mir_rot_t` tells apart, and one that leaves the grid as it is. */
const TURNS = [0, 1, 2, 3, 4, 5, 6, 7];

/** The smallest number whose turn makes every output of its input; None when there is none. */
function a_mr(pairs: Value): Value {
  const samples = iterate(pairs);
  const turns = (sample: Value, a: number): boolean => {
    const [input, output] = unpackTwo(sample);
    return equal(output, mir_rot_t(input, a));
  };
  return TURNS.find((a) => samples.every((sample) => turns(sample, a))) ?? null;
}

/** What `f` gives for the grids of one side, concatenated, each value once. */
function collected(pairs: Value, side: Fn, f: Value): Value {
  return dedupe(mapply_t(f, apply(side, pairs)));
}

const INPUT = new Fn(1, first, 'first');
const OUTPUT = new Fn(1, second, 'second');

const c_iz: Binary = wrap('c_iz', (pairs, f) =>
  difference_tuple(collected(pairs, INPUT, f), collected(pairs, OUTPUT, f)),
);
const c_zo: Binary = wrap('c_zo', (pairs, f) =>
  difference_tuple(collected(pairs, OUTPUT, f), collected(pairs, INPUT, f)),
);

/** The pairs whose members differ, as tuples. */
function dedupe_pair_tuple(pairs: Value): Value {
  const differing = iterate(pairs)
    .map(unpackTwo)
    .filter(([a, b]) => !equal(a, b));
  return tuple(differing.map(([a, b]) => tuple([a, b])));
}

export const SIC_PAIRS: Theme = {
  c_iz,
  c_zo,
  ...wrapAll({
    a_mr,
    c_iz_n: (pairs: Value, f: Value, pick: Value) => call1(pick, c_iz(pairs, f)),
    c_zo_n: (pairs: Value, f: Value, pick: Value) => call1(pick, c_zo(pairs, f)),
    dedupe_pair_tuple,
  }),
};
