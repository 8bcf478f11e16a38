// The command with worker threads: same lines for any number of them, exit code 3, and an end at once when interrupted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type JsonLine, useBatt } from '../cli/command.ts';

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

test('an interrupted run ends within a second, exit code 130', async () => {
  const program = join(verdicts, 'timeout', 'nested_power.py');
  const args = ['run', '-b', program, ...oneTask, '--budget', '0', '-t', '100'];
  const child = spawn(process.execPath, [batt.file, ...args], { cwd: batt.folder, env: batt.env(), stdio: 'ignore' });
  await setTimeout(3000);
  const start = performance.now();
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(130);
  expect(performance.now() - start).toBeLessThan(1000);
});
