// A run as a library does it: events in order, kept in a folder, interrupted, gone on with.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { decidingFlags, type RunPlan } from '../../src/pipeline/plan.ts';
import { type RunEvent, runBatteries } from '../../src/pipeline/run.ts';

const plan: RunPlan = { timeout: 10, firstMismatch: false, backend: { name: 'wasm' }, jobs: 1 };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'batt-run-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function events(more: Partial<RunPlan> = {}, on: (event: RunEvent) => void = () => {}): Promise<RunEvent[]> {
  const found: RunEvent[] = [];
  for await (const event of runBatteries({ ...plan, ...more })) {
    found.push(event);
    on(event);
  }
  return found;
}

/** What a run found, without times. */
function results(found: readonly RunEvent[]): object[] {
  return found.flatMap((event) => {
    if (event.type !== 'task') return [];
    const { timing: _, stored, ...line } = event.line;
    return [{ ...line, stored: stored?.map(({ t_log: _, ...file }) => file) }];
  });
}

test('the bundled run: read, begun, a task each, ended', async () => {
  const samples: number[] = [];
  const found: RunEvent[] = [];
  for await (const event of runBatteries(plan, (done) => samples.push(done))) found.push(event);
  const types = found.map(({ type }) => type);
  expect(types).toEqual(['read', 'begun', ...Array.from({ length: 14 }, () => 'task'), 'ended']);
  expect(found.at(-1)).toMatchObject({
    by: 'itself',
    tasks: 14,
    of: 14,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const begun = found[1]!;
  if (begun.type !== 'begun') throw new Error('no begun event');
  expect(samples.at(-1)).toBe(begun.work.samples);
  expect([begun.totals.tasks, begun.totals.solved]).toEqual([14, 12]);
});

test('an aborted run is gone on with, and ends as one that was left alone', async () => {
  const out = folder();
  const abort = new AbortController();
  const first = await events({ out, signal: abort.signal }, ({ type }) => {
    if (type === 'task') abort.abort();
  });
  expect(first.at(-1)).toMatchObject({ type: 'ended', by: 'interrupted', of: 14 });
  const done = first.filter(({ type }) => type === 'task').length;
  expect(done).toBeLessThan(14);
  const second = await events({ out, resume: true });
  expect(second[1]).toMatchObject({ type: 'begun', resumed: true, work: { tasks: 14 - done } });
  const before = second.filter((event) => event.type === 'task' && event.before);
  expect(before.length).toBe(done);
  expect(results(second)).toEqual(results(await events({ out: folder() })));
});

test('a run that is left in the middle lets go of its folder', async () => {
  const out = folder();
  for await (const { type } of runBatteries({ ...plan, out })) if (type === 'task') break;
  expect(readdirSync(join(out, 'runs')).length).toBe(1);
  expect((await events({ out, resume: true })).at(-1)).toMatchObject({ by: 'itself', tasks: 14 });
});

test('each deciding option keeps another run from being gone on with', async () => {
  const out = folder();
  await events({ out });
  const others: Partial<RunPlan>[] = [
    { timeout: 9 },
    { budget: 5 },
    { dialect: 'sic' },
    { compat: 'p4' },
    { firstMismatch: true },
    { save: 'none' },
  ];
  for (const other of others) {
    const [option] = Object.keys(other);
    await expect(events({ out, resume: true, ...other }), option).rejects.toThrow('is a run of something else');
  }
  expect(others.length).toBe(Object.keys(decidingFlags(plan)).length);
});

test('nothing to do is an error that says why', async () => {
  await expect(events({ selection: { start: 14 } })).rejects.toThrow('-s 14: no task is left of bundled');
  await expect(events({ shard: { index: 15, of: 15 } })).rejects.toThrow('--shard 15/15: there are 14 tasks');
  await expect(events({ resume: true })).rejects.toThrow('--resume: nothing is kept of this run');
});
