// Errors, floats and edges of the S/I/C dialect that the vectors show little of. Source: docs/spec/dialect.md 2, 4, 5.
import { describe, expect, test } from 'vitest';
import { encode } from '../../../scripts/conformance/decode.ts';
import { sicNames } from '../../../src/dsl/sic/names.ts';
import { BUDGET_STOP, PyError } from '../../../src/value/errors.ts';
import { meter } from '../../../src/value/meter.ts';
import { callAll, Fn, type Value } from '../../../src/value/value.ts';
import { fn, g, s, t, titled } from '../values.ts';

const names = sicNames();
const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;

function value(name: string): Value {
  const found = names.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function make(name: string, ...args: Value[]): Value {
  meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return callAll(value(name), args);
}

function show(name: string, ...args: Value[]): string {
  return encode(make(name, ...args));
}

function raised(f: Value, ...args: Value[]): string {
  try {
    return encode(callAll(f, args));
  } catch (error) {
    if (error instanceof PyError) return error.name;
    throw error;
  }
}

describe('wrappers', () => {
  test('an inner failure is replaced by the inner default, and the outer goes on', () => {
    expect(show('shape_f', 3)).toBe('{"t":[0,0]}');
    expect(show('mfilter', 3, value('size'))).toBe('{"t":[]}');
    expect(show('other', 3, 1)).toBe('null');
    expect(show('bordering', 3, g('1'))).toBe('true');
    expect(show('corners', 3)).toBe('{"s":[{"t":[]}]}');
    expect(show('move', g('12'), s(t(0, 1, 2)), 3)).toBe(show('cover', g('12'), s(t(0, 1, 2))));
  });

  test('stops of the engine pass', () => {
    const stopping = fn((_) => {
      throw BUDGET_STOP;
    });
    expect(() => make('apply', stopping, t(1))).toThrow(expect.objectContaining({ verdict: 'budget' }));
    meter.start(100, Number.POSITIVE_INFINITY);
    expect(() => callAll(value('repeat'), [1, 1000])).toThrow(expect.objectContaining({ verdict: 'budget' }));
  });

  test('a swallowed exception leaves no call open', () => {
    const deep = make(
      'compose',
      value('size'),
      fn((x) => callAll(x!, [1])),
    );
    expect(show('apply', deep, t(3, 4))).toBe('{"t":[]}');
    expect(meter.depth).toBe(0);
  });

  test('a recursion without end is swallowed', () => {
    const chained = Array.from({ length: 1200 }).reduce<Value>(
      (f) => make('compose', value('identity'), f),
      value('size'),
    );
    expect(show('apply', chained, t(3))).toBe('{"t":[]}');
    expect(raised(chained, t(3))).toBe('RecursionError');
  });

  test('the key of get_nth_by_key may be left out', () => {
    expect(show('get_nth_by_key_t', t(3, 1, 2), 0)).toBe('1');
    expect(show('get_nth_by_key_f', s(3, 1, 2), 5)).toBe('null');
    expect(show('get_nth_by_key_f', s(3, 1, 2), -1, value('invert'))).toBe('3');
    expect(show('get_nth_by_key_t', t(3, 1, 2))).toBe('{"t":[]}');
  });
});

describe('functions that are made', () => {
  test('raise when called wrongly', () => {
    expect(raised(make('rbind', value('size'), 1), t())).toBe('TypeError');
    expect(raised(make('compose', 3, value('size')), t())).toBe('TypeError');
  });

  test.each([
    ['size', 3],
    ['add', 1],
    ['fill', 2],
    ['objects', 3],
  ])('rbind of %s takes %i arguments', (name, arity) => {
    for (const bind of ['rbind', 'lbind']) expect(make(bind, value(name), 1)).toHaveProperty('arity', arity);
  });

  test('of no function: any arguments, ()', () => {
    const empty = make('lbind', 3, 4);
    expect([raised(empty), raised(empty, 1, 2, 3, 4, 5)]).toEqual(['{"t":[]}', '{"t":[]}']);
    expect(raised(make('rbind', empty, 1), 1, 2, 3)).toBe('{"t":[]}');
  });

  test('power that would not end is the default', () => {
    for (const n of [0, -1, 1000, nan, inf, t(1)])
      expect(raised(make('power', value('rot90'), n), 1, 2)).toBe('{"t":[]}');
    expect(make('power', value('rot90'), true)).toBe(value('rot90'));
  });

  test('two of them are never equal', () => {
    expect(show('equality', make('lbind', 3, 4), make('lbind', 3, 4))).toBe('false');
    expect(show('equality', value('branch'), value('c_branch'))).toBe('false');
  });
});

describe('floats', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['add', [nan, 1], '{"t":[]}'],
      ['add', [t(nan, inf), t(1, 1)], '{"t":[{"n":"nan"},{"n":"inf"}]}'],
      ['double', [inf], '{"t":[]}'],
      ['positive', [inf], 'true'],
      ['greater', [nan, 0], 'false'],
      ['even', [nan], 'false'],
      ['equality', [nan, nan], 'false'],
      ['contained', [nan, t(nan)], 'true'],
      ['maximum', [t(1, inf)], '{"n":"inf"}'],
      ['repeat', [1, inf], '{"t":[]}'],
      ['interval', [0, inf, 1], '{"t":[]}'],
      ['get_nth_t', [t(1, 2), nan], '{"n":"nan"}'],
      ['get_nth_f', [s(1, 2), inf], '{"t":[]}'],
      ['is_no_grid', [t(t(nan))], 'true'],
      ['canvas', [nan, t(1, 2)], '{"t":[{"t":[{"n":"nan"},{"n":"nan"}]}]}'],
      ['fill', [g('12'), 0, s(t(nan, 0))], '{"g":["12"]}'],
      ['size', [s(nan, nan)], '1'],
      ['dedupe', [t(nan, nan)], '{"t":[{"n":"nan"}]}'],
      ['remove', [nan, t(nan)], '{"t":[{"n":"nan"}]}'],
      ['compress', [t(t(nan, nan), t(nan, 1))], '{"g":["1"]}'],
      ['compress', [t(t(t(nan), t(nan)))], '{"t":[]}'],
      ['center', [s()], '{"t":[]}'],
      ['adjacent', [s(), s()], 'false'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(show(name, ...args)).toBe(expected);
  });

  test('every cell of nan is an object of its own, in no component', () => {
    const grid = t(t(nan, nan));
    expect(show('size', make('objects', grid, true, false, false))).toBe('2');
    expect(show('objects_t', grid, true, false, false)).toBe('{"t":[{"t":[]},{"t":[]}]}');
    expect(show('objects', grid, false, false, false)).toContain('{"t":[0,1,{"n":"nan"}]}');
  });
});

