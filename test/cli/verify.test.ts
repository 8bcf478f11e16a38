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
      seconds: expect.any(Number),
    });
  });

  test('every program that is not right is named with the reason: exit 1', () => {
    batt.write('mixed.py', RIGHT + WRONG + RAISES + UNKNOWN + INVALID);
    const { code, stdout } = batt.run(['verify', 'mixed', '--data', 'bundled']);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'self_tile  0 of 5 right; shape 5',
      'fall_down  0 of 5 right; error:TypeError 5',
      'nowhere  no task of bundled has this id',
      expect.stringMatching(/^rays_up {2}invalid, mixed\.py:10:12: found .*nosuch/),
    ]);
    expect(lines[4]).toBe('1 program without a task in bundled: nowhere');
    expect(lines[5]).toMatch(/^1 of 5 programs solved, 5 of 15 pairs right, /);
    const json = batt.run(['verify', 'mixed', '--data', 'bundled', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      solved: 1,
      total: 5,
      pairs: 15,
      pairs_right: 5,
      failed: ['self_tile', 'fall_down', 'nowhere', 'rays_up'],
      unknown: ['nowhere'],
    });
  });

  test('programs without a task are said in the summary, the first twenty by name', () => {
    batt.write('others.py', Array.from({ length: 53 }, (_, k) => WRONG.replace('self_tile', `task${k}`)).join(''));
    const { code, stdout } = batt.run(['verify', 'others', '--data', 'bundled']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nand 3 more; --json lists them all\n/);
    expect(stdout).toMatch(/\n53 programs without a task in bundled: task0, .*, task19 and 33 more\n0 of 53 programs/);
    const help = batt.run(['verify', '--help']).stdout.replace(/\s+/g, ' ');
    expect(help).toContain('one whose id is no task of the data counts as such');
  });

  test('--repeat runs everything again and says the seconds of each', () => {
    batt.write('right.py', RIGHT + ALSO_RIGHT);
    const [line] = batt.json(['verify', 'right.py', '--data', 'bundled', '--repeat', '3']);
    expect(line!.repeats).toEqual([line!.seconds, expect.any(Number), expect.any(Number)]);
    expect(line).toMatchObject({ solved: 2, pairs: 10, pairs_right: 10 });
  });

  test('nothing to verify, no library: exit 2', () => {
    batt.write('empty.py', '# nothing\n');
    for (const [name, message] of [
      ['empty.py', 'empty.py: no programs, so there is nothing to verify'],
      ['absent.py', 'absent.py: found no such file or folder'],
      ['.', 'expected one library'],
    ] as const) {
      batt.write('other.py', RIGHT);
      const { code, stderr } = batt.run(['verify', name, '--data', 'bundled']);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
  });
});
