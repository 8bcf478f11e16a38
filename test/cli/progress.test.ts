// How far a run is, by a clock that the tests turn, and once on a terminal that `script` makes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Progress } from '../../src/cli/progress.ts';
import type { TaskLine } from '../../src/results/lines.ts';
import { root, useBatt } from './command.ts';

const batt = useBatt();

describe('a clock that is turned', () => {
  const { isTTY } = process.stderr;
  let shown = '';
  beforeEach(() => {
    vi.useFakeTimers();
    shown = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      shown += text;
      return true;
    });
  });
  afterEach(() => {
    process.stderr.isTTY = isTTY;
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** What the line of a task says of whether it is solved: one candidate, right on all samples. */
  const right = { demos: 1, tests: 1, known: [1, 1], scores: { demo: [1], test: [1] } } as unknown as TaskLine;
  const work = { tasks: 2, samples: 4, candidates: 100, testsKnown: true };

  /** What is written while so many milliseconds pass. */
  function during(milliseconds: number): string {
    shown = '';
    vi.advanceTimersByTime(milliseconds);
    return shown;
  }

  /** The last line on a terminal. */
  const lastOf = (text: string): string => text.split('\r\x1b[K').at(-1)!;

  test('on a terminal a line from the first second on, ten a second', () => {
    process.stderr.isTTY = true;
    const progress = new Progress(work, false);
    progress.at(1);
    expect(during(999)).toBe('');
    expect(during(1)).toBe('\r\x1b[K0 of 2 tasks · 25 % · 50 candidates/s · 0 solved · 3.00 s left');
    expect(during(1000).split('\r\x1b[K')).toHaveLength(11);
    progress.end();
    expect(during(10_000)).toBe('');
  });

  test('says that it saves when all its samples are done', () => {
    process.stderr.isTTY = true;
    const progress = new Progress(work, false);
    progress.at(3);
    expect(lastOf(during(3000))).toMatch(/ · 1\.00 s left$/);
    progress.task(right);
    progress.at(4);
    expect(lastOf(during(1000))).toMatch(/^1 of 2 tasks · 100 % .* · 1 solved · saving$/);
    shown = '';
    progress.end();
    expect(shown).toBe('\r\x1b[K');
  });

  test('elsewhere a whole line every ten seconds', () => {
    process.stderr.isTTY = false;
    const progress = new Progress(work, false);
    progress.at(2);
    expect(during(9999)).toBe('');
    expect(during(10_001).split('\n')).toEqual([expect.stringMatching(/ 50 % /), expect.stringMatching(/ 50 % /), '']);
    progress.end();
  });

  test('nothing with --quiet', () => {
    process.stderr.isTTY = true;
    const progress = new Progress(work, true);
    progress.at(1);
    expect(during(60_000)).toBe('');
    progress.end();
  });
});

const hasScript = spawnSync('script', ['--version']).error === undefined;
if (!hasScript) console.log('left out: the live line of a run on a terminal: there is no `script` (bsdutils)');

test.runIf(hasScript)('a run shows it on its terminal', () => {
  // a program without an end, which the limit of time ends on each of three samples
  const program = join(root, 'test/verdicts/timeout/nested_power.py');
  const run = ['run', '-b', program, '--data', join(root, 'test/verdicts/task.json'), '--budget', '0', '-t', '1'];
  const { status, stdout } = spawnSync(
    'script',
    ['-qec', [process.execPath, batt.file, ...run].join(' '), '/dev/null'],
    {
      cwd: batt.folder,
      env: batt.env(),
      encoding: 'utf8',
      timeout: 100_000,
    },
  );
  expect([status, stdout]).toEqual([0, expect.stringContaining('0 of 1 tasks · ')]);
});
