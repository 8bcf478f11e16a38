// The forms of a batt body, and how far a bad statement reaches.
import { describe, expect, it } from 'vitest';
import { GUARD_HEAD, GUARD_HELPER, GUARD_NONE, GUARD_P4 } from '../../src/lang/battery.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { shownBody, shownInvalid, shownRef, shownWarnings } from './show.ts';

const HEADER = 'def batt(task_id, S, I, C, log_path):\n    s = []\n    o = []\n';
const P4 = 'TypeError, AttributeError, ValueError';
const HEAD = `${P4}, IndexError, KeyError`;

function guarded(n: number, callee: string, args: string, errors: string = P4): string {
  return `    try:\n        t${n} = ${callee}(${args})\n    except (${errors}):\n        t${n} = _get_safe_default(${callee})\n`;
}

function append(n: number, id: string): string {
  return `    o.append((${n}, False, '${id}', t${n}))\n`;
}

function parse(statements: string, known?: (name: string) => boolean) {
  return parseBattery(`${HEADER}${statements}    return o, s\n`, { file: 'batt.py', ...(known && { known }) });
}

describe('a batt body', () => {
  it('has guarded and plain statements, outputs and differs', () => {
    const battery = parse(
      `${guarded(1, 'o_g', 'I, R5')}    # t2 - differ = False\n${guarded(2, 'rbind', 'o_g, R5', HEAD)}    t4 = t2(C,)  # plain\n` +
        `    o.append((4, True, 'e6a78062', t4))\n    s.append((1, 'None', 'differ_0a', t1))\n    s.append((4, "e6a78062", 'differ_0a', t4,))\n`,
    );
    const [body] = battery.bodies;
    expect(battery.dialect).toBe('sic');
    expect(shownBody(battery, body!)).toEqual(['#0 = o_g(I, R5)', '#1 = rbind(o_g, R5)', '#2 = #1(C)', '-> #2']);
    expect([...body!.guards]).toEqual([GUARD_P4, GUARD_HEAD, GUARD_NONE]);
    expect([...body!.numbers]).toEqual([1, 2, 4]);
    expect([...battery.lines]).toEqual([5, 10, 13]);
    expect(body).toMatchObject({ name: 'batt', dialect: 'sic', line: 1, firstCall: 0, callCount: 3 });
    expect(body!.outputs).toEqual([{ solverId: 'e6a78062', ref: 2, line: 14, number: 4, evolved: true }]);
    expect(body!.differs).toEqual([
      { number: 1, solverId: null, name: 'differ_0a', ref: 0, line: 15 },
      { number: 4, solverId: 'e6a78062', name: 'differ_0a', ref: 2, line: 16 },
    ]);
    expect([battery.invalid, battery.warnings]).toEqual([[], []]);
  });

  it('takes the roles by position and both forms of the return', () => {
    const text =
      'def batt(a, b: X, c, d, e) -> Y:\n  "doc"\n  o = []\n  s = [\n ]\n  t0 = f(b, c, d)\n  o.append((0,True,\'x\',t0))\n  return (o, s)';
    const battery = parseBattery(text, { file: 'a.py' });
    expect(shownBody(battery, battery.bodies[0]!)).toEqual(['#0 = f(S, I, C)', '-> #0']);
  });

  it('expands batch_process_samples_gpu(S) to four calls', () => {
    const battery = parse('    t7, t8, t9, t10 = batch_process_samples_gpu(S)\n    t11 = dedupe(t9)\n');
    const [body] = battery.bodies;
    expect(shownBody(battery, body!)).toEqual([
      '#0 = apply(first, S)',
      '#1 = apply(second, S)',
      '#2 = mapply(p_g, #0)',
      '#3 = mapply(p_g, #1)',
      '#4 = dedupe(#2)',
    ]);
    expect([...body!.guards]).toEqual([GUARD_HELPER, GUARD_HELPER, GUARD_HELPER, GUARD_HELPER, GUARD_NONE]);
    expect([...body!.numbers]).toEqual([7, 8, 9, 10, 11]);
  });

  it('passes over the header of a module, but for solvers in it', () => {
    const text = `from pile import *\ntry:\n    import cupy\nexcept Exception:\n    G = False\n\ndef batch_process_samples_gpu(S):\n    a = apply(first, S)\n    return a, a\ndef solve_aa(I):\n    return f(I)\nx = [\n${HEADER}    return o, s\ndef solve_bb(I):\n    return g(I)\n`;
    const battery = parseBattery(text, { file: 'a.py' });
    expect(battery.bodies.map(({ name, line }) => [name, line])).toEqual([
      ['solve_aa', 10],
      ['batt', 13],
      ['solve_bb', 17],
    ]);
    expect([battery.dialect, battery.invalid, battery.warnings]).toEqual(['plain', [], []]);
  });

  it('may have CRLF, tabs and comments between the lines of a guard', () => {
    const text = `${HEADER}${guarded(1, 'f', 'I')}${append(1, 'a')}    return o, s\n`
      .replaceAll('    except', '\t\t# note\n\n    except')
      .replaceAll('    ', '\t')
      .replaceAll('\n', '\r\n');
    const battery = parseBattery(text, { file: 'a.py' });
    expect(shownBody(battery, battery.bodies[0]!)).toEqual(['#0 = f(I)', '-> #0']);
  });
});

