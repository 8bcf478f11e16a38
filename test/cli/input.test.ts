// Wrong usage and bad input: exit code 2, one message on stderr that names the flag or file, nothing on stdout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BackendAbsentError, BackendLostError } from '../../kernels/backend.ts';
import { ArcError } from '../../src/arc/error.ts';
import { DataNotFoundError } from '../../src/arc/find.ts';
import { EXIT_FAILED, EXIT_USAGE, explain, UsageError } from '../../src/cli/exit.ts';
import { CompareError } from '../../src/compare/side.ts';
import { StoreError } from '../../src/files/storeError.ts';
import { BatteryError } from '../../src/lang/errors.ts';
import { AccountsError } from '../../src/pipeline/score/accounts.ts';
import { DuckDbAbsentError } from '../../src/results/export/duckdb.ts';
import { RunNotFoundError } from '../../src/results/find.ts';
import { ResultsError } from '../../src/results/read.ts';
import { SubmitError } from '../../src/submit/data.ts';
import { batteryFile, useBatt } from './command.ts';

const batt = useBatt();

function refused(...args: string[]): string {
  const { code, stdout, stderr } = batt.run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^batt: /);
  return stderr;
}

describe('batteries', () => {
  const run = (battery: string): string => refused('run', '-b', battery, '--data', 'bundled');

  test('missing', () => {
    expect(run('nowhere')).toContain('nowhere: found no such file or folder (nor nowhere.py)');
    expect(run('nowhere/*.py')).toContain('nowhere/*.py: found a pattern that matches no file');
  });

  test('a folder without batteries', () => {
    mkdirSync(join(batt.folder, 'hollow'), { recursive: true });
    batt.write('hollow/x_call.py', '');
    expect(run('hollow')).toContain('hollow: found a folder without batteries');
  });

  test('empty', () => {
    expect(run(batt.write('empty.py', ''))).toContain('empty.py: no candidates, so there is nothing to score');
  });

  test('all invalid', () => {
    const stderr = run(batt.write('bad.py', 'def solve_a(I):\n    return nosuch(I)\n'));
    expect(stderr).toContain('bad.py:2:12: solve_a is invalid:');
    expect(stderr).toContain('bad.py: no valid candidate (1 read, 1 invalid, 0 skipped)');
    expect(refused('run', '-b', 'bad.py', '--data', 'bundled', '--quiet')).toContain(
      'bad.py:2:12: solve_a is invalid:',
    );
  });

  test('NUL bytes, another encoding, no battery at all', () => {
    expect(run(batt.write('nul.py', 'def solve_a(I):\n    return\0 I\n'))).toContain('nul.py:2:11: found a NUL byte');
    expect(run(batt.write('utf16.py', Uint8Array.of(0xff, 0xfe, 0x64, 0)))).toContain(
      'utf16.py:1:1: found the wrong encoding',
    );
    expect(run(batt.write('text.py', 'hello world\n'))).toContain('text.py:1:');
  });
});

