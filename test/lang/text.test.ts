// The texts of programs, form by form, on batteries small enough to be read.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Battery, type Body, GUARD_HEAD, GUARD_NONE, GUARD_P4, type Ref } from '../../src/lang/battery.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { ProgramTexts } from '../../src/lang/text/programTexts.ts';
import { shownBody, shownInvalid } from './show.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function read(text: string): { battery: Battery; body: Body; ref: Ref } {
  const battery = parseBattery(text, { file: 'a.py' });
  expect([battery.invalid, battery.warnings]).toEqual([[], []]);
  const body = battery.bodies[0]!;
  return { battery, body, ref: body.outputs[0]!.ref };
}

/** A batt module of statements `k = call`; a call behind `!` is not guarded. The last one is the output. */
function batt(errors: string, statements: readonly string[]): string {
  const lines = statements.map((statement) => {
    const [number, call] = statement.split(' = ');
    const target = `t${number}`;
    if (call!.startsWith('!')) return `    ${target} = ${call!.slice(1)}\n`;
    const callee = call!.slice(0, call!.indexOf('('));
    return `    try:\n        ${target} = ${call}\n    except (${errors}):\n        ${target} = _get_safe_default(${callee})\n`;
  });
  const last = statements.at(-1)!.split(' = ')[0];
  return `def batt(task_id, S, I, C, log_path):\n    s = []\n    o = []\n${lines.join('')}    o.append((${last}, False, '00000000', t${last}))\n    return o, s\n`;
}

const P4 = 'TypeError, AttributeError, ValueError';
const HEAD = `${P4}, IndexError, KeyError`;

const inlinedText = (texts: ProgramTexts, body: Body, ref: Ref): string => {
  const inlined = texts.inlined(body, ref, 'solve');
  return 'text' in inlined ? inlined.text : `${inlined.tooLarge} bytes`;
};

describe('a program of a batt module', () => {
  const text = batt(P4, [
    '1 = asobject(C)',
    '3 = f(I)',
    '4 = g(t3, RED)',
    '9 = t4(t3, t4)',
    '10 = h()',
    '12 = k(t9, t10)',
  ]);
  const { battery, body, ref } = read(text);
  const texts = new ProgramTexts(battery, 'p4');

  it('in source form', () => {
    const lines = ['t3 = f(I)', 't4 = g(t3, RED)', 't9 = t4(t3, t4)', 't10 = h()', 't12 = k(t9, t10)', 'return t12'];
    expect(texts.source(body, ref, 'solve')).toBe(`def solve(S, I, C):\n${lines.map((l) => `    ${l}\n`).join('')}`);
    expect(`def solve(S, I, C):\n${texts.bodyText(body, ref)}`).toBe(texts.source(body, ref, 'solve'));
  });
  it('in inlined form, named by its md5', () => {
    const inlined = 'def solve(S, I, C):\n    return k(g(f(I), RED)(f(I), g(f(I), RED)), h())';
    expect(inlinedText(texts, body, ref)).toBe(inlined);
    expect(texts.md5(body, ref, 'solve')).toBe(md5(inlined));
    expect(texts.md5(body, ref, 'differ')).toBe(md5(inlined.replace('solve', 'differ')));
  });
  it('in expanded form', () => {
    const lines = ['x1 = f(I)', 'x2 = g(x1, RED)', 'x3 = x2(x1, x2)', 'x4 = h()', 'O = k(x3, x4)', 'return O'];
    const expanded = `from dsl import *\nfrom constants import *\n\ndef solve(S, I, C):\n${lines.map((l) => `    ${l}\n`).join('')}`;
    expect(texts.expanded(body, ref, 'solve')).toBe(expanded);
    expect(texts.stored(body, ref, 'solve', false)).toEqual({
      md5: texts.md5(body, ref, 'solve'),
      form: 'expanded',
      text: expanded,
    });
  });
  it('in any form, of any of its statements', () => {
    expect(inlinedText(texts, body, 1)).toBe('def solve(S, I, C):\n    return f(I)');
    expect(texts.bodyText(body, 1)).toBe('    t3 = f(I)\n    return t3\n');
    expect(texts.expanded(body, 1, 'differ')).toContain('\ndef differ(S, I, C):\n    O = f(I)\n    return O\n');
  });
});

