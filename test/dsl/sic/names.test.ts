// The names of the S/I/C dialect: which there are, their arities, defaults and constants
// (docs/spec/dialect.md 2, 3, 6).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encode } from '../../../scripts/conformance/decode.ts';
import { packageFolder } from '../../../src/arc/bundled.ts';
import { plainNames } from '../../../src/dsl/plain.ts';
import { safeDefault } from '../../../src/dsl/sic/defaults.ts';
import { sicNames } from '../../../src/dsl/sic/names.ts';
import { callAll, Fn } from '../../../src/value/value.ts';

const names = sicNames();
const functions = [...names].filter((entry): entry is [string, Fn] => entry[1] instanceof Fn);
const constants = [...names].filter(([, value]) => !(value instanceof Fn));

const GONE =
  'cmirror colorcount dmirror height hline hmirror leastcolor mostcolor numcolors ofcolor palette portrait recolor ' +
  'shape square upscale vline vmirror width';

describe('functions', () => {
  test('292: those of the plain DSL but 19, and 151 more', () => {
    const plain = [...plainNames()].filter(([, value]) => value instanceof Fn).map(([name]) => name);
    const kept = plain.filter((name) => !GONE.split(' ').includes(name));
    expect(kept).toHaveLength(141);
    expect(kept.filter((name) => !names.has(name))).toEqual([]);
    expect(GONE.split(' ').filter((name) => names.has(name))).toEqual([]);
    expect(functions).toHaveLength(292);
  });

  test('parameters', () => {
    const withArity = (n: number): string[] => functions.filter(([, f]) => f.arity === n).map(([name]) => name);
    expect([1, 2, 3, 4].map((n) => withArity(n).length)).toEqual([147, 116, 26, 3]);
    expect(withArity(4).toSorted()).toEqual(['objects', 'objects_g', 'objects_t']);
  });

  test('aliases are one function', () => {
    expect(names.get('o_g_tuple')).toBe(names.get('o_g_t'));
    expect(names.get('objects_g')).toBe(names.get('objects_t'));
    expect(names.get('difference_t')).toBe(names.get('difference_tuple'));
    expect(new Set(functions.map(([, f]) => f)).size).toBe(289);
  });
});

describe('defaults', () => {
  const shown = (f: Fn): string => {
    const value = safeDefault(f);
    return value instanceof Fn ? 'function' : encode(value);
  };
  const withDefault = (form: string): string[] =>
    functions
      .filter(([, f]) => shown(f) === form)
      .map(([name]) => name)
      .toSorted();

  test('how often each', () => {
    const forms = ['0', 'false', '{"s":[]}', 'function', '{"t":[]}'];
    expect(forms.map((form) => withDefault(form).length)).toEqual([49, 20, 67, 7, 149]);
  });

  const text = join(packageFolder(), 'docs/spec/dialect.md');
  test.each([
    ['**`0`** (49)', '0'],
    ['**`False`** (20)', 'false'],
    ['**empty set** (67)', '{"s":[]}'],
    ['**a function of any arguments returning `()`** (7)', 'function'],
  ])('%s are those of the specification', (heading, form) => {
    const line = readFileSync(text, 'utf8')
      .split('\n')
      .find((start) => start.startsWith(heading));
    const listed = line?.slice(heading.length + 2, -1).split(', ');
    expect(withDefault(form)).toEqual(listed?.toSorted());
  });

  test('a call with a wrong number of arguments gives it', () => {
    for (const [name, f] of functions) {
      for (const count of [0, f.arity + 1, 6]) {
        const got = callAll(f, new Array(count).fill(1));
        expect([name, got instanceof Fn ? 'function' : encode(got)]).toEqual([name, shown(f)]);
      }
    }
  });

  test('what a program built, and what is no function, has ()', () => {
    const built = callAll(names.get('rbind')!, [names.get('size')!, 1]);
    for (const v of [built, safeDefault(names.get('power')!), 3, null, true])
      expect(encode(safeDefault(v))).toBe('{"t":[]}');
  });
});

describe('constants', () => {
  const value = (name: string): string => encode(names.get(name)!);

  test('92', () => expect(constants).toHaveLength(92));

  test.each([
    ['F T', 'false true'],
    ['F0 F9 R0 R9 A0 A9', '0 9 0 9 0 9'],
    ['L1 L2 L9 L10', '-1 -2 -9 -10'],
    ['SM2 SM3 SD2 SD3', '2 3 -2 -3'],
    ['ZERO ONE TWO NINE TEN', '0 1 2 9 10'],
    ['NEG_ONE NEG_TWO NEG_THREE NEG_FOUR NEG_FIVE', '-1 -2 -3 -4 -5'],
    ['NEG_SIX NEG_SEVEN NEG_EIGHT NEG_NINE NEG_TEN', '-6 -7 -8 -9 -10'],
    ['HUNDRED THOUSAND', '100 1000'],
    ['BLACK BLUE RED GREEN YELLOW GRAY MAGENTA ORANGE CYAN BURGUNDY', '0 1 2 3 4 5 6 7 8 9'],
    ['DOWN RIGHT UP LEFT', '{"t":[1,0]} {"t":[0,1]} {"t":[-1,0]} {"t":[0,-1]}'],
    ['ORIGIN UNITY NEG_UNITY', '{"t":[0,0]} {"t":[1,1]} {"t":[-1,-1]}'],
    ['UP_RIGHT DOWN_LEFT', '{"t":[-1,1]} {"t":[1,-1]}'],
    ['ZERO_BY_TWO TWO_BY_ZERO TWO_BY_TWO THREE_BY_THREE', '{"t":[0,2]} {"t":[2,0]} {"t":[2,2]} {"t":[3,3]}'],
  ])('%s', (list, values) => {
    expect(list.split(' ').map(value).join(' ')).toBe(values);
  });
});
