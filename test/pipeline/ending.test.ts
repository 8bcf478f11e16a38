// Runs that are interrupted, or whose deadline comes, at a known place.
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { Showcase } from '../../src/pipeline/answer/showcase.ts';
import { RunKeeper } from '../../src/pipeline/keep/runKeeper.ts';
import { RunOver, RunStop } from '../../src/pipeline/runStop.ts';
import { Saver } from '../../src/pipeline/save/saver.ts';
import { readResults } from '../../src/results/read.ts';
import { costlyPrograms } from '../cli/costly.ts';
import { filesIn } from '../cli/runResults.ts';
import { manyPrograms, prepared, scored, useFolder } from './runFiles.ts';

const folder = useFolder();

const cheap = 'def solve_a(I):\n    return identity(I)\n\ndef solve_b(I):\n    return vmirror(I)\n';

test('an interruption is heard between two candidates of a sample', async () => {
  const stop = new RunStop();
  setTimeout(() => stop.interrupt(), 5);
  let samples = 0;
  const results = await scored(prepared(folder, costlyPrograms(['leastcolor']), 1, 20), { stop }, () => samples++);
  expect([results, samples]).toEqual([[], 0]);
});

test('a task that is interrupted has no result, the one before it is kept', async () => {
  for (const firstMismatch of [false, true]) {
    const stop = new RunStop();
    // of the second task one sample is done then, the other is not
    const afterSample = (done: number): void => {
      if (done === 3) stop.interrupt();
    };
    const results = await scored(prepared(folder, cheap, 3), { stop, firstMismatch }, afterSample);
    expect(results.map(({ task, cut }) => [task, cut])).toEqual([['t0', undefined]]);
  }
});

test('an interruption is heard while a task is shown', async () => {
  const run = prepared(folder, costlyPrograms(['leastcolor']), 1);
  const [result] = await scored(run);
  const stop = new RunStop();
  setTimeout(() => stop.interrupt(), 5);
  await expect(new Showcase(run.set, { stop }).of(run.data.tasks[0]!, result!)).rejects.toThrow(RunOver);
});

test('what is scored only when the deadline has come is cut, and nothing of it is saved', async () => {
  const run = prepared(folder, cheap, 1);
  const [result] = await scored(run, { firstMismatch: true, differs: true });
  const out = mkdtempSync(join(folder, 'late-'));
  const keeper = await RunKeeper.open(run, openCpu(), {
    out,
    mode: 'default',
    engine: '0',
    save: 'all',
    flags: {},
    digest: '0'.repeat(64),
    tasks: ['t0'],
    shard: { index: 1, of: 1 },
    resume: false,
    stop: new RunStop(0),
    showUntil: Number.POSITIVE_INFINITY,
  });
  const line = await keeper.save(run.data.tasks[0]!, result!);
  expect(line).toMatchObject({ cut: 'deadline', verdicts: { ok: 4 } });
  expect(line!.attempts![0]).toMatchObject([{ candidate: 0, votes: 2 }]);
  expect(line!.stored).toBeUndefined();
  await keeper.add(line!);
  const results = readResults(join(keeper.folder, 'results.jsonl'));
  expect([results.done.size, results.saving.size, readdirSync(out)]).toEqual([0, 0, ['runs']]);
});

test('a validation that the deadline stops in its last sample says nothing', async () => {
  const run = prepared(folder, costlyPrograms(['leastcolor']).split('\n\n')[0]!, 1, 20, 2); // nearly all of it in the last sample
  const [result] = await scored(run);
  const save = (stop: RunStop) => {
    const out = mkdtempSync(join(folder, 'last-'));
    // otherwise it would be run once more, with its guards
    return new Saver(run, { out, mode: 'p4', save: 'all', stop }).save(
      run.data.tasks[0]!,
      result!,
      Number.NEGATIVE_INFINITY,
    );
  };
  await save(new RunStop());
  const { failures, result: whole } = await save(new RunStop());
  expect(failures).toEqual([]);
  const seconds = whole.timing.get('run_batt.phase3a_validate_batch')!;
  // one of these moments lies in the validation, however fast it is this time
  const ends = [0.8, 0.6, 0.4, 0.2, 0.1].map(async (share) => {
    try {
      await save(new RunStop(performance.now() + 1000 * share * seconds));
      return undefined;
    } catch (error) {
      return error;
    }
  });
  expect((await Promise.all(ends)).filter((error) => error !== undefined)).toContainEqual(expect.any(RunOver));
});

test('files that are there when saving is ended change nothing of what is saved again', async () => {
  const run = prepared(folder, manyPrograms(4096), 1, 2);
  const [task] = run.data.tasks;
  const [result] = await scored(run);
  const [out, calm] = [join(folder, 'ended'), join(folder, 'calm')];
  const stop = new RunStop();
  const look = setInterval(() => {
    if (existsSync(join(out, 'solver_dir'))) stop.interrupt();
  }, 1);
  onTestFinished(() => clearInterval(look));
  const begun = new Saver(run, { out, mode: 'default', save: 'all', stop }).save(
    task!,
    result!,
    Number.NEGATIVE_INFINITY,
  );
  await expect(begun).rejects.toThrow(RunOver);
  const before = filesIn(out);
  const save = (place: string) =>
    new Saver(run, { out: place, mode: 'default', save: 'all' }).save(task!, result!, Number.NEGATIVE_INFINITY);
  const again = await save(out);
  const whole = await save(calm);
  const names = ({ stored }: typeof whole) => Array.from(stored.values(), ({ md5 }) => md5).sort();
  expect([names(again), filesIn(out)]).toEqual([names(whole), filesIn(calm)]);
  expect(before.length).toBeGreaterThan(0);
  expect(before).not.toEqual(filesIn(calm));
});