describe('equal expressions under different numbers', () => {
  const { battery, body, ref } = read(batt(P4, ['1 = f(I)', '2 = f(I)', '3 = g(t1)', '4 = g(t2)', '5 = h(t3, t4)']));
  const texts = new ProgramTexts(battery, 'right');
  it('are one step of the expanded form', () => {
    expect(texts.expanded(body, ref, 'solve')).toContain(':\n    x1 = f(I)\n    x2 = g(x1)\n    O = h(x2, x2)\n');
  });
  it('have one md5', () => {
    expect(texts.md5(body, 2, 'solve')).toBe(texts.md5(body, 3, 'solve'));
    expect(texts.bodyText(body, 2)).not.toBe(texts.bodyText(body, 3));
  });
});

describe('guards', () => {
  const statements = ['1 = f(I)', '2 = !identity(S)', '3 = t1(t2)'];
  it.each([
    ['P4', P4, GUARD_P4],
    ['HEAD', HEAD, GUARD_HEAD],
  ])('of %s are written and read back', (_, errors, guard) => {
    const { battery, body, ref } = read(batt(errors, statements));
    const texts = new ProgramTexts(battery, 'right');
    const source =
      'def solve(S, I, C):\n' +
      `    try:\n        t1 = f(I)\n    except (${errors}):\n        t1 = _get_safe_default(f)\n` +
      '    t2 = identity(S)\n' +
      `    try:\n        t3 = t1(t2)\n    except (${errors}):\n        t3 = _get_safe_default(t1)\n` +
      '    return t3\n';
    expect(texts.guardedSource(body, ref, 'solve')).toBe(source);
    const imports = 'from dsl import *\nfrom constants import *\nfrom safe_dsl import _get_safe_default\n';
    const stored = texts.stored(body, ref, 'solve', true);
    expect(stored).toEqual({ md5: texts.md5(body, ref, 'solve'), form: 'guarded', text: `${imports}\n${source}` });

    const again = read(stored.text);
    expect(shownBody(again.battery, again.body)).toEqual(shownBody(battery, body));
    expect([...again.body.guards]).toEqual([guard, GUARD_NONE, guard]);
    const textsAgain = new ProgramTexts(again.battery, 'right');
    expect(textsAgain.md5(again.body, again.ref, 'solve')).toBe(stored.md5);
    const renamed = source.replaceAll('t1', 'x1').replaceAll('t2', 'x2').replaceAll('t3', 'O');
    expect(textsAgain.guardedSource(again.body, again.ref, 'solve')).toBe(renamed);
  });
  it('are left out where the original does', () => {
    const { battery, body, ref } = read(batt(P4, statements));
    expect(new ProgramTexts(battery, 'p4').stored(body, ref, 'solve', true).form).toBe('expanded');
  });
  it('of solvers stand beside statements without', () => {
    const { body } = read(
      `def solve(I):\n    a = f(g(I))\n    try:\n        b = a(I)\n    except (${P4}):\n        b = _get_safe_default(a)\n    c = h(b)\n    return c\n`,
    );
    expect([...body.guards]).toEqual([GUARD_NONE, GUARD_NONE, GUARD_P4, GUARD_NONE]);
  });
  it.each([
    ['b = f(g(I))', '3:13 found ' + "'f', expected one call of a name"],
    ['b = I', "3:13 found 'I', expected one call of a name"],
    ['b = f(I)(I)', "3:13 found 'f', expected one call of a name"],
    ['b = (f)(I)', "3:13 found '(', expected one call of a name"],
    ['return I', "3:9 found the keyword 'return', expected the name of a variable"],
    ['b = g(I)', "5:31 found 'f', expected 'g'"],
    ['c = f(I)', "5:9 found 'b', expected 'c'"],
  ])('of solvers are of one call: not %s', (assignment, problem) => {
    const text = `def solve(I):\n    try:\n        ${assignment}\n    except (${P4}):\n        b = _get_safe_default(f)\n    return b\n`;
    expect(shownInvalid(parseBattery(text, { file: 'a.py' }))).toEqual([`solve@${problem}`]);
  });
});