describe('a bad statement', () => {
  const VALUE = 'a t<number> assigned before, S, I, C, or a function or constant of the DSL';
  const NEW = 'a number not assigned before';
  const faults: [string, string][] = [
    ['    t1 = f(3)\n', "4:12 found the number 3, expected a name or ')'"],
    ['    t1 = f(g(I))\n', "4:13 found '(', expected ',' or ')'"],
    ['    t1 = I\n', "4:11 found the end of the line, expected '('"],
    ['    t1 = 3(I)\n', '4:10 found the number 3, expected a function or an earlier t<number>'],
    ['    t1 = f(None)\n', "4:12 found the keyword 'None', expected a name"],
    ['    t1 = f(t9)\n', "4:12 found 't9', expected a t<number> assigned before"],
    ['    t1 = t1(I)\n', "4:10 found 't1', expected a t<number> assigned before"],
    ['    t1 = f(nil)\n', `4:12 found 'nil', expected ${VALUE}`],
    ['    t1 = f(task_id)\n', `4:12 found 'task_id', expected ${VALUE}`],
    ['    t1 = f(o)\n', `4:12 found 'o', expected ${VALUE}`],
    ['    t1 = f(I) + f(I)\n', "4:15 found '+', expected the end of the line"],
    ['    t1 = f(I); t2 = f(I)\n', "4:14 found ';', expected the end of the line"],
    ['    t1 = f(I\n', "5:5 found 'o', expected ',' or ')'"],
    ['    t1, t2 = f(I)\n', "4:12 found '=', expected ','"],
    ['    t1, t2, t3, t4 = f(I)\n', "4:22 found 'f', expected 'batch_process_samples_gpu'"],
    [
      '    t1, t2, t3, t4 = batch_process_samples_gpu(I)\n',
      '4:22 found other arguments, expected batch_process_samples_gpu(S)',
    ],
    ['    t1, t2, t1, t4 = batch_process_samples_gpu(S)\n', "4:13 found 't1', expected another number"],
    ['     t1 = f(I)\n', '4:6 found an indent of 5, expected 4 as in the lines above'],
    ['\tt1 = f(I)\n', '4:2 found an indent of 1, expected 4 as in the lines above'],
    ['t1 = f(I)\n', '4:1 found an indent of 0, expected 4 as in the lines above'],
    ['    t1 = f(I)\n    t1 = g(I)\n', `5:5 found 't1' again, expected ${NEW}`],
    ['    try: t1 = f(I)\n', "4:10 found 't1', expected the end of the line"],
    [guarded(1, 'f', 'I').replace('_get_safe_default(f)', '_get_safe_default(g)'), "7:32 found 'g', expected 'f'"],
    [guarded(1, 'f', 'I').replace('t1 = _get', 't2 = _get'), "7:9 found 't2', expected 't1'"],
    [guarded(1, 'f', 'I').replace('_get_safe_default', 'safe'), "7:14 found 'safe', expected '_get_safe_default'"],
    [guarded(1, 'f', 'I', 'TypeError'), "6:22 found ')', expected ','"],
    [guarded(1, 'f', 'I', `${P4}, KeyError`), "6:52 found 'KeyError', expected 'IndexError'"],
    [guarded(1, 'f', 'I').replace('except (', 'except Exception: # ('), "6:12 found 'Exception', expected '('"],
    [guarded(1, 'f', 'I').replace('except', 'finally'), "6:5 found the keyword 'finally', expected 'except'"],
    [
      guarded(1, 'f', 'I').replace('try', 'tyr'),
      "4:5 found 'tyr', expected 't<number> = name(…)', 'try:', 'o.append', 's.append' or 'return o, s'",
    ],
  ];
  it.each(faults)('%j', (statement, wanted) => {
    const battery = parse(`${statement}${append(1, 'id')}`, (name) => name !== 'nil');
    expect(shownInvalid(battery)).toEqual([`id@${wanted}`]);
    expect(shownWarnings(battery)).toContain(wanted);
    expect(battery.bodies.map(({ outputs }) => outputs)).toEqual([[]]);
  });

  it('spoils what uses it, directly or through others, and nothing else', () => {
    const battery = parse(
      `${guarded(1, 'f', 'I')}    t2 = g(t1, 3)\n${guarded(3, 'h', 't2')}${guarded(4, 'h', 't1')}    t5 = t3(t4)\n` +
        `${append(1, 'a')}${append(2, 'b')}${append(3, 'c')}${append(4, 'd')}${append(5, 'e')}` +
        "    s.append((5, 'e', 'differ_x', t5))\n    s.append((4, 'd', 'differ_x', t4))\n",
    );
    const [body] = battery.bodies;
    expect(shownBody(battery, body!)).toEqual(['#0 = f(I)', '#1 = h(#0)', '-> #0', '-> #1']);
    expect([...body!.numbers]).toEqual([1, 4]);
    expect(body!.differs.map(({ number }) => number)).toEqual([4]);
    const reason = "8:16 found the number 3, expected a name or ')'";
    expect(shownInvalid(battery)).toEqual([`b@${reason}`, `c@${reason}`, `e@${reason}`]);
    expect(battery.invalid.map(({ candidateLine }) => candidateLine)).toEqual([19, 20, 22]);
    expect(shownWarnings(battery)).toEqual([reason, `${reason}; 'differ_x' of line 23 is lost`]);
  });

  it('does not spoil the four values after it', () => {
    const battery = parse(
      `    t1 = f(3)\n    t2 = f(t1)\n    t3, t4, t5, t6 = batch_process_samples_gpu(S)\n${append(5, 'a')}`,
    );
    expect(battery.bodies[0]!.outputs.map(({ ref }) => shownRef(battery, ref))).toEqual(['#2']);
  });

  it('says which function the DSL lacks for the four values', () => {
    const battery = parse('    t3, t4, t5, t6 = batch_process_samples_gpu(S)\n', (name) => name !== 'p_g');
    expect(shownWarnings(battery)).toEqual(["4:22 found 'batch_process_samples_gpu', expected a DSL with 'p_g'"]);
  });
});

