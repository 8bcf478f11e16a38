// The conformance command itself: what counts as failed, what it prints, how it exits.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { conformance, type Subjects } from '../../scripts/conformance/command.ts';
import { subjectOf } from '../../scripts/conformance/run.ts';
import { COMBINATORS } from '../../src/dsl/combinators.ts';
import { CONSTANTS } from '../../src/dsl/constants.ts';
import { CONTAINERS } from '../../src/dsl/containers.ts';
import { NUMBERS } from '../../src/dsl/numbers.ts';
import { sicNames } from '../../src/dsl/sic/names.ts';
import { functionsOf } from '../../src/dsl/table.ts';
import type { Value } from '../../src/value/value.ts';

const folder = mkdtempSync(join(tmpdir(), 'batt-conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

const names = new Map<string, Value>([
  ...functionsOf([NUMBERS, CONTAINERS, COMBINATORS]),
  ...Object.entries(CONSTANTS),
]);
const plain = subjectOf(names);
const both = { plain, sic: subjectOf(sicNames(), 'sic') };
const subjects = { fast: both, reference: both };

function run(args: readonly string[], tested: Subjects = subjects): { code: number; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const code = conformance(args, tested, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

function file(name: string, lines: readonly (string | object)[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

const ONE_PLUS_TWO = { fn: 'add', args: [1, 2], result: 3 };

describe('conformance', () => {
  test('sums up files, also packed ones, on the last line', () => {
    const one = file('one.jsonl', [ONE_PLUS_TWO]);
    const two = file('two.jsonl.gz', [ONE_PLUS_TWO, { fn: 'even', args: [{ t: [] }], error: 'TypeError' }]);
    expect(run([one, two])).toEqual({
      code: 0,
      out: [`${one}: 1 passed, 0 failed`, `${two}: 2 passed, 0 failed`, '3 passed, 0 failed'],
      err: [],
    });
  });

  test('--reference asks the plain definitions alone, of either dialect', () => {
    const none = subjectOf(new Map());
    const without = { ...subjects, fast: { plain: none, sic: none } };
    const paths = [
      file('reference.jsonl', [ONE_PLUS_TWO]),
      file('reference-dialect.jsonl', [{ fn: 'height_f', args: [1], result: 1 }]),
    ];
    for (const path of paths) {
      expect(run([path], without).out).not.toEqual(run([path]).out);
      expect(run(['--reference', path], without).out).toEqual(run([path]).out);
    }
  });

  test('fails what is wrong, with its line', () => {
    const path = file('wrong.jsonl', [ONE_PLUS_TWO, { ...ONE_PLUS_TWO, result: 4 }]);
    expect(run([path])).toEqual({
      code: 1,
      out: [`${path}: 1 passed, 1 failed`, '  line 2 add: expected 4, got 3 (generic arguments)', '1 passed, 1 failed'],
      err: [],
    });
  });

  const identity = (arg: unknown, result: unknown): object => ({ fn: 'identity', args: [arg], result });
  test.each([
    ['a bool for an int', identity(1, true)],
    ['an int for a bool', identity(false, 0)],
    ['None for False', identity(null, false)],
    ['another order of a set', identity({ s: [0, 1] }, { s: [1, 0] })],
    ['a set for a tuple', identity({ t: [] }, { s: [] })],
    ['a shorter tuple', identity({ t: [1, 2] }, { t: [1] })],
    ['a bool in a grid', identity({ t: [{ t: [1] }, { t: [true] }] }, { g: ['1', '1'] })],
    ['an exception that did not come', { fn: 'add', args: [1, 2], error: 'TypeError' }],
    ['another exception', { fn: 'add', args: [1, null], error: 'ValueError' }],
    ['a value instead of an exception', { fn: 'add', args: [1, null], result: 1 }],
    ['another outcome of the returned function', '{"fn":"power","args":[{"f":"double"},3],"then":[1],"result":2}'],
  ])('fails %s', (_, line) => {
    expect(run([file('case.jsonl', [line])]).code).toBe(1);
  });

  test.each([
    ['an unknown field', { ...ONE_PLUS_TWO, note: 'x' }, 'unknown field "note"'],
    ['broken JSON', '{"fn":', 'JSON'],
    ['an empty line', '', 'JSON'],
    ['no object', '[]', 'no object'],
    ['no outcome', { fn: 'add', args: [1, 2] }, 'either "result" or "error"'],
    ['two outcomes', { ...ONE_PLUS_TWO, error: 'TypeError' }, 'either "result" or "error"'],
    ['an unknown function', { ...ONE_PLUS_TWO, fn: 'ad' }, 'no function "ad"'],
    ['a constant as function', { ...ONE_PLUS_TWO, fn: 'UP' }, 'no function "UP"'],
    ['an unknown form', identity({ u: [] }, 1), 'no value'],
    ['two forms at once', identity({ s: [], t: [] }, 1), 'no value'],
    ['a float', identity(0.5, 1), 'no integer'],
    ['an unsafe integer', identity(2 ** 53, 1), 'no integer'],
    ['a ragged grid', identity({ g: ['12', '1'] }, 1), 'no grid'],
    ['a grid without rows', identity({ g: [] }, 1), 'without rows'],
    ['a function as result', identity({ f: 'add' }, { f: 'add' }), '"f" in a result'],
  ])('counts %s as failed', (_, line, message) => {
    const { code, out } = run([file('unreadable.jsonl', [ONE_PLUS_TWO, line])]);
    expect(code).toBe(1);
    expect(out.at(-1)).toBe('1 passed, 1 failed');
    expect(out[1]).toContain('line 2');
    expect(out[1]).toContain(message);
  });

  test('shows ten failures of a file', () => {
    const { out } = run([file('many.jsonl', new Array(12).fill({ ...ONE_PLUS_TWO, result: 0 }))]);
    expect(out).toHaveLength(13);
    expect(out.slice(-2)).toEqual(['  and 2 more', '0 passed, 12 failed']);
  });

  test('exits 2 where a file is missing, and still runs the others', () => {
    const { code, out, err } = run([join(folder, 'nowhere.jsonl'), file('there.jsonl', [ONE_PLUS_TWO])]);
    expect(code).toBe(2);
    expect(err[0]).toContain('nowhere.jsonl');
    expect(out.at(-1)).toBe('1 passed, 0 failed');
  });

  test.each([
    ['no file', []],
    ['an unknown option', ['--fast', 'x.jsonl']],
    ['an unknown dialect', ['--dialect', 'lisp', 'x.jsonl']],
  ])('exits 2 for %s', (_, args) => {
    const { code, out, err } = run(args);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err).toHaveLength(1);
  });

  test('builds sets by insertion and runs expressions in arguments', () => {
    const sets = file('sets.jsonl', [
      identity({ s: [8, 0, 8] }, { s: [8, 0] }),
      identity({ s: [true, 1] }, { s: [true] }),
      identity({ call: ['combine', { t: [1] }, { call: ['repeat', 2, 2] }] }, { t: [1, 2, 2] }),
      { fn: 'identity', args: [{ call: ['first', { t: [] }] }], error: 'StopIteration' },
      '{"fn":"rbind","args":[{"f":"subtract"},1],"then":[3],"result":2}',
      '{"fn":"rbind","args":[1,1],"then":[3],"error":"AttributeError"}',
    ]);
    expect(run([sets]).out.at(-1)).toBe('6 passed, 0 failed');
  });
});

describe('conformance of the S/I/C dialect', () => {
  const HEIGHT = { fn: 'height_t', args: [{ t: [1, 2] }], result: 2 };

  test('goes by the name of a file, or by --dialect', () => {
    const named = file('some-dialect.jsonl', [HEIGHT]);
    const plain = file('some.jsonl', [HEIGHT]);
    expect(run([named]).code).toBe(0);
    expect(run([plain]).code).toBe(1);
    expect(run(['--dialect', 'sic', plain]).code).toBe(0);
    expect(run(['--dialect', 'plain', named]).code).toBe(1);
    expect(run([named, file('plain.jsonl', [ONE_PLUS_TWO])]).out.at(-1)).toBe('2 passed, 0 failed');
  });

  test('takes a function term for the function, and floats', () => {
    const terms = file('dialect-terms.jsonl', [
      { fn: { call: ['rbind', { f: 'get_nth_t' }, 1] }, args: [{ t: [1] }], result: { n: 'nan' } },
      { fn: { call: ['compose', 3, { f: 'size' }] }, args: [{ t: [1] }], error: 'TypeError' },
      { fn: { f: 'manhattan' }, args: [{ s: [] }, { s: [] }], result: { n: 'inf' } },
      { fn: 'identity', args: [{ n: '-inf' }], result: { n: '-inf' } },
      { fn: 'index', args: [{ g: ['1'] }, { t: [1, 1] }], result: { n: '-inf' } },
    ]);
    expect(run([terms]).out.at(-1)).toBe('5 passed, 0 failed');
  });

  test.each([
    ['a field of the other format', '{"fn":"size","args":[1],"then":[1],"result":1}', 'unknown field "then"'],
    ['a program', { source: 'def solve(I):', task: 'x', split: 'test', index: 0, result: 1 }, 'unknown field "source"'],
    ['another float', { ...HEIGHT, result: { n: 'NaN' } }, 'no float'],
    [
      'an infinity for nan',
      { ...HEIGHT, args: [{ n: 'nan' }], fn: 'identity', result: { n: 'inf' } },
      'got {"n":"nan"}',
    ],
    ['an int for a float', { ...HEIGHT, result: { n: 'inf' } }, 'got 2'],
    ['a constant as function', { ...HEIGHT, fn: 'UP' }, 'no function "UP"'],
    ['no function', { ...HEIGHT, fn: 1 }, '"fn" is no text'],
    ['another order', { fn: 'initset', args: [1], result: { s: [] } }, 'got {"s":[1]} (generic arguments)'],
    ['only another order', { fn: 'palette_t', args: [{ g: ['80'] }], result: { s: [0, 8] } }, 'equal, but for order'],
  ])('fails %s', (_, line, message) => {
    const { code, out } = run([file('failing-dialect.jsonl', [line])]);
    expect(code).toBe(1);
    expect(out[1]).toContain('line 1');
    expect(out[1]).toContain(message);
  });
});

describe('conformance of programs', () => {
  const task = { train: [], test: [{ input: [[1, 2]] }] };

  function runPrograms(cases: readonly object[]): { code: number; out: string[]; err: string[] } {
    const path = file('programs.jsonl', cases);
    const before = process.env.ARC_DATA;
    process.env.ARC_DATA = join(folder, 'arc');
    try {
      return run([path]);
    } finally {
      if (before === undefined) delete process.env.ARC_DATA;
      else process.env.ARC_DATA = before;
    }
  }

  const program = {
    source: 'def solve(I):\n    x1 = first(I)\n    x2 = rbind(multiply, TWO)\n    O = apply(x2, x1)\n    return O\n',
    task: 'aaaaaaaa',
    split: 'test',
    index: 0,
    result: { t: [2, 4] },
    order_sensitive: false,
  };

  test('takes the tasks from $ARC_DATA/training', () => {
    mkdirSync(join(folder, 'arc', 'training'), { recursive: true });
    writeFileSync(join(folder, 'arc', 'training', 'aaaaaaaa.json'), JSON.stringify(task));
    const failing = program.source.replace('first(I)', 'first(F)');
    expect(runPrograms([program, { ...program, source: failing, result: undefined, error: 'TypeError' }]).code).toBe(0);
  });

  test.each([
    ['a sample that is not there', { ...program, index: 1 }, 'no sample 1'],
    ['a task that is not there', { ...program, task: 'bbbbbbbb' }, 'no task bbbbbbbb in '],
    [
      'an unknown name',
      { ...program, source: 'def solve(I):\n    O = firts(I)\n    return O\n' },
      "found 'firts', expected",
    ],
    ['no program', { ...program, source: 'x = 1\n' }, 'unreadable'],
    ['an unknown field', { ...program, fnn: 1 }, 'unknown field "fnn"'],
  ])('fails %s', (_, line, message) => {
    const { code, out } = runPrograms([line]);
    expect(code).toBe(1);
    expect(out[1]).toContain(message);
  });
});
