// `batt compare` through the real command.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batteryFile, useBatt } from '../cli/command.ts';
import { kept, leaveOriginal, leaveRun, linesOf, put, putLines, readExpected, useFolder } from './sides.ts';

const batt = useBatt();
const folder = useFolder();
const caseFile = join(kept, 'p4.expected.json');
const expected = readExpected(caseFile);
const original = leaveOriginal(folder(), expected);
const run = leaveRun(folder(), expected);
const lines = linesOf(expected);
const other = putLines(folder(), 'other.jsonl', {
  ...lines,
  task: { ...lines.task, scores: { aaaaaaaa: 2, bbbbbbbb: 4 } },
});

test('exit 0 where the results are the same', () => {
  const { code, stdout, stderr } = batt.run(['compare', original.folder, run.folder, '--log', original.log]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('The results are the same in all that both sides recorded');
  expect(stdout).not.toContain('\x1b');
  expect(batt.run(['compare', run.folder, caseFile]).code).toBe(0);
});

test('exit 1 where they differ, in all three forms', () => {
  for (const form of [[], ['--markdown'], ['--json']]) {
    const { code, stdout } = batt.run(['compare', caseFile, other, ...form]);
    expect(code).toBe(1);
    expect(stdout).toContain('aaaaaaaa');
  }
  const { stdout } = batt.run(['compare', caseFile, other, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 1,
    type: 'compare',
    verdict: 'differs',
    a: { kind: 'case' },
    b: { kind: 'run' },
  });
});

test('exit 2 where there is nothing to compare or input is damaged', () => {
  const cut = put(folder(), 'cut.jsonl', readFileSync(run.results, 'utf8').slice(0, -20));
  const damaged = batt.run(['compare', caseFile, cut]);
  expect([damaged.code, damaged.stdout]).toEqual([2, '']);
  expect(damaged.stderr).toContain('cut.jsonl:2: the last line is cut off');
  const { scores: _, ...unscored } = lines.task;
  const bare = putLines(folder(), 'bare.jsonl', { ...lines, task: unscored as typeof lines.task });
  const unknown = batt.run(['compare', bare, caseFile]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('the scores were not recorded by both sides');
  for (const args of [
    [caseFile],
    [caseFile, 'nowhere'],
    [caseFile, caseFile, '--log', 'x'],
    [caseFile, caseFile, '--json', '--markdown'],
  ]) {
    const { code, stderr } = batt.run(['compare', ...args]);
    expect([code, stderr.slice(0, 6)]).toEqual([2, 'batt: ']);
  }
});

test('two real runs of one battery are the same; of another battery they differ', () => {
  copyFileSync(batteryFile, join(batt.folder, 'battery.py'));
  const score = (args: readonly string[]) =>
    batt.run(['run', '-b', 'battery.py', '--data', 'bundled', '--json', ...args]).stdout;
  batt.write('one.jsonl', score([]));
  batt.write('two.jsonl', score([]));
  batt.write('part.jsonl', score(['-c', '1']));
  const same = batt.run(['compare', 'one.jsonl', 'two.jsonl']);
  expect([same.code, same.stderr]).toEqual([0, '']);
  expect(same.stdout).toContain('whole run');
  expect(batt.run(['compare', 'one.jsonl', 'part.jsonl']).code).toBe(1);
});

test('of two real runs with files all is recorded, of tasks without a stored program and a battery without differs too', () => {
  copyFileSync(batteryFile, join(batt.folder, 'battery.py'));
  const args = ['run', '-b', 'battery.py', '--data', 'bundled', '--first-mismatch', '--quiet', '--out'];
  for (const out of ['first', 'second']) expect(batt.run([...args, out]).code).toBe(0);
  const { code, stdout } = batt.run(['compare', 'first', 'second']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^md5 of programs +\d+ in total +\d+ in total {2}same$/m);
  expect(stdout).toMatch(/^differ files, number +0 +0 {2}same$/m);
  expect(stdout).toMatch(/\nThe results are the same in all that both sides recorded\.\n$/);
});