describe('helper statements', () => {
  const statements = ['1 = f(I)', '2 = !identity(S)', '3 = !h()', '4 = !g(t1, t2)', '5 = !k(t4, t3, ONE)', '6 = f(t5)'];
  const right = 'def solve(S, I, C):\n    return f(k(g(f(I), identity(S)), h(), ONE))';
  it('are misread in the way of P4', () => {
    const { battery, body, ref } = read(batt(P4, statements));
    const p4 = new ProgramTexts(battery, 'p4');
    const lines = [
      't1 = f(I)',
      't2 = identity(S)()',
      't3 = h()()',
      't4 = g(t1(t2))',
      't5 = k(t4(t3, ONE))',
      't6 = f(t5)',
    ];
    expect(p4.bodyText(body, ref)).toBe([...lines, 'return t6'].map((line) => `    ${line}\n`).join(''));
    const inlined = 'def solve(S, I, C):\n    return f(k(g(f(I)(identity(S)()))(h()(), ONE)))';
    expect(inlinedText(p4, body, ref)).toBe(inlined);
    expect(p4.expanded(body, ref, 'solve')).toContain(
      '    x1 = f(I)\n    x2 = identity(S)\n    x3 = x2()\n    x4 = x1(x3)\n    x5 = g(x4)\n    x6 = h()\n    x7 = x6()\n' +
        '    x8 = x5(x7, ONE)\n    x9 = k(x8)\n    O = f(x9)\n    return O\n',
    );
    expect(inlinedText(new ProgramTexts(battery, 'right'), body, ref)).toBe(right);
  });
  it('of HEAD are ordinary calls in both modes', () => {
    const { battery, body, ref } = read(batt(HEAD, statements));
    for (const mode of ['p4', 'right'] as const)
      expect(inlinedText(new ProgramTexts(battery, mode), body, ref)).toBe(right);
  });
  it('of a battery without any guard are those of HEAD', () => {
    const { battery, body, ref } = read(batt(HEAD, ['1 = !f(I)', '2 = !g(t1, ONE)']));
    expect(inlinedText(new ProgramTexts(battery, 'p4'), body, ref)).toContain('return g(f(I), ONE)');
  });
  it('with four targets stand for four calls', () => {
    const module = batt(P4, ['1 = f(I)', '6 = f(t5)']).replace(
      '    try:\n        t6',
      '    t2, t3, t4, t5 = batch_process_samples_gpu(S)\n    try:\n        t6',
    );
    const { battery, body, ref } = read(module);
    expect(new ProgramTexts(battery, 'p4').bodyText(body, ref)).toBe(
      '    t3 = apply(second(S))\n    t5 = mapply(p_g(t3))\n    t6 = f(t5)\n    return t6\n',
    );
    expect(inlinedText(new ProgramTexts(battery, 'right'), body, ref)).toContain('f(mapply(p_g, apply(second, S)))');
  });
});

describe('a name like rot90', () => {
  const statements = ['1 = rot90(I)', '5 = asobject(C)', '90 = size(t5)', '91 = f(t1)'];
  const pulled = '    t1 = rot90(I)\n    t5 = asobject(C)\n    t90 = size(t5)\n    return t1\n';
  it('pulls the statement of its number into the body, at P4 only', () => {
    const { battery, body } = read(batt(P4, statements));
    const p4 = new ProgramTexts(battery, 'p4');
    expect(p4.bodyText(body, 0)).toBe(pulled);
    expect(inlinedText(p4, body, 0)).toBe('def solve(S, I, C):\n    return rot90(I)');
    expect(new ProgramTexts(battery, 'right').bodyText(body, 0)).toBe('    t1 = rot90(I)\n    return t1\n');
  });
  it('pulls nothing at HEAD, nor where no statement has the number', () => {
    const head = read(batt(HEAD, statements));
    const bare = '    t1 = rot90(I)\n    return t1\n';
    expect(new ProgramTexts(head.battery, 'p4').bodyText(head.body, 0)).toBe(bare);
    const short = read(
      batt(
        P4,
        statements.filter((statement) => !statement.startsWith('90')),
      ),
    );
    expect(new ProgramTexts(short.battery, 'p4').bodyText(short.body, 0)).toBe(bare);
  });
});

