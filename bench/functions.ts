// How fast are the functions that solvers spend their time in? The fast way and the plain way, by grid size.

import { median } from '../src/doctor/median.ts';
import { dslNames } from '../src/dsl/names.ts';
import { plainNames } from '../src/dsl/plain.ts';
import type { Names } from '../src/dsl/table.ts';
import { seeded } from '../src/pipeline/read/seeded.ts';
import { locationId } from '../src/value/ids.ts';
import { insertAll } from '../src/value/idTable.ts';
import { meter } from '../src/value/meter.ts';
import { setOf } from '../src/value/set.ts';
import { type Fn, FrozenSet, ListTuple, type Value } from '../src/value/value.ts';
import { gridOfShapes, patchOf } from './inputs.ts';
import type { Answer, Options, Question, Row } from './question.ts';
import { shuffled } from './random.ts';
import { seconds } from './stats.ts';

const SIZES = [5, 10, 20, 30];

export const functions: Question = {
  name: 'functions',
  about:
    'operations a second by grid size, warm, every call on new values; order looked at: the result and its elements are ' +
    'asked for their items',
  ask: measure,
};

/** A function with makers of arguments that nothing is known about yet. */
interface Case {
  readonly name: string;
  readonly label: string;
  args(size: number, seed: number): readonly Value[];
}

const FLAGS = ['TFT', 'TTT', 'FTT', 'FFT'];

const CASES: readonly Case[] = [
  {
    name: 'occurrences',
    label: 'occurrences',
    args: (size, seed) => {
      const grid = gridOfShapes(size, seed);
      return [grid, patchOf(grid, 1, 1, 3, 2)];
    },
  },
  ...FLAGS.map((flags) => ({
    name: 'objects',
    label: `objects ${[...flags].join(' ')}`,
    args: (size: number, seed: number) => [gridOfShapes(size, seed), ...[...flags].map((flag) => flag === 'T')],
  })),
  {
    name: 'shift',
    label: 'shift',
    args: (size, seed) => [patchOf(gridOfShapes(size, seed), 0, 0, size, size >> 1), new ListTuple([1, -2])],
  },
  {
    name: 'toindices',
    label: 'toindices',
    args: (size, seed) => [patchOf(gridOfShapes(size, seed), 0, 0, size, size >> 1)],
  },
];

function measure(options: Options): Answer {
  const fast = dslNames();
  const plain = plainNames();
  meter.limit(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const rows = CASES.flatMap((test) =>
    [false, true].flatMap((looks) =>
      SIZES.map((size): Row => {
        const args = (seed: number): readonly Value[] => test.args(size, seed);
        const rate = (names: Names): number => perSecond(work(names, test.name, looks), args, options);
        return {
          what: `${test.label}, ${size} × ${size}${looks ? ', order looked at' : ''}`,
          value: rate(fast),
          unit: 'operations/s',
          references: [{ value: rate(plain), from: 'plain way, this run' }],
        };
      }),
    ),
  );
  return { rows: [...rows, pathological(fast, plain, options), ...sets(options)], notes: [] };
}

function work(names: Names, name: string, looks: boolean): (args: readonly Value[]) => void {
  const { call } = names.get(name) as Fn;
  return (args) => {
    const result = call(...args);
    if (looks && result instanceof FrozenSet)
      for (const item of result.items()) if (item instanceof FrozenSet) item.items();
  };
}

const MOST_ROUNDS = 500;

/** Calls a second of `operation`, each with arguments of its own, made before the clock starts. */
function perSecond<T>(operation: (args: T) => void, make: (seed: number) => T, { quick }: Options, batch = 50): number {
  const time = (round: number): number => {
    const args = Array.from({ length: batch }, (_, k) => make(round * batch + k));
    meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    return seconds(() => {
      for (const one of args) operation(one);
    });
  };
  const rounds = (first: number, enough: number): number[] => {
    const times: number[] = [];
    for (let spent = 0; times.length < 5 || (spent < enough && times.length < MOST_ROUNDS); spent += times.at(-1)!) {
      times.push(time(first + times.length));
    }
    return times;
  };
  // the first rounds warm up; rounds are so short that most are not interrupted by other processes
  const first = rounds(0, quick ? 0.1 : 0.3).length;
  return batch / median(rounds(first, quick ? 0.03 : 0.1));
}

/** Every place of a large grid fits a large object up to its last cells: the call that is quadratic when done naively. */
function pathological(fast: Names, plain: Names, { quick }: Options): Row {
  const repeats = quick ? 3 : 11;
  const once = (names: Names): number => {
    const run = work(names, 'occurrences', true);
    const times: number[] = [];
    for (let k = 0; k < repeats; k++) {
      const grid = gridOfShapes(30, 0, 0);
      const object = patchOf(grid, 0, 0, 10, 10);
      meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
      times.push(1000 * seconds(() => run([grid, object])));
    }
    return median(times);
  };
  return {
    what: 'occurrences of 100 cells in 30 × 30 of one colour, order looked at',
    value: once(fast),
    unit: 'ms',
    goal: 10,
    references: [
      { value: once(plain), from: 'plain way, this run' },
      { value: 3000, from: 'CPython, all calls of one public solver, measured earlier' },
    ],
  };
}

/** Nanoseconds an element to build a set in CPython's exact order, from elements row by row and from scattered ones. */
function sets(options: Options): Row[] {
  return SIZES.flatMap((size) =>
    [false, true].flatMap((scattered): Row[] => {
      const count = size * size;
      const nanos = <T>(build: (items: T) => void, make: (seed: number) => T): number =>
        1e9 / (perSecond(build, make, options, Math.ceil(1000 / count)) * count);
      const places = scattered ? (seed: number) => scatter(size, seed) : () => square(size);
      const order = scattered ? 'scattered' : 'row by row';
      return [
        {
          what: `insertAll of ${count} locations as ids, ${order}`,
          value: nanos(insertAll, (seed) => places(seed).map(([row, column]) => locationId(row, column))),
          unit: 'ns/element',
          references: [{ value: 10, from: 'typed table, 10–15, measured earlier' }],
        },
        {
          what: `setOf ${count} new tuples, ${order}`,
          value: nanos(setOf, (seed) => places(seed).map((place) => new ListTuple(place))),
          unit: 'ns/element',
          references: [{ value: 59, from: 'boxed fresh tuples, 59–112, measured earlier' }],
        },
      ];
    }),
  );
}

function square(size: number): [number, number][] {
  return Array.from({ length: size * size }, (_, k) => [Math.floor(k / size), k % size]);
}

/** As many places of a square of twice the side, in random order. */
function scatter(size: number, seed: number): [number, number][] {
  return shuffled(square(2 * size), seeded(seed)).slice(0, size * size);
}
