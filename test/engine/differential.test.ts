// The fast ways against the plain ones: random programs, compared statement by statement, set order included.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../scripts/conformance/decode.ts';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import { plainSicNames, sicNames } from '../../src/dsl/sic/names.ts';
import type { Names } from '../../src/dsl/table.ts';
import { PyError, Stop } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import { callAll, Fn, FrozenSet, Grid, ListTuple, Tuple, type Value } from '../../src/value/value.ts';

/** One value twice: as the fast ways made it, and as the plain ones did. */
interface Twin {
  readonly fast: Value;
  readonly plain: Value;
}

/** What a function wants its arguments to be, coarsely. */
function kindOf(value: Value): string {
  if (value instanceof Fn) return `function of ${value.arity}`;
  if (typeof value !== 'object' || value === null) return typeof value;
  if (value instanceof FrozenSet) {
    const [first] = value.items();
    if (!(first instanceof Tuple)) return first instanceof FrozenSet ? 'objects' : 'set';
    return first.length === 3 || (first.length === 2 && first.at(1) instanceof Tuple) ? 'object' : 'indices';
  }
  if (value.length === 2 && value.items().every((x) => typeof x === 'number')) return 'pair';
  return value.length > 0 && value.at(0) instanceof Tuple ? 'grid' : 'tuple';
}

/** A dialect both ways, and what its functions want. */
class Dialect {
  readonly fast: Names;
  readonly plain: Names;
  /** Functions to pick from, those that drive everything else three times. */
  readonly pool: readonly string[];
  /** Names with the kinds of their values. */
  readonly named: readonly (readonly [string, string])[];
  /** The kinds that each function's arguments have in the sampled vectors, where it did not raise. */
  readonly wanted = new Map<string, string[][]>();

  constructor(fast: Names, plain: Names, fixture: string, favourites: readonly string[]) {
    this.fast = fast;
    this.plain = plain;
    const functions = [...plain].filter(([, value]) => value instanceof Fn).map(([name]) => name);
    this.pool = [...functions, ...favourites, ...favourites];
    this.named = [...plain].map(([name, value]) => [name, kindOf(value)]);
    const call = (name: string, args: readonly Value[]): Value => callAll(plain.get(name)!, args);
    const library = { lookUp: (name: string) => plain.get(name)!, call };
    const file = join(import.meta.dirname, '..', 'fixtures', 'vectors', fixture);
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const { fn, args, error } = JSON.parse(line) as { fn: unknown; args: unknown[]; error?: string };
      if (error !== undefined || typeof fn !== 'string') continue;
      const list = this.wanted.get(fn) ?? args.map(() => []);
      args.forEach((arg, k) => {
        list[k]?.push(kindOf(decode(arg, 'generic', library)));
      });
      this.wanted.set(fn, list);
    }
  }
}

const UNITS = 400_000;