describe('a solver', () => {
  const { battery, body, ref } = read('def solve_ab(x):\n    dead = f(x)\n    return g(f(x), h(f)(x), größe)\n');
  const texts = new ProgramTexts(battery, 'right');
  it('has its own parameter and no statement left out in source form', () => {
    expect(texts.source(body, ref, 'solve_ab')).toBe(
      'def solve_ab(I):\n    x1 = f(I)\n    x2 = f(I)\n    x3 = h(f)\n    x4 = x3(I)\n    O = g(x2, x4, größe)\n    return O\n',
    );
  });
  it('is inlined and expanded like others', () => {
    expect(inlinedText(texts, body, ref)).toBe('def solve(I):\n    return g(f(I), h(f)(I), größe)');
    expect(texts.md5(body, ref, 'solve')).toBe(md5(inlinedText(texts, body, ref)));
    expect(texts.expanded(body, ref, 'solve')).toBe(
      'from dsl import *\nfrom constants import *\n\ndef solve(I):\n    x1 = f(I)\n    x2 = h(f)\n    x3 = x2(I)\n    O = g(x1, x3, größe)\n    return O\n',
    );
  });
  it('that returns a name loses it in the way of the original only', () => {
    const name = read('def solve(S, I, C):\n    return C\n');
    const expanded = (mode: 'p4' | 'right'): string =>
      new ProgramTexts(name.battery, mode).expanded(name.body, name.ref, 'solve');
    expect(expanded('p4')).toMatch(/\n\ndef solve\(S, I, C\):\n {4}return O\n$/);
    expect(expanded('right')).toMatch(/\n\ndef solve\(S, I, C\):\n {4}return C\n$/);
    const names = new ProgramTexts(name.battery, 'p4');
    expect(inlinedText(names, name.body, name.ref)).toBe('def solve(S, I, C):\n    return C');
    expect(names.source(name.body, name.ref, 'solve')).toBe('def solve(S, I, C):\n    return C\n');
  });
  it('does not disturb the texts of the next', () => {
    const two = parseBattery(
      'def solve_a(I):\n    return f(I)\ndef solve_b(S, I, C):\n    x = f(I)\n    return g(x, C)\n',
      {
        file: 'a.py',
      },
    );
    const [a, b] = two.bodies;
    const both = new ProgramTexts(two, 'right');
    expect(inlinedText(both, a!, a!.outputs[0]!.ref)).toBe('def solve(I):\n    return f(I)');
    expect(inlinedText(both, b!, b!.outputs[0]!.ref)).toBe('def solve(S, I, C):\n    return g(f(I), C)');
    expect(both.source(b!, b!.outputs[0]!.ref, 'solve')).toBe(
      'def solve(S, I, C):\n    x1 = f(I)\n    O = g(x1, C)\n    return O\n',
    );
  });
});

describe('a program that doubles', () => {
  const doublings = (count: number): ReturnType<typeof read> =>
    read(
      batt(
        P4,
        Array.from({ length: count }, (_, place) => {
          const value = place === 0 ? 'I' : `t${place}`;
          return `${place + 1} = f(${value}, ${value})`;
        }),
      ),
    );

  it('is refused without being printed, and stored in source form', () => {
    const { battery, body, ref } = doublings(200);
    const texts = new ProgramTexts(battery, 'right');
    const size = texts.inlined(body, ref, 'solve');
    // s(0) = 1, s(k) = 2 s(k - 1) + 5, so 6 * 2^k - 5: not to be told from 6 * 2^k here.
    expect(size).toEqual({ tooLarge: 6 * 2 ** 200 });
    const source = texts.source(body, ref, 'solve');
    const stored = texts.stored(body, ref, 'solve', false);
    expect(stored).toEqual({
      md5: md5(source),
      form: 'source',
      text: `from dsl import *\nfrom constants import *\n\n${source}`,
    });
    expect(texts.md5(body, ref, 'solve')).toBe(stored.md5);
    expect(texts.stored(body, ref, 'solve', true)).toMatchObject({ md5: stored.md5, form: 'guarded' });
    const again = read(stored.text);
    expect(shownBody(again.battery, again.body)).toEqual(shownBody(battery, body));
    expect(texts.expanded(body, ref, 'solve').split('\n').length).toBe(3 + 1 + 200 + 1 + 1);
  });
  it('is refused past the largest number, too', () => {
    const { battery, body, ref } = doublings(5000);
    expect(new ProgramTexts(battery, 'p4').inlined(body, ref, 'solve')).toEqual({ tooLarge: Number.POSITIVE_INFINITY });
  });
  it('is printed up to the limit, however many there are', () => {
    const { battery, body } = doublings(18);
    const texts = new ProgramTexts(battery, 'p4');
    let tree = 'I';
    for (let ref = 0; ref < 18; ref++) {
      tree = `f(${tree}, ${tree})`;
      for (const name of ['solve', 'differ', 'solve_x', 'solve_y']) {
        const text = `def ${name}(S, I, C):\n    return ${tree}`;
        const inlined = texts.inlined(body, ref, name);
        expect('text' in inlined ? md5(inlined.text) : inlined.tooLarge).toBe(
          text.length <= 2 ** 20 ? md5(text) : text.length,
        );
      }
    }
  });
});

describe('a deep program', () => {
  it('is printed without a deep stack', () => {
    const depth = 100_000;
    const statements = Array.from({ length: depth }, (_, place) => `    a = f(${place === 0 ? 'I' : 'a'})\n`);
    const { battery, body, ref } = read(`def solve(I):\n${statements.join('')}    return a\n`);
    const texts = new ProgramTexts(battery, 'right');
    expect(inlinedText(texts, body, ref)).toBe(`def solve(I):\n    return ${'f('.repeat(depth)}I${')'.repeat(depth)}`);
    expect(texts.expanded(body, ref, 'solve').split('\n').length).toBe(3 + 1 + depth + 1 + 1);
  });
});
