// The forms of a solver: what each is read as.
import { describe, expect, it } from 'vitest';
import { parseBattery } from '../../src/lang/parse.ts';
import { shownBody, shownInvalid, shownSolver } from './show.ts';

describe('a solver body', () => {
  it('is a list of calls in order', () => {
    expect(
      shownSolver('def solve_ab(I):\n    x1 = ofcolor(I, RED)\n    O = fill(I, BLUE, x1)\n    return O\n'),
    ).toEqual(['#0 = ofcolor(I, RED)', '#1 = fill(I, BLUE, #0)', '-> #1']);
  });

  it('takes functions as arguments and calls variables', () => {
    expect(shownSolver('def solve(I):\n x1 = fork(add, height, width)\n O = x1(I)\n return O')).toEqual([
      '#0 = fork(add, height, width)',
      '#1 = #0(I)',
      '-> #1',
    ]);
  });

  it('makes no call of an alias', () => {
    expect(shownSolver('def solve(I):\n x = I\n x1 = vmirror(x)\n O = x1\n return O')).toEqual([
      '#0 = vmirror(I)',
      '-> #0',
    ]);
    expect(shownSolver('def verify_a(I):\n f = height\n return f(I)')).toEqual(['#0 = height(I)', '-> #0']);
    expect(shownSolver('def solve(I):\n return I')).toEqual(['-> I']);
  });

  it('takes the latest value of a variable', () => {
    expect(shownSolver('def solve(I):\n I = rot90(I)\n I = rot180(I)\n return I')).toEqual([
      '#0 = rot90(I)',
      '#1 = rot180(#0)',
      '-> #1',
    ]);
  });

  it('lets a variable shadow a DSL name, a role and a t<number>', () => {
    expect(shownSolver('def solve(I):\n fill = rot90(I)\n S = fill\n t1 = rot90(S)\n return t1')).toEqual([
      '#0 = rot90(I)',
      '#1 = rot90(#0)',
      '-> #1',
    ]);
  });

  it('evaluates a nested expression as Python does: called expression, arguments, call', () => {
    expect(shownSolver('def solve(S, I, C):\n    return rbind(o_g, R5)(I)(f(C), g(h(S)))')).toEqual([
      '#0 = rbind(o_g, R5)',
      '#1 = #0(I)',
      '#2 = f(C)',
      '#3 = h(S)',
      '#4 = g(#3)',
      '#5 = #1(#2, #4)',
      '-> #5',
    ]);
  });

  it('keeps dead statements', () => {
    expect(shownSolver('def solve(I):\n x1 = f(I)\n x2 = g(I)\n return x1')).toHaveLength(3);
  });

  it('skips annotations, docstrings, comments and blank lines', () => {
    const text = `
# a library
"""A docstring
def solve_no(I):
"""
from dsl import *
from constants import (
    A,  # one
    B
)
import a.b as c, d

def verify_ab(I: 'Grid',) -> Tuple[int, Callable[[int, ...], None]]:
    r'''text \\d'''
# at the margin
    x: Tuple[int, Callable] = (f(I,
        # inside
        ONE,
    ))  # after

        # deeper
    O : "a | b" = (x)
    return O
`;
    expect(shownSolver(text)).toEqual(['#0 = f(I, ONE)', '-> #0']);
  });

  it('takes tabs, CRLF, lone CR, a form feed, a byte order mark and a last line without an end', () => {
    const wanted = ['#0 = f(I)', '-> #0'];
    expect(shownSolver('def solve(I):\r\n\tx = f(I)\r\n\r\n\treturn x')).toEqual(wanted);
    expect(shownSolver('def solve(I):\r x = f(I)\r return x\r')).toEqual(wanted);
    expect(shownSolver('\ufeff\f\ndef solve(I) :\n  x\t=  f ( I )\n  return\tx')).toEqual(wanted);
    expect(shownSolver('def solve(\n  I\n):\n x = \\\n  f(I)\n return x')).toEqual(wanted);
  });

  it('knows a name by what Python reads it as', () => {
    expect(shownSolver('def solve(I):\n größe = f(I)\n ﬁ = größe\n return fi')).toEqual(['#0 = f(I)', '-> #0']);
  });

  it('says the line of each call', () => {
    const { lines } = parseBattery('def solve(I):\n x = f(\n  g(I),\n  h(I))\n return k(x)', { file: 'a.py' });
    expect([...lines]).toEqual([3, 4, 2, 5]);
  });
});