/** The outcome of a call, or undefined where it takes too long to compare. */
function outcome(f: Value, args: readonly Value[]): Value | PyError | undefined {
  meter.start(UNITS, Number.POSITIVE_INFINITY);
  try {
    return callAll(f, args);
  } catch (error) {
    if (error instanceof PyError) return error;
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

/** What is compared: the value with the order of its sets, or the exception's class. */
function shown(value: Value | PyError): string {
  return value instanceof PyError ? value.name : encode(value);
}

/** Whether a function that the program made is in a value. */
function holdsMade(value: Value): boolean {
  if (value instanceof Fn) return value.name === null;
  if (value instanceof FrozenSet || value instanceof Tuple) return value.items().some(holdsMade);
  return false;
}

/** Whether a set holds such functions: CPython hashes them by their address, so the set has no order of its own. */
function isUnordered(value: Value): boolean {
  if (value instanceof FrozenSet) return holdsMade(value);
  return value instanceof Tuple && value.items().some(isUnordered);
}

/** Numbers in [0, n) from a list of choices, which fast-check can shrink; beyond its end always 0. */
class Choices {
  readonly #list: readonly number[];
  #next = 0;
  constructor(list: readonly number[]) {
    this.#list = list;
  }
  get done(): boolean {
    return this.#next >= this.#list.length;
  }
  pick(n: number): number {
    return (this.#list[this.#next++] ?? 0) % n;
  }
}

function plainGrid(grid: Grid): ListTuple {
  return new ListTuple(grid.items().map((row) => new ListTuple(row.items())));
}

/** Runs a random program on a grid; throws where the ways part. */
function compareRun({ fast, plain, pool, named, wanted }: Dialect, grid: Grid, choices: Choices): number {
  const variables: Twin[] = [{ fast: grid, plain: plainGrid(grid) }];
  const trail: string[] = [];
  let compared = 0;
  while (!choices.done) {
    const name = pool[choices.pick(pool.length)]!;
    const f = plain.get(name) as Fn;
    // a few tries for arguments that do not raise: most random ones do
    for (let attempt = 0; attempt < 4 && !choices.done; attempt++) {
      const args: Twin[] = [];
      const texts: string[] = [];
      for (let k = 0; k < f.arity; k++) {
        const kinds = wanted.get(name)?.[k] ?? [];
        const kind = kinds[choices.pick(Math.max(1, kinds.length))];
        const any = kind === undefined || choices.pick(10) === 0;
        const known = variables.map((_, v) => v).filter((v) => any || kindOf(variables[v]!.plain) === kind);
        const words = named.filter(([, its]) => any || its === kind);
        if (known.length > 0 && (words.length === 0 || choices.pick(4) > 0)) {
          const v = known[Math.max(choices.pick(known.length), choices.pick(known.length))]!;
          args.push(variables[v]!);
          texts.push(`x${v}`);
        } else {
          const [word] = words[choices.pick(words.length)] ?? named[choices.pick(named.length)]!;
          args.push({ fast: fast.get(word)!, plain: plain.get(word)! });
          texts.push(word);
        }
      }
      const expected = outcome(
        f,
        args.map((arg) => arg.plain),
      );
      const got = outcome(
        fast.get(name)!,
        args.map((arg) => arg.fast),
      );
      if (expected === undefined || got === undefined) continue;
      if (!(expected instanceof PyError) && isUnordered(expected)) continue;
      const statement = `x${variables.length} = ${name}(${texts.join(', ')})`;
      if (shown(got) !== shown(expected)) {
        throw new Error(`${[...trail, statement].join('\n')}\nfast  ${shown(got)}\nplain ${shown(expected)}`);
      }
      compared++;
      if (got instanceof PyError || expected instanceof PyError) continue;
      trail.push(statement);
      variables.push({ fast: got, plain: expected });
      break;
    }
  }
  return compared;
}

const grids = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 }))
  .chain(([height, width, colours]) =>
    fc
      .array(fc.integer({ min: 0, max: colours - 1 }), { minLength: height * width, maxLength: height * width })
      .map((cells) => new Grid(height, width, cells)),
  );
const choices = fc.array(fc.nat(1 << 20), { minLength: 100, maxLength: 500 });

const runs = Number(process.env.DIFFERENTIAL_RUNS ?? 600);

const sets = 'mapply apply merge shift paint difference'.split(' ');
const dialects = {
  plain: new Dialect(dslNames(), plainNames(), 'functions.jsonl', [
    ...sets,
    ...'objects ofcolor asobject partition fgpartition frontiers sfilter argmax argmin order combine upscale'.split(
      ' ',
    ),
  ]),
  'S/I/C': new Dialect(sicNames(), plainSicNames(), 'dialect.jsonl', [
    ...sets,
    ...'o_g objects f_ofcolor asobject partition fgpartition frontiers toindices_o recolor_i get_nth_f'.split(' '),
  ]),
};

describe.each(Object.entries(dialects))('random programs of the %s dialect', (_, dialect) => {
  it('come to the same, the fast way and the plain way', () => {
    let compared = 0;
    fc.assert(
      fc.property(grids, choices, (grid, list) => {
        compared += compareRun(dialect, new Grid(grid.height, grid.width, grid.cells), new Choices(list));
      }),
      { numRuns: runs },
    );
    expect(compared).toBeGreaterThan(runs * 5);
  }, 600_000);
});
