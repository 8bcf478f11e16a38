// Every error of a function: exact place and words.
import { describe, expect, it } from 'vitest';
import { BatteryError } from '../../src/lang/errors.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { shownInvalid, shownWarnings } from './show.ts';

const STATEMENT = "'name = expression' or 'return expression'";
const VALUE = 'a variable assigned before, a parameter, or a function or constant of the DSL';
const LINE_END = 'the end of the line';
const LISTS = 'the parameters (I) or (S, I, C)';

function invalidOf(text: string): string[] {
  const battery = parseBattery(text, { file: 'a.py', known: (name) => name !== 'nil' });
  expect(battery.bodies).toEqual([]);
  return shownInvalid(battery);
}

describe('a fault in a body', () => {
  const faults: [string, string][] = [
    ['x = f(3)\n return x', "2:8 found the number 3, expected a name or ')'"],
    ['x = 3\n return x', '2:6 found the number 3, expected a name'],
    ['x = f(I)\n return f(x, "a b")', `3:14 found the string "a b", expected a name or ')'`],
    ['x = f(I);\n return x', `2:10 found ';', expected ${LINE_END}`],
    ['x = f(I) g\n return x', `2:11 found 'g', expected ${LINE_END}`],
    ['x = f(I))\n return x', `2:10 found ')', expected ${LINE_END}`],
    ['x = f(I\n return x', "3:2 found the keyword 'return', expected ',' or ')'"],
    ['x = f(I,, I)\n return x', "2:10 found ',', expected a name or ')'"],
    ['x = f(I I)\n return x', "2:10 found 'I', expected ',' or ')'"],
    ['x = f(a=I)\n return x', "2:9 found '=', expected ',' or ')'"],
    ['x = f(*I)\n return x', "2:8 found '*', expected a name or ')'"],
    ['x = f(I)[a]\n return x', `2:10 found '[', expected ${LINE_END}`],
    ['x = I + I\n return x', `2:8 found '+', expected ${LINE_END}`],
    ['x = (I, I)\n return x', "2:8 found ',', expected ')'"],
    ['x = ()\n return x', "2:7 found ')', expected a name"],
    ['x = \n return x', `2:6 found ${LINE_END}, expected a name`],
    ['x = f(lambda: I)\n return x', "2:8 found the keyword 'lambda', expected a name"],
    ['x = None\n return x', "2:6 found the keyword 'None', expected a name"],
    ['lambda = I\n return I', `2:2 found the keyword 'lambda', expected ${STATEMENT}`],
    ['f(I)\n return I', "2:3 found '(', expected '='"],
    ['x += f(I)\n return x', "2:4 found '+', expected '='"],
    ['x: int\n return I', `2:8 found ${LINE_END}, expected '='`],
    ['x: = I\n return I', "2:5 found '=', expected an annotation"],
    ['x: a[b = I\n return I', "2:9 found '=', expected ']'"],
    ['a, b = f(I)\n return a', "2:3 found ',', expected '='"],
    ['x.y = I\n return I', "2:3 found '.', expected '='"],
    ['return', '2:8 found the end of the file, expected a name'],
    ['return I, I', `2:10 found ',', expected ${LINE_END}`],
    ['return I\n x = I', "3:2 found 'x', expected the end of the function"],
    ['x = f(I)\n', "3:1 found the end of the file, expected 'return expression'"],
    ['x = f(I)\n  y = I\n return x', '3:3 found an indent of 2, expected 1 as in the lines above'],
    ['"abc\n return I', '2:2 found a string without an end, expected a closing "'],
    ["'''abc\n return I", "2:2 found a string without an end, expected a closing '''"],
    ['x = f(nil)\n return x', `2:8 found 'nil', expected ${VALUE}`],
    ['x = f(S)\n return x', `2:8 found 'S', expected ${VALUE}`],
    [
      'x = g(I)\n fill = fill(I)\n return fill',
      "3:9 found 'fill' before its assignment in line 3, expected a name assigned before it is read",
    ],
    [
      'x = g(f)\n f = g(I)\n return x',
      "2:8 found 'f' before its assignment in line 3, expected a name assigned before it is read",
    ],
    ['x = é€(I)\n return x', "2:7 found '€' (U+20AC), expected a name of letters, digits and _"],
    ['é = f(I) + I\n return é', `2:11 found '+', expected ${LINE_END}`],
    ['x = \u0007\n return x', '2:6 found U+0007, expected a name'],
    ['x = f\u00a0(I)\n return x', "2:7 found '\u00a0' (U+00A0), expected a name of letters, digits and _"],
    [`${'x'.repeat(60)} y`, `2:63 found 'y', expected '='`],
    [`return I ${'x'.repeat(60)}`, `2:11 found '${'x'.repeat(40)}…', expected ${LINE_END}`],
  ];
  it.each(faults)('%j', (body, wanted) => {
    expect(invalidOf(`def p(I):\n ${body}`)).toEqual([`p@${wanted}`]);
  });
});

