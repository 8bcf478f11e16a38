// Random programs read back as what they were made from; random damage never does worse than cost candidates.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatteryError } from '../../src/lang/errors.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { shownSolver } from './show.ts';

interface Call {
  readonly callee: Tree;
  readonly args: readonly Tree[];
}
type Tree = string | Call;

const NAMES = ['I', 'fill', 'T', 'größe', '_x', 'x1', 't1', 'O', 'Callable'];

const tree = fc.letrec<{ tree: Tree; call: Call }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5 }, fc.constantFrom(...NAMES), tie('call')),
  call: fc.record({
    callee: fc.oneof({ maxDepth: 3 }, fc.constantFrom('f', 'g', 'h'), tie('call')),
    args: fc.array(tie('tree'), { maxLength: 4 }),
  }),
})).tree;

interface Statement {
  readonly target: string;
  readonly value: Tree;
}
// Targets are no names of the DSL that a value reads, so no order of statements is wrong.
const statement = fc.record({ target: fc.constantFrom('a', 'b', 'c', 'ä', 'defx', 't2'), value: tree });

/** Blanks of different kinds, chosen one after the other. */
function spacer(choices: readonly number[]): { inner(): string; outer(): string; line(): string } {
  let next = 0;
  const pick = (from: readonly string[]): string => from[choices[next++ % choices.length]! % from.length]!;
  return {
    inner: () => pick(['', ' ', '', '\n', '  # ) note\r\n\t', '\r', '\\\n ']),
    outer: () => pick(['', ' ', '\t', '']),
    line: () => pick(['\n', '\n', ' # x = (\n', '\r\n', '\n\n', '\n# def\n', '\n        # deep\n']),
  };
}

function print(value: Tree, space: ReturnType<typeof spacer>): string {
  if (typeof value === 'string') return value;
  const { inner, outer } = space;
  const args = value.args.map((arg) => `${inner()}${print(arg, space)}${inner()}`).join(',');
  const comma = value.args.length > 0 && outer() === ' ' ? ',' : '';
  return `${print(value.callee, space)}${outer()}(${args}${comma}${inner()})`;
}

/** The calls that Python would make, by walking the trees. */
function expected(statements: readonly Statement[], result: Tree): string[] {
  const lines: string[] = [];
  const variables = new Map<string, string>();
  const walk = (value: Tree): string => {
    if (typeof value === 'string') return variables.get(value) ?? value;
    const callee = walk(value.callee);
    const args = value.args.map(walk);
    lines.push(`#${lines.length} = ${callee}(${args.join(', ')})`);
    return `#${lines.length - 1}`;
  };
  for (const { target, value } of statements) variables.set(target, walk(value));
  lines.push(`-> ${walk(result)}`);
  return lines;
}

describe('random programs', () => {
  it('read back as the calls they were made from', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 8 }),
        fc.oneof(tree, fc.constantFrom('a', 'b', 'ä')),
        fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
        (statements, result, choices) => {
          const space = spacer(choices);
          const lines = statements.map(
            ({ target, value }) => `  ${target}${space.outer()}=${space.outer()}${print(value, space)}${space.line()}`,
          );
          const text = `def solve(I):${space.line()}${lines.join('')}  return ${print(result, space)}${space.line()}`;
          expect(shownSolver(text)).toEqual(expected(statements, result));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('cost only themselves when one character of theirs is another', () => {
    const solvers = Array.from(
      { length: 5 },
      (_, id) => `def solve_${id}(I):\n    x = f${id}(I, I)\n    return g(x)\n`,
    );
    fc.assert(
      fc.property(fc.nat(4), fc.nat(30), fc.constantFrom(...'()=,:.; #x3+"\n\\é\t'), (bad, at, character) => {
        const damaged = solvers[bad]!;
        const from = damaged.indexOf('    x') + at;
        const text = solvers.with(bad, damaged.slice(0, from) + character + damaged.slice(from + 1)).join('');
        const battery = parseBattery(text, { file: 'a.py' });
        const read = [...battery.bodies, ...battery.invalid].map(({ name }) => name).sort();
        expect(read).toEqual(['solve_0', 'solve_1', 'solve_2', 'solve_3', 'solve_4']);
        expect(battery.invalid.map(({ name }) => name)).toEqual(
          battery.bodies.some(({ name }) => name === `solve_${bad}`) ? [] : [`solve_${bad}`],
        );
      }),
      { numRuns: 1000 },
    );
  });
});

const fixtures = ['closure12.py', 'closure12_head.py'].map((name) =>
  readFileSync(join(import.meta.dirname, '../fixtures/battery', name)),
);

describe('damaged modules', () => {
  it('lose no o.append, whichever character of a statement is another', () => {
    const texts = fixtures.map((bytes) => bytes.toString());
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...'()=,:.; x3+é\t'),
        (era, place, character) => {
          const text = texts[era]!;
          const start = text.indexOf('    s = []');
          const at = start + Math.floor(place * (text.length - start - 1));
          fc.pre(text[at] !== '\n');
          const damaged = text.slice(0, at) + character + text.slice(at + 1);
          const battery = parseBattery(damaged, { file: 'a.py' });
          const written = damaged.slice(start).match(/^\s*o\.append/gm)!.length;
          const valid = battery.bodies.reduce((sum, { outputs }) => sum + outputs.length, 0);
          expect(valid + battery.invalid.length).toBe(written);
          expect(battery.invalid.length === 0 || battery.invalid[0]!.reason).not.toBe('');
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('give a battery or a BatteryError, whatever happens to their bytes', () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(60),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc
          .constantFrom(
            '"""',
            "'",
            '\n',
            'def ',
            'def batt(',
            '(',
            ')',
            '\\\n',
            'try:\n',
            'return o, s\n',
            'o.append((',
          )
          .map((text) => Buffer.from(text)),
      ),
    });
    let read = 0;
    fc.assert(
      fc.property(fc.nat(1), fc.array(damage, { minLength: 1, maxLength: 6 }), (era, changes) => {
        let bytes = fixtures[era]!;
        for (const { at, length, bytes: put } of changes) {
          const from = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + length)]);
        }
        try {
          const battery = parseBattery(bytes, { file: 'a.py' });
          for (const { line, column, reason } of [...battery.invalid, ...battery.warnings]) {
            expect(line > 0 && column > 0 && reason.startsWith('found ')).toBe(true);
          }
          for (const at of battery.at) expect(at + 2 + battery.code[at + 1]!).toBeLessThanOrEqual(battery.code.length);
          read++;
        } catch (error) {
          if (!(error instanceof BatteryError)) throw error;
        }
      }),
      { numRuns: 2000, interruptAfterTimeLimit: 20_000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
