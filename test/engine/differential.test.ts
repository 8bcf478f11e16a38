// The fast ways against the plain ones: random programs, compared statement by statement, set order included.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../scripts/conformance/decode.ts';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import { PyError, Stop } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import { callAll, Fn, Grid, ListTuple, type Value } from '../../src/value/value.ts';

const fast = dslNames();
const plain = plainNames();
const functions = [...plain].filter(([, value]) => value instanceof Fn).map(([name]) => name);
const constants = [...plain].filter(([, value]) => !(value instanceof Fn)).map(([name]) => name);
/** Functions that drive everything else: picked three times as often. */
const FAVOURITES = ['objects', 'ofcolor', 'asobject', 'partition', 'fgpartition', 'frontiers', 'mapply', 'apply'];
FAVOURITES.push('sfilter', 'argmax', 'argmin', 'order', 'merge', 'shift', 'paint', 'combine', 'upscale', 'first');
const pool = [...functions, ...FAVOURITES, ...FAVOURITES];

/** One value twice: as the fast ways made it, and as the plain ones did. */
interface Twin {
  readonly fast: Value;
  readonly plain: Value;
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
function compareRun(grid: Grid, choices: Choices): number {
  const variables: Twin[] = [{ fast: grid, plain: plainGrid(grid) }];
  const trail: string[] = [];
  let compared = 0;
  while (!choices.done) {
    const name = pool[choices.pick(pool.length)]!;
    const f = plain.get(name) as Fn;
    // a few tries for arguments that do not raise: most random ones do
    for (let attempt = 0; attempt < 4 && !choices.done; attempt++) {
      const args: Twin[] = [];
      const words: string[] = [];
      for (let k = 0; k < f.arity; k++) {
        const kind = choices.pick(10);
        if (kind < 6) {
          const v = Math.max(choices.pick(variables.length), choices.pick(variables.length));
          args.push(variables[v]!);
          words.push(`x${v}`);
        } else {
          const list = kind < 8 ? constants : functions;
          const word = list[choices.pick(list.length)]!;
          args.push({ fast: fast.get(word)!, plain: plain.get(word)! });
          words.push(word);
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
      const statement = `x${variables.length} = ${name}(${words.join(', ')})`;
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
const choices = fc.array(fc.nat(1 << 20), { minLength: 40, maxLength: 240 });

const runs = Number(process.env.DIFFERENTIAL_RUNS ?? 1500);

describe('random programs', () => {
  it('come to the same, the fast way and the plain way', () => {
    let compared = 0;
    fc.assert(
      fc.property(grids, choices, (grid, list) => {
        compared += compareRun(new Grid(grid.height, grid.width, grid.cells), new Choices(list));
      }),
      { numRuns: runs },
    );
    expect(compared).toBeGreaterThan(runs * 5);
  }, 600_000);
});