describe('a bad o.append or s.append', () => {
  const faults: [string, string][] = [
    ["o.append((1, False, 'id', t1)", "id@6:5 found the keyword 'return', expected ')'"],
    ["o.append((1, 0, 'id', t1))", "id@5:18 found the number 0, expected 'True' or 'False'"],
    ['o.append((1, False, id, t1))', "@5:25 found 'id', expected a solver id in quotes"],
    ["o.append((1, False, 'i d', t1))", "@5:25 found the string 'i d', expected a solver id in quotes"],
    ["o.append((1, False, 'id', t2))", "id@5:31 found 't2', expected 't1'"],
    ["o.append((2, False, 'id', t2))", "id@5:31 found 't2', expected a t<number> assigned before"],
    ["o.append((1.5, False, 'id', t1))", "id@5:16 found '.', expected ','"],
    ["o.append((-1, False, 'id', t1))", "id@5:15 found '-', expected a whole number of at most 9 digits"],
    ["o.append((1, False, 'id', f(t1)))", "id@5:31 found 'f', expected 't1'"],
    ["  o.append((1, False, 'id', t1))", 'id@5:7 found an indent of 6, expected 4 as in the lines above'],
    ["o . append ((1, False, 'id', t1)))", "id@5:38 found ')', expected the end of the line"],
  ];
  it.each(faults)('%j', (statement, wanted) => {
    const battery = parse(`    t1 = f(I)\n    ${statement}\n`);
    expect(shownInvalid(battery)).toEqual([wanted]);
    expect(battery.bodies[0]!.outputs).toEqual([]);
    expect(battery.warnings).toEqual([]);
  });

  it('of a differ is a warning', () => {
    const battery = parse(
      "    t1 = f(I)\n    s.append((1, 'id', 3, t1))\n    s.extend((1, 'id', 'd', t1))\n    s = t1\n",
    );
    expect(shownWarnings(battery)).toEqual([
      '5:24 found the number 3, expected the name of a differ in quotes',
      "6:7 found 'extend', expected 'append'",
      "7:9 found 't1', expected '['",
    ]);
    expect(battery.bodies[0]!.differs).toEqual([]);
  });

  it('inside a guard is not lost', () => {
    const battery = parse(
      "    try:\n        o.append((1, False, 'id', t1))\n    except (TypeError):\n        t1 = f(I)\n",
    );
    expect(shownInvalid(battery)).toEqual(["id@5:9 found 'o', expected t<number>"]);
  });
});

