// The live line of a run, on a terminal that `script` makes.
import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { useBatt } from './command.ts';
import { dearPrograms, sharingPrograms, writeTask } from './dear.ts';

const batt = useBatt();
const hasScript = spawnSync('script', ['--version']).error === undefined;
if (!hasScript) console.log('left out: the live line of a run, since there is no `script` (bsdutils)');

beforeAll(() => {
  batt.write('dear.py', `${dearPrograms(['leastcolor'])}\n${sharingPrograms(['leastcolor'], 2)}`);
  writeTask(batt, 'tasks', 'large', 20, 1);
});

/** What a run writes to its terminal. */
function shownBy(more: readonly string[]): string {
  const run = ['run', '-b', 'dear.py', '--data', 'tasks', '--jobs', '1', '--budget', '100000000000', ...more];
  const command = [process.execPath, batt.file, ...run].join(' ');
  const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: batt.folder,
    env: batt.env(),
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect(status).toBe(0);
  return stdout;
}

test.runIf(hasScript)('says that a run saves when all its samples are done', () => {
  const shown = shownBy(['--out', 'shown']);
  const done = shown.indexOf('0 of 1 tasks · 100 %');
  expect(done).toBeGreaterThan(0);
  expect(shown.slice(0, done)).not.toContain('saving');
  expect(shown.slice(done)).toContain(' solved · saving');
  expect(shown.slice(done)).not.toContain(' left');
});

test.runIf(hasScript)('is not there with --quiet', () => {
  expect(shownBy(['--out', 'quiet', '--quiet'])).not.toContain(' tasks · ');
});