describe('a fault in the first line of a function', () => {
  const faults: [string, string][] = [
    ['def p():', `p@1:7 found 0 parameters, expected ${LISTS}`],
    ['def p(a, b):', `p@1:11 found 2 parameters, expected ${LISTS}`],
    ['def p(a, b, c, d):', `p@1:17 found 4 parameters, expected ${LISTS}`],
    ['def p(a, b, c, d, e, f):', `p@1:22 found more than 5 parameters, expected ${LISTS}`],
    ['def p(I, I, C):', "p@1:10 found parameter 'I' twice, expected different names"],
    ['def p(I=None):', "p@1:8 found '=', expected ',' or ')'"],
    ['def p(*I):', "p@1:7 found '*', expected the name of a parameter"],
    ['def p(if):', "p@1:7 found the keyword 'if', expected the name of a parameter"],
    ['def p(I: a[b):', "p@1:13 found ')', expected ']'"],
    ['def p(I) Grid:', "p@1:10 found 'Grid', expected ':'"],
    ['def p(I) -> :', "p@1:13 found ':', expected an annotation"],
    ['def p(I)', "p@1:9 found the end of the line, expected ':'"],
    ['def p(I): return I', "p@1:11 found the keyword 'return', expected the end of the line"],
    ['def p[T](I):', "p@1:6 found '[', expected '('"],
    ['def 3(I):', '@1:5 found the number 3, expected the name of a function'],
    ['def in(I):', "@1:5 found the keyword 'in', expected the name of a function"],
  ];
  it.each(faults)('%j', (header, wanted) => {
    expect(invalidOf(`${header}\n return I\n`)).toEqual([wanted]);
  });

  it('a body that is missing', () => {
    expect(invalidOf('def p(I):\ndef q(I):\n# end')).toEqual([
      "p@2:1 found the keyword 'def', expected an indented statement",
      'q@3:6 found the end of the file, expected an indented statement',
    ]);
  });
});

describe('what one fault leaves untouched', () => {
  it('the functions around it, even if it opens a bracket or a string that they close', () => {
    const text =
      'def a(I):\n return I\ndef b(I):\n x = f((\ndef c(I):\n return I\ndef d(I):\n """\ndef e(I):\n """ x\n return I\n';
    const battery = parseBattery(text, { file: 'a.py' });
    expect(battery.bodies.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(battery.invalid.map(({ name, candidateLine }) => [name, candidateLine])).toEqual([
      ['b', 3],
      ['d', 7],
      ['e', 9],
    ]);
  });

  it('a stray statement is a warning, with the block below it', () => {
    const text =
      'X = 1\nclass A:\n    def solve_x(I):\n        return I\ndef solve_a(I):\n    return I\nif True:\n    pass\n';
    const battery = parseBattery(text, { file: 'a.py' });
    expect(battery.bodies.map(({ name }) => name)).toEqual(['solve_a']);
    expect(battery.invalid).toEqual([]);
    const expected = "expected 'def', an import or a comment";
    expect(shownWarnings(battery)).toEqual([
      `1:1 found 'X', ${expected}`,
      `2:1 found the keyword 'class', ${expected}`,
      `7:1 found the keyword 'if', ${expected}`,
    ]);
  });

  it('a bad import is a warning', () => {
    const text = 'from a import (b\ndef solve(I):\n return I\nimport lambda\nfrom . import *; x\n  import a\n"a" "b"\n';
    const battery = parseBattery(text, { file: 'a.py' });
    expect(battery.bodies).toHaveLength(1);
    expect(shownWarnings(battery)).toEqual([
      "2:1 found the keyword 'def', expected a name",
      "4:8 found the keyword 'lambda', expected a name",
      "5:16 found ';', expected the end of the line",
      '7:5 found the string "b", expected the end of the line',
    ]);
  });
});

describe('a text that is no battery', () => {
  it('is an error at its first statement', () => {
    const text = '# a companion\nt_call = {1: "identity, p_g"}\n';
    let error: unknown;
    try {
      parseBattery(text, { file: 'some_call.py' });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(BatteryError);
    expect(error).toMatchObject({
      message: "some_call.py:2:1: found 't_call', expected 'def', an import or a comment",
      file: 'some_call.py',
      line: 2,
      column: 1,
      found: "'t_call'",
      expected: "'def', an import or a comment",
    });
  });
});
