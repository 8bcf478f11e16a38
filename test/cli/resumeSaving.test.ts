// Runs of programs that never end, or end their worker: signals, deadlines, and what is kept of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { useBatt } from './command.ts';
import { resultsIn, untilResults } from './runResults.ts';

const batt = useBatt();
const endless = ['run', '-b', 'endless.py', '--data', 'tasks', '-t', '100', '--budget', '0'];

beforeAll(() => {
  const powers = [1, 2, 3, 4, 5].map((k) => `    p${k} = power(${k === 1 ? 'vmirror' : `p${k - 1}`}, d)\n`).join('');
  batt.write('endless.py', `def solve_endless(I):\n    d = multiply(TEN, TEN)\n${powers}    O = p5(I)\n    return O\n`);
  const sample = { input: [[1]], output: [[1]] };
  for (const id of ['a', 'b']) batt.write(`tasks/${id}.json`, JSON.stringify({ train: [sample], test: [sample] }));
});

test('the second of two signals ends the process at once', async () => {
  const out = join(batt.folder, 'ended');
  const args = [batt.file, ...endless, '--out', 'ended'];
  const child = spawn(process.execPath, args, {
    cwd: batt.folder,
    env: batt.env(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  await untilResults(out, child, () => true);
  await setTimeout(500); // then it listens, too
  // so that both are there when it looks: on one alone it says how far it came
  for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) child.kill(signal);
  const [code] = await ended;
  expect([code, stderr]).toEqual([130, '']);
});

test('--deadline ends a run of which all is in workers', () => {
  const { code, stdout, stderr } = batt.run([...endless, '--out', 'workers', '--deadline', '3']);
  expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('the deadline came after 0 of 2 tasks')]);
});

test('a candidate that crashed its worker is not run again to be validated', () => {
  const lines = ['x1 = fork(combine, identity, identity)', 'x2 = multiply(TEN, TEN)', 'x3 = multiply(x2, NINE)'];
  const body = [...lines, 'x4 = power(x1, x3)', 'O = x4(I)', 'return O'].map((line) => `    ${line}\n`).join('');
  batt.write('crash.py', `def solve_crash(I):\n${body}\ndef solve_copy(I):\n    return identity(I)\n`);
  const args = ['run', '-b', 'crash.py', '--data', 'tasks', '-i', 'a', '--out', 'crashed', '--budget', '0'];
  expect(batt.run(args).code).toBe(3);
  expect([...readResults(resultsIn(join(batt.folder, 'crashed'))).tasks()]).toMatchObject([
    { verdicts: { ok: 2, crash: 2 } },
  ]);
});
