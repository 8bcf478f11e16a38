// Texts made to hurt: each must end soon, in an error or in a battery, whatever its size.
import { describe, expect, it } from 'vitest';
import { BatteryError } from '../../src/lang/errors.ts';
import { DEEPEST } from '../../src/lang/expressions.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { shownInvalid } from './show.ts';

const BYTES = 2_400_000;
const BATT = 'def batt(task_id, S, I, C, log_path):\n    s = []\n    o = []\n';

/** `start`, then `repeated` up to the size. */
function flood(start: string, repeated: string): Buffer {
  return Buffer.concat([Buffer.from(start), Buffer.alloc(BYTES, repeated)]);
}

/** What came of the text, in a line: the error, or bodies, calls and the first invalid candidate. */
function outcome(source: Buffer): string {
  try {
    const battery = parseBattery(source, { file: 'a.py' });
    const first = shownInvalid(battery)[0] ?? 'none';
    return `bodies ${battery.bodies.length}, calls ${battery.at.length}, invalid ${battery.invalid.length}: ${first}`;
  } catch (error) {
    if (error instanceof BatteryError) return error.message;
    throw error;
  }
}

describe('floods', () => {
  const deep = `found ${DEEPEST + 1} open parentheses, expected at most ${DEEPEST}`;
  const end = 'found the end of the file, expected';
  const floods: [string, string, string, string][] = [
    ['(', '', '(', "a.py:1:1: found '(', expected 'def', an import or a comment"],
    ['line breaks', '', '\n', 'bodies 0, calls 0, invalid 0: none'],
    ['CR', '', '\r', 'bodies 0, calls 0, invalid 0: none'],
    ['comments', '', '#\n', 'bodies 0, calls 0, invalid 0: none'],
    ['one comment', '', '#', 'bodies 0, calls 0, invalid 0: none'],
    ['groups', 'def f(I):\n return ', '(', `bodies 0, calls 0, invalid 1: f@2:${9 + DEEPEST} ${deep}`],
    ['calls', 'def f(I):\n return ', 'g(', `bodies 0, calls 0, invalid 1: f@2:${10 + 2 * DEEPEST} ${deep}`],
    [
      'arguments in one line',
      'def f(I):\n return g(',
      'I,',
      `bodies 0, calls 0, invalid 1: f@2:${BYTES + 11} ${end} a name or ')'`,
    ],
    ['calls of calls', 'def f(I):\n return g', '(I)', 'bodies 1, calls 800000, invalid 0: none'],
    ['blanks', 'def f(I):\n return', ' ', `bodies 0, calls 0, invalid 1: f@2:${BYTES + 8} ${end} a name`],
    ['tabs', 'def f(I):\n', '\t', `bodies 0, calls 0, invalid 1: f@2:${BYTES + 1} ${end} an indented statement`],
    [
      'continued lines',
      'def f(I):\n return ',
      '\\\n',
      `bodies 0, calls 0, invalid 1: f@${BYTES / 2 + 2}:1 ${end} a name`,
    ],
    [
      'a string',
      'def f(I):\n """',
      'x',
      'bodies 0, calls 0, invalid 1: f@2:2 found a string without an end, expected a closing """',
    ],
    [
      'a name',
      'def f(I):\n return ',
      'x',
      `bodies 0, calls 0, invalid 1: f@2:9 found a name of ${BYTES} bytes, expected at most 1000`,
    ],
    [
      'a name of a function',
      'def ',
      'x',
      `bodies 0, calls 0, invalid 1: @1:5 found a name of ${BYTES} bytes, expected at most 1000`,
    ],
    [
      'parameters',
      'def f(',
      'a,',
      "bodies 0, calls 0, invalid 1: f@1:9 found parameter 'a' twice, expected different names",
    ],
    [
      'an annotation',
      'def f(I:',
      'T[',
      'bodies 0, calls 0, invalid 1: f@1:410 found 201 open brackets, expected at most 200',
    ],
    ['an import', 'from a import (', 'b,\n', "a.py:800001:1: found the end of the file, expected ')'"],
    ['functions', '', 'def f(I):\n return I\n', 'bodies 120000, calls 0, invalid 0: none'],
    [
      'functions without an end',
      '',
      'def f(I):\n return (\n',
      "bodies 0, calls 0, invalid 120000: f@3:1 found the keyword 'def', expected a name",
    ],
    [
      'bad functions',
      '',
      'def f\n',
      "bodies 0, calls 0, invalid 400000: f@1:6 found the end of the line, expected '('",
    ],
    ['strings without an end', '', 'def f(I):\n \'\'\'\ndef g(I):\n """\n', 'bodies 0, calls 0, invalid 160000'],
    ['strays', '', 'x\n', 'a.py:1000001:1: found more than 1000000 faults, expected a battery'],
    [
      'bad statements',
      BATT,
      '    t1 = f(\n',
      "bodies 0, calls 0, invalid 1: batt@200004:1 found the end of the file, expected 'return o, s'",
    ],
    ['bad guards', BATT, '    try:\n', `bodies 0, calls 0, invalid 1: batt@266670:7 ${end} 'return o, s'`],
    [
      'one statement',
      BATT,
      '    t1 = f(I,',
      "bodies 0, calls 0, invalid 1: batt@4:2400001 found the end of the file, expected 'return o, s'",
    ],
  ];
  it.each(floods)('of %s', (_, start, repeated, wanted) => {
    expect(outcome(flood(start, repeated)).slice(0, wanted.length)).toBe(wanted);
  });
});

describe('many of what is allowed', () => {
  it('a call of a million arguments, over as many lines', () => {
    const battery = parseBattery(`def solve(I):\n return f(${'I,\n'.repeat(1e6)})`, { file: 'a.py' });
    expect([battery.at.length, battery.code[1], battery.bodies[0]!.callCount]).toEqual([1, 1e6, 1]);
  });

  it('the deepest nesting', () => {
    const battery = parseBattery(`def solve(I):\n return ${'f('.repeat(DEEPEST)}I${')'.repeat(DEEPEST)}`, {
      file: 'a.py',
    });
    expect([battery.at.length, battery.bodies[0]!.outputs[0]!.ref]).toEqual([DEEPEST, DEEPEST - 1]);
  });

  it('different names', () => {
    const names = Array.from({ length: 300_000 }, (_, place) => `n${place}`);
    const battery = parseBattery(`def solve(I):\n return f(${names})`, { file: 'a.py' });
    expect(battery.names.slice(4)).toEqual(names);
  });

  it('the longest name, and one too long', () => {
    const name = 'é'.repeat(500);
    expect(parseBattery(`def solve(I):\n return ${name}`, { file: 'a.py' }).names[3]).toBe(name);
    const reason = 'found a name of 1001 bytes, expected at most 1000';
    expect(parseBattery(`def solve(I):\n return ${name}x`, { file: 'a.py' }).invalid[0]!.reason).toBe(reason);
  });
});