describe('data', () => {
  const run = (data: string): string => refused('run', '--data', data);

  test('not found: the places looked at', () => {
    const { code, stdout, stderr } = batt.run(['run', '-i', '007bbfb7'], { ARC_DATA: 'nowhere' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('data "train" not found; looked at:\n  $ARC_DATA = nowhere (no such folder)');
    const all = refused('run', '--data', 'eval');
    expect(all).toContain(join(batt.folder, '..', 'arc-prize-2025'));
    expect(all).toContain('/kaggle/input');
  });

  test('a path that is not there, a folder without tasks', () => {
    expect(run('nowhere')).toContain('nowhere: no such file or folder');
    mkdirSync(join(batt.folder, 'hollow'), { recursive: true });
    expect(run('hollow')).toContain('hollow: the folder holds no task files');
  });

  test('damaged JSON and bad grids, with their place', () => {
    expect(run(batt.write('cut.json', '{"train": [\n  {"input": [[1'))).toMatch(
      /cut\.json: not JSON: line 2, column \d+/,
    );
    const task = { train: [{ input: [[1, 2]], output: [[1, 11]] }], test: [{ input: [[0]] }] };
    expect(run(batt.write('eleven.json', JSON.stringify(task)))).toContain(
      'eleven.json: task eleven, demo 0 output, row 0, column 1: found 11, expected an integer 0..9',
    );
  });

  test('a task that is not there, a folder as a task', () => {
    expect(refused('run', '--data', 'bundled', '-i', 'self_title')).toContain(
      'task self_title: no such task among 14; near names: self_tile',
    );
    expect(refused('run', '--data', 'bundled', '-i', './bin')).toContain('task ./bin: no set "." among the places');
    expect(refused('run', '--data', 'bundled', '-i', 'self_tile,sort_bars')).toContain('ids stand apart by spaces');
  });
});

describe('usage', () => {
  test.each([
    [['run', '--nope'], "unknown option '--nope'"],
    [['--nope'], "unknown option '--nope'"],
    [['nope'], "unknown command 'nope'"],
    [['run', 'battery.py'], 'found "battery.py", expected flags alone; batteries follow -b'],
    [['run', '-c', '1.5'], "'-c, --count <n>' argument '1.5' is invalid. Expected an integer."],
    [['run', '-s', '-1'], "'-s, --start <n>' argument '-1' is invalid. Expected an integer from 0."],
    [['run', '-t', '0'], 'Expected a number of seconds above 0.'],
    [['run', '--budget', 'lots'], 'Expected an integer from 0.'],
    [['run', '-s', '1', '-c', '-1'], '-c: a negative count needs start 0'],
    [['run', '-s', '14'], '-s 14: no task is left of bundled'],
    [['run', '--device', 'x'], '--device is for --backend webgpu or cuda, found --backend auto'],
    [['run', '--gpus', '2', '--backend', 'wasm'], '--gpus is for --backend tensorflow or cuda, found --backend wasm'],
    [['run', '--shard', '3/2'], 'Expected i/n with i from 1 to n.'],
    [['run', '--shard', '15/15'], '--shard 15/15: there are 14 tasks'],
    [['run', '--resume'], '--resume: nothing is kept of this run; name its folder with --out'],
    [['run', '--compat', 'p4', '--first-mismatch'], 'not with --compat p4'],
    [['run', '--backend', 'abacus'], '--backend: found abacus, expected auto, cpu, wasm, webgpu, tensorflow, cuda'],
    [['run', '--compat', 'p5'], '--compat: found p5, expected p4'],
    [['run', '--dialect', 'latin'], '--dialect: found latin, expected plain or sic'],
    [['verify'], "missing required argument 'library'"],
    [['eval', 'x.py'], "required option '-i, --task_id <task>' not specified"],
  ])('%j', (args, message) => {
    expect(refused(...args)).toContain(message);
  });

  test('flags alone are those of run, as run_batt.py takes them', () => {
    const flags = ['--timing', '-i', 'self_tile', '--data', 'bundled', '-b', batteryFile, '--out', 'flags', '--quiet'];
    const { code, stdout, stderr } = batt.run(flags);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^self_tile /m);
    expect(stdout).toContain('main.run_batt');
  });

  test('no command: the help on stderr', () => {
    const { code, stdout, stderr } = batt.run([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: batt');
  });

  test('help and version are no errors', () => {
    for (const args of [['--help'], ['help', 'run'], ['run', '--help']]) {
      const { code, stdout, stderr } = batt.run(args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Usage: batt');
    }
    expect(batt.run(['verify', '--help']).stdout).toContain('--repeat <n>');
    expect(batt.run(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });
});

test.each([
  [EXIT_USAGE, new ArcError('x')],
  [EXIT_USAGE, new BackendAbsentError('cuda', 'x')],
  [EXIT_USAGE, new BatteryError('x.py', 1, 1, 'x', 'y')],
  [EXIT_USAGE, new CompareError('x')],
  [EXIT_USAGE, new DataNotFoundError('x', [])],
  [EXIT_USAGE, new DuckDbAbsentError('x')],
  [EXIT_USAGE, new ResultsError('x')],
  [EXIT_USAGE, new RunNotFoundError('x')],
  [EXIT_USAGE, new SubmitError('x')],
  [EXIT_USAGE, new UsageError('x')],
  [EXIT_FAILED, new BackendLostError('cuda', 'x')],
  [EXIT_FAILED, new StoreError('x', 'write the file', 'y')],
])('exit %i: %s', (code, error) => {
  expect(explain(error, false)).toEqual({ text: `batt: ${error.message}\n`, code });
});

test('help that nobody reads, or that cannot be written', () => {
  const shell = (command: string) => {
    const env = batt.env();
    const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, batt.file], {
      env,
      encoding: 'utf8',
    });
    return [status, stderr];
  };
  expect(shell('set -o pipefail; "$0" "$1" run --help | true')).toEqual([0, '']);
  if (!existsSync('/dev/full')) return;
  const [status, stderr] = shell('"$0" "$1" --help > /dev/full');
  expect(status).toBe(EXIT_FAILED);
  expect(stderr).toMatch(/^batt: stdout: the results cannot be written: ENOSPC.*\n$/);
});

test('other errors have words of their own', () => {
  const accounts = explain(new AccountsError('task x: read 2 programs, but 1'), false);
  expect(accounts.code).toBe(EXIT_FAILED);
  expect(accounts.text).toContain('read 2 programs');
  const ours = explain(new TypeError('x is undefined'), false);
  expect(ours).toEqual({
    text: 'batt: unexpected error, a fault of batt itself: x is undefined; BATT_DEBUG=1 shows the stack\n',
    code: EXIT_FAILED,
  });
  expect(explain(new TypeError('x is undefined'), true).text).toContain('input.test.ts');
});
