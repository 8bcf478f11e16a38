// docs/spec/dsl.md 3.3: functions that make functions.
import { describe, expect, test } from 'vitest';
import { COMBINATORS } from '../../src/dsl/combinators.ts';
import { CONTAINERS } from '../../src/dsl/containers.ts';
import { NUMBERS } from '../../src/dsl/numbers.ts';
import { functionsOf } from '../../src/dsl/table.ts';
import { callAll, type Fn, type Value } from '../../src/value/value.ts';
import { caller, fn, outcome, s, t, titled } from './values.ts';

const call = caller(COMBINATORS);
const names = functionsOf([NUMBERS, CONTAINERS, COMBINATORS]);
const f = (name: string): Fn => names.get(name)!;

/** What the function made by `name(...args)` gives for `then`. */
function made(name: string, args: readonly Value[], ...then: Value[]): string {
  return outcome(() => callAll(callAll(f(name), args), then));
}

describe('closures', () => {
  test.each(
    titled<[string, Value[], Value[], string]>([
      ['compose', [f('double'), f('increment')], [3], '8'],
      ['chain', [f('invert'), f('double'), f('increment')], [3], '-8'],
      ['matcher', [f('double'), 2], [true], 'true'],
      ['fork', [f('astuple'), f('double'), f('halve')], [3], '{"t":[6,1]}'],
      ['power', [f('double'), 3], [1], '8'],
      ['rbind', [f('subtract'), 1], [3], '2'],
      ['lbind', [f('subtract'), 1], [3], '-2'],
      ['rbind', [f('interval'), 2], [0, 5], '{"t":[0,2,4]}'],
      ['lbind', [f('interval'), 2], [5, 1], '{"t":[2,3,4]}'],
      ['rbind', [f('double'), 1], [1], 'TypeError'],
      ['rbind', [f('double'), 1], [1, 2, 3], 'TypeError'],
      ['compose', [f('double'), f('increment')], [1, 2], 'TypeError'],
    ]),
  )('%s', (_, name, args, then, expected) => {
    expect(made(name, args, ...then)).toBe(expected);
  });

  test('four arguments', () => {
    const four = fn((a: Value, b: Value, c: Value, d: Value) => t(a, b, c, d));
    expect(made('rbind', [four, 4], 1, 2, 3)).toBe('{"t":[1,2,3,4]}');
    expect(made('lbind', [four, 4], 1, 2, 3)).toBe('{"t":[4,1,2,3]}');
  });

  test('nothing is checked before the call, but by rbind, lbind and power', () => {
    expect(call('compose', 1, 2)).toContain('function');
    expect(call('fork', 1, 2, 3)).toContain('function');
    expect(call('rbind', 1, 2)).toBe('AttributeError');
    expect(call('lbind', t(), 2)).toBe('AttributeError');
    expect(call('power', f('double'), t())).toBe('TypeError');
  });

  test('inner calls come before it shows that the outer part is no function', () => {
    expect(made('compose', [1, f('first')], t())).toBe('StopIteration');
    expect(made('chain', [1, 2, f('first')], t())).toBe('StopIteration');
    expect(made('fork', [1, f('first'), f('double')], t())).toBe('StopIteration');
    expect(made('fork', [1, f('double'), f('first')], null)).toBe('TypeError');
    expect(made('matcher', [f('first'), 1], t())).toBe('StopIteration');
  });

  test('power of 1 is the function itself', () => {
    expect(callAll(f('power'), [f('double'), 1])).toBe(f('double'));
    expect(callAll(f('power'), [7, true])).toBe(7);
  });

  test('power within the recursion limit', () => {
    expect(made('power', [f('increment'), 980], 0)).toBe('980');
    for (const n of [0, -1, false, 1000, 2n ** 70n]) {
      expect(call('power', f('increment'), n)).toBe('RecursionError');
    }
  });

  test('calls nested too deeply raise RecursionError', () => {
    const deep = callAll(f('power'), [f('increment'), 900]);
    expect(made('compose', [deep, callAll(f('power'), [deep, 100])], 0)).toBe('RecursionError');
  });
});

describe('functions on containers', () => {
  test.each(
    titled<[string, Value[], string]>([
      ['apply', [f('halve'), s(4, 5)], '{"s":[2]}'],
      ['apply', [f('halve'), t(4, 5)], '{"t":[2,2]}'],
      ['apply', [1, t()], '{"t":[]}'],
      ['apply', [1, 1], 'TypeError'],
      ['apply', [f('first'), t(t())], 'RuntimeError'],
      ['rapply', [t(f('double'), f('halve')), 4], '{"t":[8,2]}'],
      ['rapply', [t(f('first')), t()], 'RuntimeError'],
      ['mapply', [f('identity'), t(s(1), s(1))], '{"t":[1,1]}'],
      ['mapply', [f('first'), t(t())], 'RuntimeError'],
      ['mapply', [f('double'), t(1)], 'TypeError'],
      ['papply', [f('add'), t(1, 2, 3), s(8, 0)], '{"t":[9,2]}'],
      ['papply', [f('add'), t(), 1], 'TypeError'],
      ['mpapply', [f('astuple'), s(1), t(2)], '{"t":[1,2]}'],
      ['mpapply', [fn((_a: Value, _b: Value) => callAll(f('first'), [t()])), t(1), t(2)], 'RuntimeError'],
      ['prapply', [f('add'), t(1, 2), t(3, 4)], '{"s":[4,5,6]}'],
      ['prapply', [1, 1, t()], '{"s":[]}'],
      ['prapply', [1, t(), t(1)], '{"s":[]}'],
      ['prapply', [1, 1, t(1)], 'TypeError'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });

  test('prapply runs over its last argument outside', () => {
    const seen: string[] = [];
    const note = fn((x: Value, y: Value) => {
      seen.push(`${x},${y}`);
      return 0;
    });
    call('prapply', note, t(1, 2), t(3, 4));
    expect(seen).toEqual(['1,3', '2,3', '1,4', '2,4']);
  });
});