describe('a batt body that is bad as a whole', () => {
  it('without a return, has no valid output', () => {
    const battery = parseBattery(`${HEADER}    t1 = f(I)\n${append(1, 'a')}    t2 = f(\n${append(2, 'b')}`, {
      file: 'a.py',
    });
    expect(shownInvalid(battery)).toEqual([
      "b@7:5 found 'o', expected a t<number> assigned before, S, I, C, or a function or constant of the DSL",
      "a@8:1 found the end of the file, expected 'return o, s'",
    ]);
    expect([battery.bodies, battery.at.length]).toEqual([[], 0]);
  });

  it('with a bad return, says what is bad about it', () => {
    const battery = parseBattery(`${HEADER}    return o, t\n`, { file: 'a.py' });
    expect(shownInvalid(battery)).toEqual(["batt@4:15 found 't', expected 's'"]);
  });

  it('with other parameters, has no valid output', () => {
    const text = HEADER.replace('log_path', 'log_path, more');
    const battery = parseBattery(`${text}    t1 = f(I)\n${append(1, 'a')}    return o, s\n`, { file: 'a.py' });
    expect(shownInvalid(battery)).toEqual([
      'a@1:38 found more than 5 parameters, expected the parameters (task_id, S, I, C, log_path)',
    ]);
    expect(shownInvalid(parseBattery('def batt(I):\n    return I\n', { file: 'a.py' }))).toEqual([
      'batt@1:11 found 1 parameter, expected the parameters (task_id, S, I, C, log_path)',
    ]);
  });

  it('without its lists, has no valid output', () => {
    const battery = parseBattery(
      `def batt(task_id, S, I, C, log_path):\n    t1 = f(I)\n${append(1, 'a')}    return o, s\n`,
      { file: 'a.py' },
    );
    expect(shownInvalid(battery)).toEqual(["a@3:5 found 'o', expected 'o = []' before it"]);
    expect(shownWarnings(battery)).toEqual(["5:12 found 'o', expected 'o = []' and 's = []' before it"]);
  });

  it('does not run what follows its return', () => {
    const battery = parseBattery(`${HEADER}    t1 = f(I)\n    return o, s\n${append(1, 'a')}x = 1\n`, { file: 'a.py' });
    expect(shownInvalid(battery)).toEqual(["a@6:5 found 'o', expected the end of the function"]);
    expect(shownWarnings(battery)).toEqual(["7:1 found 'x', expected 'def', an import or a comment"]);
  });
});