describe('a library', () => {
  const text =
    'def solve_aa(I):\n return f(I)\n\n\ndef verify_bb(I: Grid) -> Grid:\n return g(I)\ndef solve(x):\n return x\n' +
    'def differ(S, I, C):\n return f(C)\ndef other(J):\n return J\n';
  const battery = parseBattery(text, { file: 'some/place/lib.v1.py' });

  it('names its solvers', () => {
    expect(battery.bodies.map(({ name }) => name)).toEqual(['solve_aa', 'verify_bb', 'solve', 'differ', 'other']);
    expect(battery.bodies.map(({ outputs }) => outputs[0]!.solverId)).toEqual([
      'aa',
      'bb',
      'lib.v1',
      'lib.v1',
      'other',
    ]);
    expect(battery.bodies.map(({ line }) => line)).toEqual([1, 5, 7, 9, 11]);
  });

  it('gives roles by position and each body its dialect', () => {
    expect(battery.bodies.map((body) => shownBody(battery, body).at(-1))).toEqual([
      '-> #0',
      '-> #1',
      '-> I',
      '-> #2',
      '-> I',
    ]);
    expect(battery.bodies.map(({ dialect }) => dialect)).toEqual(['plain', 'plain', 'plain', 'sic', 'plain']);
    expect(battery.dialect).toBe('plain');
    expect(battery.names).toEqual(['S', 'I', 'C', 'f', 'g']);
    const swapped = parseBattery('def solve(C, S, I):\n return f(C, S, I)', { file: 'a.py' });
    expect(shownBody(swapped, swapped.bodies[0]!)).toEqual(['#0 = f(S, I, C)', '-> #0']);
  });

  it('keeps functions of one name apart', () => {
    const twice = parseBattery('def solve_a(I):\n return f(I)\ndef solve_a(I):\n return g(I)', { file: 'a.py' });
    expect(twice.bodies.map((body) => shownBody(twice, body)[0])).toEqual(['#0 = f(I)', '#1 = g(I)']);
  });

  it('drops the calls of a bad function and reads on behind it', () => {
    const bad = parseBattery('def a(I):\n x = f(I)\n x = g(3)\n return x\ndef b(I):\n return h(I)', { file: 'a.py' });
    expect(bad.bodies.map((body) => shownBody(bad, body))).toEqual([['#0 = h(I)', '-> #0']]);
    expect(shownInvalid(bad)).toEqual(["a@3:8 found the number 3, expected a name or ')'"]);
    expect([bad.at.length, bad.code.length, bad.lines.length]).toEqual([1, 3, 1]);
  });

  it('asks once for each name and dialect', () => {
    const asked: string[] = [];
    const known = (name: string, dialect: string): boolean => asked.push(`${dialect} ${name}`) > 0;
    const options = { file: 'a.py', known };
    parseBattery('def a(I):\n return f(f(I))\ndef b(I):\n return f(I)\ndef c(S,I,C):\n return f(I)', options);
    expect(asked).toEqual(['plain f', 'sic f']);
  });

  it('is empty without functions', () => {
    for (const text of ['', '\n', '# only\n\t# comments', '"""doc"""\nfrom dsl import *\n']) {
      const empty = parseBattery(text, { file: 'a.py' });
      expect([empty.bodies, empty.invalid, empty.warnings, empty.dialect]).toEqual([[], [], [], 'plain']);
    }
  });
});
