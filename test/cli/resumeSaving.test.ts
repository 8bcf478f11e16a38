// Runs that end while a task is saved, or shown: what is not validated is left, and the rest gives the same.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { TaskLine } from '../../src/results/lines.ts';
import { type RunResults, readResults } from '../../src/results/read.ts';
import { type JsonLine, useBatt } from './command.ts';
import { costlyPrograms, sharingPrograms, writeTask } from './costly.ts';
import { filesIn, resultsIn, timeless, untilResults } from './runResults.ts';

const batt = useBatt();

/** Validation takes some ten times as long as scoring, since each program is run alone. */
const sharing = ['run', '-b', 'sharing.py', '--data', 'two', '--jobs', '1'];

/** What a run that nothing ends prints. */
let calm: readonly JsonLine[] = [];

beforeAll(() => {
  batt.write('sharing.py', sharingPrograms(['leastcolor'], 10));
  writeTask(batt, 'two', 'a_small', 1, 1);
  writeTask(batt, 'two', 'b_large', 8, 1);
  calm = batt.json([...sharing, '--out', 'calm']);
});

function at(out: string): string {
  return join(batt.folder, out);
}

function results(out: string): RunResults {
  return readResults(resultsIn(at(out)));
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

function start(args: readonly string[]): Running {
  const child = spawn(process.execPath, [batt.file, ...args], { cwd: batt.folder, env: batt.env() });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  child.stdout.resume();
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr }))) };
}

/** Waits until the results of a run have some text. */
function written(out: string, text: string, { child }: Running): Promise<void> {
  return untilResults(at(out), child, (content) => content.includes(text));
}

test('--deadline while a task is validated: it is cut, and --resume gives what a run without gives', () => {
  const [, large, summary] = calm as unknown as [object, TaskLine, { readonly seconds: number }];
  // some of the large task is validated then; a tenth of the time is kept for the end
  const deadline = (summary.seconds - 0.7 * large.timing['run_batt.phase3a_validate_batch']!) / 0.9;
  const { code, stdout, stderr } = batt.run([...sharing, '--out', 'late', '--deadline', deadline.toFixed(2)]);
  expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('the deadline came after 1 of 2 tasks')]);
  const late = results('late');
  const [, cut] = late.tasks();
  expect(cut).toMatchObject({ task: 'b_large', cut: 'deadline', verdicts: { ok: 20 }, attempts: [[{ demo: 1 }]] });
  expect(cut!.stored).toBeUndefined();
  expect([...late.done]).toEqual(['a_small']);
  expect([...late.saving.keys()]).toEqual(['a_small', 'b_large']);
  expect(batt.run([...sharing, '--out', 'late', '--resume']).code).toBe(0);
  expect(timeless(results('late').tasks())).toEqual(timeless(results('calm').tasks()));
  expect(filesIn(at('late'))).toEqual(filesIn(at('calm')));
});

test('SIGINT while a task is validated: it is not saved, and --resume does it', async () => {
  const run = start([...sharing, '--out', 'stopped']);
  await written('stopped', '"type":"saving","task":"b_large"', run);
  run.child.kill('SIGINT');
  const { code, stderr } = await run.ended;
  expect([code, stderr]).toEqual([130, expect.stringContaining('interrupted after 1 of 2 tasks; --resume goes on')]);
  expect(Array.from(results('stopped').tasks(), ({ task }) => task)).toEqual(['a_small']);
  expect(batt.run([...sharing, '--out', 'stopped', '--resume']).code).toBe(0);
  expect(timeless(results('stopped').tasks())).toEqual(timeless(results('calm').tasks()));
});

test('the second of two signals ends the process at once', async () => {
  const run = start([...sharing, '--out', 'ended']);
  await written('ended', '"type":"saving","task":"b_large"', run);
  // so that both are there when it looks: on one alone it says how far it came
  run.child.kill('SIGSTOP');
  run.child.kill('SIGINT');
  run.child.kill('SIGTERM');
  run.child.kill('SIGCONT');
  expect(await run.ended).toEqual({ code: 130, stderr: '' });
});

test('a task that the deadline cuts while it is scored has what there is to submit', () => {
  const copies = 'def solve_copy(I):\n    return identity(I)\n\n';
  batt.write('long.py', copies + costlyPrograms(['leastcolor', 'numcolors']));
  writeTask(batt, 'one', 'huge', 30, 3);
  const { code, stdout } = batt.run(
    ['run', '-b', 'long.py', '--data', 'one', '--jobs', '1', '--out', 'cut'].concat('--deadline', '4', '--json'),
  );
  expect([code, JSON.parse(stdout.split('\n')[0]!)]).toMatchObject([0, { task: 'huge', cut: 'deadline' }]);
  expect([...results('cut').tasks()]).toMatchObject([{ attempts: [[{ candidate: 0, demo: expect.any(Number) }]] }]);
});

test('--deadline ends a run of which all is in workers', () => {
  const powers = [1, 2, 3, 4, 5].map((k) => `    p${k} = power(${k === 1 ? 'vmirror' : `p${k - 1}`}, d)\n`).join('');
  const [head, end] = ['    d = multiply(TEN, TEN)\n', '    O = p5(I)\n    return O\n'];
  batt.write('endless.py', `def solve_endless(I):\n${head}${powers}${end}`);
  const args = ['run', '-b', 'endless.py', '--data', 'two', '--out', 'workers', '-t', '100', '--budget', '0'];
  const { code, stdout, stderr } = batt.run([...args, '--deadline', '3']);
  expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('the deadline came after 0 of 2 tasks')]);
});

test('a candidate that crashed its worker is not run again to be validated', () => {
  const lines = ['x1 = fork(combine, identity, identity)', 'x2 = multiply(TEN, TEN)', 'x3 = multiply(x2, NINE)'];
  const body = [...lines, 'x4 = power(x1, x3)', 'O = x4(I)', 'return O'].map((line) => `    ${line}\n`).join('');
  batt.write('crash.py', `def solve_crash(I):\n${body}\ndef solve_copy(I):\n    return identity(I)\n`);
  const args = ['run', '-b', 'crash.py', '--data', 'two', '-i', 'a_small', '--out', 'crashed', '--budget', '0'];
  expect(batt.run(args).code).toBe(3);
  expect([...results('crashed').tasks()]).toMatchObject([{ verdicts: { ok: 2, crash: 2 } }]);
});

test('a candidate that takes longer than -t only when it is run alone is stored, with a note', () => {
  const looks = ['leastcolor', 'numcolors'];
  batt.write('alone.py', `${costlyPrograms(looks)}\n${sharingPrograms(looks, 1)}`);
  writeTask(batt, 'middle', 'middle', 20, 1);
  const args = ['run', '-b', 'alone.py', '--data', 'middle', '--jobs', '1', '--budget', '100000000000', '-t', '0.4'];
  const { code, stderr } = batt.run([...args, '--out', 'alone']);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/: shares0: stored, but not confirmed: .* time-out\n/)]);
  const [line] = results('alone').tasks();
  expect(line!.verdicts).toEqual({ ok: 42 });
  expect(line!.stored!.length).toBe(21);
});
