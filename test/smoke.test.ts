// The built command does its main jobs: what everyone runs of the tests that start it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batteryFile, useBatt } from './cli/command.ts';

const batt = useBatt();

test('scores the bundled battery on the bundled tasks', () => {
  const { code, stdout, stderr } = batt.run(['run']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/14 tasks/);
  const lines = batt.json(['run', '--jobs', '2']);
  expect(lines).toHaveLength(15);
  expect(lines.at(-1)).toMatchObject({ type: 'summary', tasks: 14 });
});

test('saves what it finds, and goes on with it', () => {
  const run = ['run', '-b', batteryFile, '--data', 'bundled', '--out', 'out'];
  expect(batt.run(run)).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(join(batt.folder, 'out'))).toEqual(expect.arrayContaining(['runs', 'solver_dir', 'solver_md5']));
  expect(batt.run([...run, '--resume'])).toMatchObject({ code: 0, stderr: expect.stringContaining('going on with') });
});

test('makes a submission of a run', () => {
  expect(batt.run(['run', '-b', batteryFile, '--data', 'bundled', '--out', 'runs'])).toMatchObject({ code: 0 });
  expect(batt.run(['submit', 'runs', '-o', 'submission.json'])).toMatchObject({ code: 0 });
  const submission = JSON.parse(readFileSync(join(batt.folder, 'submission.json'), 'utf8')) as object;
  expect(Object.keys(submission)).toHaveLength(14);
});

test('shows a program at work, and says what is wrong with a flag', () => {
  const shown = batt.run(['eval', batteryFile, '-i', 'self_tile', '--data', 'bundled']);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  const { code, stderr } = batt.run(['run', '--nosuch']);
  expect([code, stderr]).toEqual([2, expect.stringContaining("unknown option '--nosuch'")]);
});
