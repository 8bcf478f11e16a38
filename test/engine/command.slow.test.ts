// The command with worker threads: same lines for any number of them, exit code 3, and an end when interrupted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type JsonLine, useBatt } from '../cli/command.ts';
import { untilResults } from '../cli/runResults.ts';

const batt = useBatt();
const verdicts = join(import.meta.dirname, '..', 'verdicts');
const oneTask = ['--data', join(verdicts, 'task.json')];

/** Lines without what tells of times and of where a run was saved. */
function timeless(lines: readonly JsonLine[]): string {
  const times = new Set(['timing', 'seconds', 't_log', 'run']);
  return JSON.stringify(lines, (key, value: unknown) => (times.has(key) ? undefined : value));
}

test('--jobs 1, 2 and 8 print the same, with a budget and without', () => {
  const lines = timeless(batt.json(['run', '--jobs', '1']));
  for (const jobs of ['1', '2', '8']) {
    expect(timeless(batt.json(['run', '--jobs', jobs, '--budget', '0']))).toBe(lines);
    expect(timeless(batt.json(['run', '--jobs', jobs]))).toBe(lines);
  }
});

test('a crash is exit code 3', () => {
  const program = join(verdicts, 'crash', 'doubled_rows.py');
  const { code, stdout } = batt.run(['run', '-b', program, ...oneTask, '--budget', '0', '-t', '60', '--json']);
  expect(stdout).toContain('"verdicts":{"crash":3}');
  expect(code).toBe(3);
});

test('an interrupted run does not wait for its workers, exit code 130', { timeout: 60_000 }, async () => {
  const program = join(verdicts, 'timeout', 'nested_power.py');
  const args = ['run', '-b', program, ...oneTask, '--budget', '0', '-t', '100', '--out', 'out'];
  const child = spawn(process.execPath, [batt.file, ...args], { cwd: batt.folder, env: batt.env(), stdio: 'ignore' });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await untilResults(join(batt.folder, 'out'), child, () => true);
  await setTimeout(500); // then it listens, and a worker is at work
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
});
