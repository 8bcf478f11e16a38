// Runs whose deadline, interruption or time-out comes at a known place: the clock is turned there.
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunPlan } from '../../src/pipeline/plan.ts';
import { type RunEvent, runBatteries } from '../../src/pipeline/run.ts';
import { Saver } from '../../src/pipeline/save/saver.ts';
import { readResults } from '../../src/results/read.ts';
import { costlyPrograms } from '../cli/costly.ts';
import { filesIn, resultsIn, timeless } from '../cli/runResults.ts';
import { manyPrograms, prepared, scored, useFolder, written } from './runFiles.ts';

const folder = useFolder();
const PROGRAMS = 10;

/** A deadline, and a time at which nothing is run any more, but what there is may be shown. */
const DEADLINE = 1000;
const LATE = 996;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Has each look at the clock see so many more seconds. */
function turnClock(seconds: () => number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 1000 * seconds());
}

/** A run of two tasks that all programs solve; its results are in `out`. */
async function run(more: Partial<RunPlan>, afterSample?: (done: number) => void): Promise<RunEvent[]> {
  const files = written(folder, manyPrograms(PROGRAMS), 2);
  const plan: RunPlan = { ...files, timeout: 10, firstMismatch: false, backend: { name: 'wasm' }, jobs: 1, ...more };
  const events: RunEvent[] = [];
  for await (const event of runBatteries(plan, afterSample)) events.push(event);
  return events;
}

const newOut = (): string => mkdtempSync(join(folder, 'out-'));
const results = (out: string) => readResults(resultsIn(out));

/** Whether the second task is scored, and begins to be saved. */
function isSaving(out: string): boolean {
  const file = resultsIn(out);
  return existsSync(file) && readFileSync(file, 'utf8').includes('"type":"saving","task":"t1"');
}

async function goesOnAs(out: string, files: Partial<RunPlan>): Promise<void> {
  const calm = newOut();
  await run({ ...files, out: calm });
  await run({ ...files, out, resume: true });
  expect(timeless(results(out).tasks())).toEqual(timeless(results(calm).tasks()));
  expect(filesIn(out)).toEqual(filesIn(calm));
}

test('a deadline while a task is validated: it is cut, and a resumed run gives what a run without gives', async () => {
  const [out, files] = [newOut(), written(folder, manyPrograms(PROGRAMS), 2)];
  turnClock(() => (isSaving(out) ? LATE : 0));
  expect((await run({ ...files, out, deadline: DEADLINE })).at(-1)).toMatchObject({ by: 'deadline', tasks: 1, of: 2 });
  vi.restoreAllMocks();
  const [, cut] = results(out).tasks();
  expect(cut).toMatchObject({
    task: 't1',
    cut: 'deadline',
    verdicts: { ok: 2 * PROGRAMS },
    attempts: [[{ demo: 1 }]],
  });
  expect(cut!.stored).toBeUndefined();
  expect([...results(out).done]).toEqual(['t0']);
  expect([...results(out).saving.keys()]).toEqual(['t0', 't1']);
  await goesOnAs(out, files);
});

test('an interruption while a task is validated: it is not saved, and a resumed run does it', async () => {
  const [out, files] = [newOut(), written(folder, manyPrograms(PROGRAMS), 2)];
  const heard = new AbortController();
  turnClock(() => {
    if (isSaving(out)) heard.abort();
    return 0;
  });
  expect((await run({ ...files, out, signal: heard.signal })).at(-1)).toMatchObject({ by: 'interrupted', tasks: 1 });
  vi.restoreAllMocks();
  expect(Array.from(results(out).tasks(), ({ task }) => task)).toEqual(['t0']);
  await goesOnAs(out, files);
});

test('a task that the deadline cuts while it is scored has what there is to submit', async () => {
  const out = newOut();
  let late = 0;
  turnClock(() => late);
  const afterSample = (): void => {
    late = LATE;
  };
  await run({ out, deadline: DEADLINE }, afterSample);
  const [cut] = results(out).tasks();
  expect(cut).toMatchObject({ task: 't0', cut: 'deadline', attempts: [[{ candidate: 0, demo: expect.any(Number) }]] });
});

test('a candidate that takes longer than the time-out only when it is run alone is stored, with a note', async () => {
  const made = prepared(folder, costlyPrograms(['leastcolor']).split('\n\n')[0]!, 1, 10);
  const [result] = await scored(made);
  let seconds = 0;
  turnClock(() => (seconds += 11));
  const saver = new Saver(made, { out: newOut(), mode: 'default', save: 'all', timeout: 10 });
  const { stored, notes } = await saver.save(made.data.tasks[0]!, result!, Number.NEGATIVE_INFINITY);
  expect(notes).toEqual([expect.stringMatching(/: stored, but not confirmed: .* time-out$/)]);
  expect(stored.size).toBe(1);
});