describe('edges', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['first', [t(null)], 'null'],
      ['first_t', [t(null)], 'null'],
      ['second', [s(1)], 'null'],
      ['last', [s()], '{"t":[]}'],
      ['extract', [t(0), value('identity')], '{"s":[]}'],
      ['add', [t(), t(1, 2)], '{"t":[1,2]}'],
      ['multiply', [t(), 3], '3'],
      ['divide', [7, t()], '7'],
      ['subtract', [t(), t()], '0'],
      ['toindices', [t(t(1, 2, 3), t(1, 2, 6))], '{"s":[{"t":[1,2]}]}'],
      ['toindices', [s(1)], '{"s":[]}'],
      ['shift', [s(t(1, 1)), t()], '{"s":[{"t":[1,1]}]}'],
      ['shift', [s(t(1, 1, 5)), t(1, -1)], '{"s":[{"t":[2,0,5]}]}'],
      ['crop', [g('12', '34'), t(0, 1), t(2, 1)], '{"g":["2","4"]}'],
      ['crop', [g('12', '34'), t(0, 1), t(2, 2)], '{"t":[]}'],
      ['crop', [g('12', '34'), t(2, 0), t(0, 1)], '{"t":[]}'],
      ['hsplit', [g('123'), 2], '{"t":[{"g":["1"]},{"g":["3"]}]}'],
      ['hsplit', [g('12345'), 3], '{"t":[{"g":["1"]},{"g":["3"]},{"g":["5"]}]}'],
      ['vsplit', [g('1', '2', '3'), 2], '{"t":[{"g":["1"]},{"g":["3"]}]}'],
      ['index', [g('12'), t()], '{"n":"-inf"}'],
      ['index', [g('12'), t(0)], '0'],
      ['color', [s(t(1, 2, 7))], '7'],
      ['color', [s(s(1))], '{"n":"-inf"}'],
      ['subgrid', [s(t(0, 1, 2)), g('12')], '{"g":["2"]}'],
      ['o_g', [g('1'), 8], 'null'],
      ['o_g', [g('1'), true], '{"s":[]}'],
      ['corner', [s(t(1, 2)), 9], '{"t":[1,2]}'],
      ['gravitate', [s(t(0, 0)), s(t(0, 3))], '{"t":[0,2]}'],
      ['combine_t', [1, 2], '3'],
      ['combine_f', [6, 3], '7'],
      ['get_rank', [t(1, 3, 2), 0], '3'],
      ['get_common_rank', [s(), 0], '{"t":[]}'],
      ['get_common_rank_f', [s(), 0], '{"s":[]}'],
      ['get_nth_f', [s(1, 2), 2n ** 64n], '{"s":[]}'],
      ['a_mr', [t()], '0'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(show(name, ...args)).toBe(expected);
  });

  test('functions are values', () => {
    expect(value('size')).toBeInstanceOf(Fn);
    expect(show('rapply_t', t(value('size_t'), value('first_t')), t(5, 6))).toBe('{"t":[2,5]}');
  });
});
