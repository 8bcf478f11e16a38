// Random programs: each text is the one that the plainest possible code makes, and reads back as the same program.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Battery, Body, Ref } from '../../src/lang/battery.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { ProgramTexts } from '../../src/lang/text/programTexts.ts';
import { callWords, shownBody } from './show.ts';

const NAMES = ['S', 'I', 'C', 'f', 'g', 'RED', 'größe', 'rot90', 'Œuvre'];

/** A program: each statement picks its callee and arguments from the names and the statements before it. */
const program = fc.array(
  fc.record({ callee: fc.nat(), args: fc.array(fc.nat(), { maxLength: 3 }), guarded: fc.boolean() }),
  { minLength: 1, maxLength: 14 },
);
type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

const ERRORS = ['TypeError, AttributeError, ValueError', 'TypeError, AttributeError, ValueError, IndexError, KeyError'];

/** The program as a batt module of one era, every statement an output. */
function moduleText(statements: Program, era: number): string {
  const lines = statements.map(({ callee, args, guarded }, place) => {
    const words = [...NAMES, ...Array.from({ length: place }, (_, k) => `t${k + 1}`)];
    // Late statements are picked more often, so that there are deep trees.
    const word = (pick: number): string => words[words.length - 1 - (pick % words.length)]!;
    const target = `t${place + 1}`;
    const call = `${target} = ${word(callee)}(${args.map(word).join(', ')})`;
    const body =
      guarded || place === 0
        ? `    try:\n        ${call}\n    except (${ERRORS[era]}):\n        ${target} = _get_safe_default(${word(callee)})\n`
        : `    ${call}\n`;
    return `${body}    o.append((${place + 1}, False, 'a', ${target}))\n`;
  });
  return `def batt(task_id, S, I, C, log_path):\n    s = []\n    o = []\n${lines.join('')}    return o, s\n`;
}

/** The inlined expression of a call, by plain recursion; '' when it is longer than is worth the time. */
function tree(battery: Battery, ref: Ref): string {
  const trees: string[] = [];
  for (let call = 0; call <= ref; call++) {
    const [callee, ...args] = callWords(battery, call, (part) => (part >= 0 ? trees[part]! : battery.names[~part]!));
    const text = `${callee}(${args.join(', ')})`;
    trees.push([callee, ...args].includes('') || text.length > 100_000 ? '' : text);
  }
  return trees[ref]!;
}

/** The steps of the expanded form as the original finds them: by the texts of the calls. */
function steps(text: string): string[] {
  const battery = parseBattery(text, { file: 'a.py' });
  const variables = new Map<string, string>();
  const lines: string[] = [];
  const variable: string[] = [];
  for (let call = 0; call < battery.at.length; call++) {
    const [callee, ...args] = callWords(battery, call, (ref) => (ref >= 0 ? variable[ref]! : battery.names[~ref]!));
    const step = `${callee}(${args.join(', ')})`;
    if (!variables.has(step)) {
      variables.set(step, `x${variables.size + 1}`);
      lines.push(step);
    }
    variable.push(variables.get(step)!);
  }
  return lines;
}

function inlinedText(texts: ProgramTexts, body: Body, ref: Ref): string {
  const inlined = texts.inlined(body, ref, 'solve');
  return 'text' in inlined ? inlined.text : '';
}

describe('random programs', () => {
  it('have the texts that plain code gives, and read back', () => {
    fc.assert(
      fc.property(program, fc.nat(1), (statements, era) => {
        const battery = parseBattery(moduleText(statements, era), { file: 'a.py' });
        expect([battery.invalid, battery.warnings]).toEqual([[], []]);
        const body = battery.bodies[0]!;
        const texts = new ProgramTexts(battery, 'right');
        const order = body.outputs.map(({ ref }) => ref);
        for (const ref of era === 0 ? order : order.reverse()) {
          const expression = tree(battery, ref);
          if (expression === '') continue;
          const inlined = inlinedText(texts, body, ref);
          expect(inlined).toBe(`def solve(S, I, C):\n    return ${expression}`);

          const expanded = texts.expanded(body, ref, 'solve');
          const lines = steps(inlined);
          const targets = lines.map(
            (step, place) => `    ${place === lines.length - 1 ? 'O' : `x${place + 1}`} = ${step}\n`,
          );
          expect(expanded).toBe(
            `from dsl import *\nfrom constants import *\n\ndef solve(S, I, C):\n${targets.join('')}    return O\n`,
          );
          const again = parseBattery(expanded, { file: 'a.py' });
          expect(shownBody(again, again.bodies[0]!)).toEqual([
            ...lines.map((step, place) => `#${place} = ${step.replace(/\bx(\d+)\b/g, (_, k) => `#${Number(k) - 1}`)}`),
            `-> #${lines.length - 1}`,
          ]);

          for (const source of [texts.source(body, ref, 'solve'), texts.guardedSource(body, ref, 'solve')]) {
            const reread = parseBattery(source, { file: 'a.py' });
            expect(reread.invalid).toEqual([]);
            expect(tree(reread, reread.bodies[0]!.outputs[0]!.ref)).toBe(expression);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are as large as was said before they were printed, in both modes', () => {
    fc.assert(
      fc.property(program, fc.constantFrom('p4', 'right'), (statements, mode) => {
        const battery = parseBattery(moduleText(statements, 0), { file: 'a.py' });
        const body = battery.bodies[0]!;
        const refusing = new ProgramTexts(battery, mode, 0);
        for (const { ref } of body.outputs) {
          const refused = refusing.inlined(body, ref, 'solve');
          if (!('tooLarge' in refused)) throw new Error('printed past the limit');
          const size = refused.tooLarge;
          if (size > 2 ** 20) continue;
          const text = inlinedText(new ProgramTexts(battery, mode, size), body, ref);
          expect(Buffer.byteLength(text)).toBe(size);
          expect(new ProgramTexts(battery, mode, size - 1).inlined(body, ref, 'solve')).toEqual(refused);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are garbled as their own text is when it is cut at its commas', () => {
    fc.assert(
      fc.property(program, (statements) => {
        const battery = parseBattery(moduleText(statements, 0), { file: 'a.py' });
        const body = battery.bodies[0]!;
        const texts = new ProgramTexts(battery, 'p4');
        for (const { ref } of body.outputs) {
          const source = texts.source(body, ref, 'solve');
          const reread = parseBattery(source, { file: 'a.py' });
          expect(reread.invalid).toEqual([]);
          const size = texts.inlined(body, ref, 'solve');
          if ('text' in size && size.text.length < 100_000) {
            const expression = tree(reread, reread.bodies[0]!.outputs[0]!.ref);
            expect(size.text).toBe(`def solve(S, I, C):\n    return ${expression}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
