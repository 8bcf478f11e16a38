// `batt verify` as a user calls it.
import { describe, expect, test } from 'vitest';
import { useBatt } from './command.ts';

const batt = useBatt();

const RIGHT = 'def solve_mirror_beside(I):\n    return hconcat(I, vmirror(I))\n';
const ALSO_RIGHT = 'def verify_mirror_beside(I: Grid) -> Grid:\n    x1 = vmirror(I)\n    return hconcat(I, x1)\n';
const WRONG = 'def solve_self_tile(I):\n    return I\n';
const RAISES = 'def solve_fall_down(I):\n    return first(ZERO)\n';
const UNKNOWN = 'def solve_nowhere(I):\n    return I\n';
const INVALID = 'def solve_rays_up(I):\n    return nosuch(I)\n';

describe('verify', () => {
  test('a library that solves its tasks: exit 0', () => {
    batt.write('right.py', RIGHT + ALSO_RIGHT);
    const { code, stdout, stderr } = batt.run(['verify', 'right', '--data', 'bundled']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^2 of 2 programs solved, 10 of 10 pairs right, \d/);
    const [line, ...more] = batt.json(['verify', 'right.py', '--data', 'bundled']);
    expect(more).toEqual([]);
    expect(line).toEqual({
      schema: 1,
      type: 'verify',
      solved: 2,
      total: 2,
      pairs: 10,
      pairs_right: 10,
      failed: [],
      unknown: [],
      counts: { wrong: 0, no_task: 0, invalid: 0, passed_over: 0 },
      failures: [],
      invalid: [],
      strays: [],
      reasons: { invalid: {}, strays: {} },
      seconds: expect.any(Number),
    });
  });

  test('every program that is not right is named with the reason: exit 1', () => {
    batt.write('mixed.py', RIGHT + WRONG + RAISES + UNKNOWN + INVALID);
    const { code, stdout, stderr } = batt.run(['verify', 'mixed', '--data', 'bundled']);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'self_tile  0 of 5 right; shape 5',
      'fall_down  0 of 5 right; error:TypeError 5',
      'nowhere  no task of bundled has this id',
      expect.stringMatching(/^rays_up {2}invalid, mixed\.py:10:12: found .*nosuch/),
    ]);
    expect(lines[4]).toBe('1 program without a task in bundled: nowhere');
    expect(lines[5]).toBe('not solved: 2 wrong, 1 without a task, 1 invalid');
    expect(stderr).toMatch(/^batt: mixed\.py:10:12: solve_rays_up is invalid: found .*nosuch/);
    expect(lines[6]).toMatch(/^1 of 5 programs solved, 5 of 15 pairs right, /);
    const json = batt.run(['verify', 'mixed', '--data', 'bundled', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      solved: 1,
      total: 5,
      pairs: 15,
      pairs_right: 5,
      failed: ['self_tile', 'fall_down', 'nowhere', 'rays_up'],
      unknown: ['nowhere'],
      counts: { wrong: 2, no_task: 1, invalid: 1, passed_over: 0 },
      failures: [
        {
          id: 'self_tile',
          kind: 'wrong',
          source: 'mixed.py',
          line: 4,
          verdicts: { 'demo:0': 'shape', 'test:0': 'shape' },
        },
        { id: 'fall_down', kind: 'wrong', verdicts: { 'demo:0': 'error:TypeError', 'test:0': 'error:TypeError' } },
        { id: 'nowhere', kind: 'no_task', reason: 'no task of bundled has this id', verdicts: {} },
        { id: 'rays_up', kind: 'invalid', line: 9, verdicts: {} },
      ],
      invalid: [{ file: 'mixed.py', line: 10, column: 12, name: 'solve_rays_up' }],
    });
  });

  test('programs without a task are said in the summary, the first twenty by name', () => {
    batt.write('others.py', Array.from({ length: 53 }, (_, k) => WRONG.replace('self_tile', `task${k}`)).join(''));
    const { code, stdout } = batt.run(['verify', 'others', '--data', 'bundled']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nand 3 more; --json lists them all\n/);
    expect(stdout).toMatch(
      /\n53 programs without a task in bundled: task0, .*, task19 and 33 more\nnot solved: 53 without a task\n0 of 53 programs/,
    );
    const help = batt.run(['verify', '--help']).stdout.replace(/\s+/g, ' ');
    expect(help).toContain('one whose id is no task of the data counts as such');
  });

  test('--repeat runs everything again and says the seconds of each', () => {
    batt.write('right.py', RIGHT + ALSO_RIGHT);
    const [line] = batt.json(['verify', 'right.py', '--data', 'bundled', '--repeat', '3']);
    expect(line!.repeats).toEqual([line!.seconds, expect.any(Number), expect.any(Number)]);
    expect(line).toMatchObject({ solved: 2, pairs: 10, pairs_right: 10 });
  });

  test('several libraries, a folder, a pattern: all programs, with their places', () => {
    batt.write('lib/one.py', RIGHT + WRONG);
    batt.write('lib/two.py', `\n${RAISES}`);
    for (const names of [['lib'], ['lib/*.py'], ['lib/one', 'lib/two.py']]) {
      const { code, stdout } = batt.run(['verify', ...names, '--data', 'bundled']);
      expect(code).toBe(1);
      expect(stdout).toContain('self_tile  lib/one.py:4  0 of 5 right; shape 5\n');
      expect(stdout).toContain('fall_down  lib/two.py:3  0 of 5 right; error:TypeError 5\n');
      expect(stdout).toMatch(/\n1 of 3 programs solved, /);
    }
  });

  test('-i: only the programs of those tasks; one that the data do not have is refused as by run', () => {
    batt.write('mixed.py', RIGHT + WRONG + RAISES + UNKNOWN + INVALID);
    const of = (...ids: string[]) => batt.run(['verify', 'mixed', '--data', 'bundled', '-i', ...ids]);
    expect(of('mirror_beside')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 of 1 program solved/) });
    expect(of('mirror_beside', 'self_tile').stdout).toMatch(/\n1 of 2 programs solved, /);
    const none = of('nowhere');
    expect(none.code).toBe(2);
    expect(none.stderr).toBe(batt.run(['run', '-b', 'mixed', '--data', 'bundled', '-i', 'nowhere', '--quiet']).stderr);
    expect(of('sort_bars').code).toBe(2);
  });

  test('limits and dialect are those of run', () => {
    batt.write('right.py', RIGHT);
    const of = (...args: string[]) => batt.run(['verify', 'right', '--data', 'bundled', ...args]);
    expect(of('--budget', '1').stdout).toContain('mirror_beside  0 of 5 right; budget 5\n');
    expect(of('--dialect', 'other').code).toBe(2);
    expect(of('-t', '0').code).toBe(2);
    batt.write('sic.py', 'def solve_mirror_beside(I):\n    return hconcat_g(I, vmirror_t(I))\n');
    expect(batt.run(['verify', 'sic', '--data', 'bundled']).stderr).toContain('solve_mirror_beside is invalid');
    expect(batt.run(['verify', 'sic', '--data', 'bundled', '--dialect', 'sic']).stderr).not.toContain('vmirror_t');
  });

  test('pieces that are no programs are reported in the words of run', () => {
    batt.write('stray.py', `${RIGHT}K = f(3)\n@staticmethod\n${WRONG}`);
    const { stdout, stderr } = batt.run(['verify', 'stray', '--data', 'bundled']);
    expect(stderr).not.toBe('');
    const run = batt.run(['run', '-b', 'stray', '--data', 'bundled', '-i', 'mirror_beside', '--out', 'o']);
    expect(run.stderr.startsWith(stderr)).toBe(true);
    expect(stdout).toMatch(/\npassed over: \d pieces? of the text\n/);
    const json = JSON.parse(batt.run(['verify', 'stray', '--data', 'bundled', '--json']).stdout);
    expect(json.strays.length + json.invalid.length).toBe(stderr.trimEnd().split('\n').length);
    expect(batt.run(['verify', 'stray', '--data', 'bundled', '--quiet']).stderr).toBe('');
  });

  test('nothing to verify, no library: exit 2', () => {
    batt.write('empty.py', '# nothing\n');
    for (const [name, message] of [
      ['empty.py', 'empty.py: no programs, so there is nothing to verify'],
      ['absent.py', 'absent.py: found no such file or folder'],
      ['no*.py', 'a pattern that matches no file'],
    ] as const) {
      batt.write('other.py', RIGHT);
      const { code, stderr } = batt.run(['verify', name, '--data', 'bundled']);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
  });
});
