// Runs split into shards and merged again: the same run comes out, whatever the order; and nothing wrong gets in.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/merge/faults.ts';
import { type Merged, mergeRuns } from '../../src/merge/merge.ts';
import type { ResultLine, RunLine, TaskLine } from '../../src/results/lines.ts';
import { readResults } from '../../src/results/read.ts';
import { linesOf, type MadeRun, madeRuns, writeLines } from '../results/runFile.ts';
import { scratch, tree } from '../store/support.ts';

const wholeRun = madeRuns({ whole: true });

/** The part of a run that one machine does; files have other paths there. */
function shardOf({ run, candidates, tasks }: MadeRun, index: number, of: number): MadeRun {
  const place = new Map(run.data.tasks.map((task, k) => [task, k]));
  return {
    run: {
      ...run,
      id: `2026013${index % 2}T00000000${index % 10}Z-00000${index % 10}`,
      started: `2026-01-3${index % 2}T00:00:00.00${index % 10}Z`,
      node: `v2${index % 3}.0.0`,
      batteries: run.batteries.map(({ file, digest }) => ({ file: `/machine${index}/${file}`, digest })),
      data: { ...run.data, name: `/machine${index}/data`, parts: [`/machine${index}/data`] },
      shard: { index, of },
    },
    candidates: candidates.map((candidate) => ({ ...candidate, source: `/machine${index}/${candidate.source}` })),
    tasks: tasks.filter(({ task }) => place.get(task)! % of === index - 1),
  };
}

function shardsOf(made: MadeRun, of: number): MadeRun[] {
  return Array.from({ length: of }, (_, k) => shardOf(made, k + 1, of));
}

/** Writes a run as it lies in the output folder of its machine; returns the file. */
function left(folder: string, made: MadeRun, lines: readonly ResultLine[] = linesOf(made)): string {
  const machine = join(folder, `machine${made.run.shard.index}`);
  return writeLines(join(machine, 'runs', made.run.id, 'results.jsonl'), lines);
}

/** The three ways to name a run. */
const naming = fc.constantFrom(
  (file: string) => file,
  (file: string) => dirname(file),
  (file: string) => dirname(dirname(dirname(file))),
);

async function merged(paths: readonly string[], out: string): Promise<Merged> {
  const result = await mergeRuns(paths, out);
  if ('faults' in result) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return result;
}

async function refused(paths: readonly string[], out: string): Promise<readonly Fault[]> {
  const result = await mergeRuns(paths, out);
  expect(tree(out)).toEqual([]);
  if (!('faults' in result)) throw new Error(`merged to ${result.folder}`);
  return result.faults;
}

function bytesOf({ folder }: Merged): string {
  return readFileSync(join(folder, 'results.jsonl'), 'utf8');
}

/** A run without what depends on when and where it was done. */
function timeless({ id: _id, merged: _merged, node: _node, started: _started, ...run }: RunLine): object {
  return { ...run, batteries: run.batteries.map(({ digest }) => digest), data: { ...run.data, name: '', parts: [] } };
}

const split = wholeRun.chain((made) =>
  fc.integer({ min: 1, max: 9 }).chain((of) =>
    fc.record({
      made: fc.constant(made),
      of: fc.constant(of),
      paths: fc.shuffledSubarray(
        Array.from({ length: of * 2 }, (_, k) => (k % of) + 1),
        { minLength: of * 2 },
      ),
      names: fc.array(naming, { minLength: of * 2, maxLength: of * 2 }),
    }),
  ),
);

test('random runs in random shards merge to the run that was not split, in any order, however often named', async () => {
  await fc.assert(
    fc.asyncProperty(split, async ({ made, of, paths, names }) => {
      const folder = scratch();
      const files = shardsOf(made, of).map((shard) => left(folder, shard));
      const first = await merged(files, join(folder, 'a'));
      const mixed = paths.map((index, k) => names[k]!(files[index - 1]!));
      const second = await merged(mixed, join(folder, 'b'));
      expect(bytesOf(second)).toBe(bytesOf(first));

      const results = readResults(join(first.folder, 'results.jsonl'));
      expect(timeless(results.run)).toEqual(timeless(made.run));
      expect(results.run.merged?.map(({ shard }) => shard.index)).toEqual(Array.from({ length: of }, (_, k) => k + 1));
      const sources = made.candidates.map((candidate) => ({ ...candidate, source: `/machine1/${candidate.source}` }));
      expect(results.candidates).toEqual(sources);
      const inOrder = new Map(made.tasks.map((line) => [line.task, line]));
      expect([...results.tasks()]).toEqual(made.run.data.tasks.map((task) => inOrder.get(task)));
      const summary = JSON.parse(JSON.stringify(linesOf(made).at(-1))) as { seconds: number; timing: object };
      expect(results.summary).toEqual({ ...summary, seconds: 1.5 * of, timing: { 'main.load_tasks': 0.25 * of } });
      expect(results.done.size).toBe(made.run.data.tasks.length);
    }),
    { numRuns: 40 },
  );
});

test('merging again, also with the merged run, gives the same file', async () => {
  await fc.assert(
    fc.asyncProperty(split, async ({ made, of, paths }) => {
      const folder = scratch();
      const files = shardsOf(made, of).map((shard) => left(folder, shard));
      const out = join(folder, 'out');
      const first = await merged(files, out);
      const bytes = bytesOf(first);
      const again = [files, [first.folder], [out], [...paths.slice(0, of).map((k) => files[k - 1]!), first.folder]];
      for (const sources of again) {
        const other = await merged(sources, out);
        expect(other.folder).toBe(first.folder);
        expect(bytesOf(other)).toBe(bytes);
      }
      expect(readdirSync(join(out, 'runs'))).toHaveLength(1);
      expect(tree(out)).toHaveLength(1);
    }),
    { numRuns: 20 },
  );
});

test('an output folder stands for all shards in it, and not for other runs', async () => {
  const [made] = fc.sample(wholeRun, { numRuns: 1, seed: 3 }) as [MadeRun];
  const folder = scratch();
  for (const { run, ...rest } of shardsOf(made, 3))
    left(folder, { run: { ...run, shard: { ...run.shard, index: 1 } }, ...rest });
  const place = (name: string): string => join(folder, 'machine1', 'runs', name, 'results.jsonl');
  for (const shard of shardsOf(made, 3)) writeLines(place(shard.run.id), linesOf(shard));
  const other = shardOf({ ...made, run: { ...made.run, engine: '0.0.9' } }, 1, 3);
  writeLines(
    place('20250101T000000000Z-000000'),
    linesOf({ ...other, run: { ...other.run, id: '20250101T000000000Z-000000' } }),
  );
  mkdirSync(dirname(place('20240101T000000000Z-000000')));
  writeFileSync(place('20240101T000000000Z-000000'), '{"schema":1,"type":"task"}\n');
  const { run } = await merged([join(folder, 'machine1')], join(folder, 'out'));
  expect(run.merged).toHaveLength(3);
});

/** A run of eight tasks. */
const [eight] = fc.sample(
  wholeRun.filter(({ run }) => run.data.tasks.length === 7),
  { numRuns: 1, seed: 5 },
) as [MadeRun];

describe('refused, and nothing is written', () => {
  test('tasks that are missing, with their shard', async () => {
    const folder = scratch();
    const [first, , third] = shardsOf(eight, 3).map((shard) => left(folder, shard));
    const faults = await refused([third!, first!], join(folder, 'out'));
    const tasks = eight.run.data.tasks.filter((_, k) => k % 3 === 1);
    const message = 'shard 2/3 is missing: no run has results of its tasks';
    expect(faults).toEqual([{ kind: 'missing', tasks, runs: [], message }]);
  });

  test('tasks that a shard has left out, the first of many by name', async () => {
    const folder = scratch();
    const run = { ...eight.run, data: { ...eight.run.data, tasks: Array.from({ length: 40 }, (_, k) => `t${k}`) } };
    const files = shardsOf({ ...eight, run, tasks: [] }, 2).map((shard) => left(folder, shard));
    const faults = await refused(files, join(folder, 'out'));
    const ids = (from: number): string[] => Array.from({ length: 20 }, (_, k) => `t${from + 2 * k}`);
    expect(faults).toEqual(
      [1, 2].map((index) => {
        const tasks = ids(index - 1);
        const named = `${tasks.slice(0, 10).join(', ')} and 10 more`;
        const message = `no run has results of tasks, which shard ${index}/2 has to do: ${named}`;
        return { kind: 'missing', tasks, runs: [], message };
      }),
    );
  });

  test('tasks whose files could not be written', async () => {
    const folder = scratch();
    const [first, second] = shardsOf(eight, 2) as [MadeRun, MadeRun];
    const tasks = second.tasks.map((line, k): TaskLine => (k === 1 ? { ...line, unsaved: true } : line));
    const files = [left(folder, first), left(folder, { ...second, tasks })];
    const { task } = tasks[1]!;
    const message = `with files that could not be written in ${files[1]}; batt run --resume goes on with them: ${task}`;
    expect(await refused(files, join(folder, 'out'))).toEqual([
      { kind: 'unfinished', tasks: [task], runs: [files[1]], message },
    ]);
  });

  test('tasks that were cut, and runs without an end', async () => {
    const folder = scratch();
    const [first, second] = shardsOf(eight, 2);
    const lines = linesOf(first!).map((line) => (line.type === 'task' ? { ...line, cut: 'deadline' as const } : line));
    const files = [left(folder, first!, lines), left(folder, second!, linesOf(second!).slice(0, -1))];
    const faults = await refused(files, join(folder, 'out'));
    expect(faults.map(({ kind, tasks, runs }) => ({ kind, tasks, runs }))).toEqual([
      { kind: 'unfinished', tasks: [], runs: [files[1]] },
      { kind: 'unfinished', tasks: first!.tasks.map(({ task }) => task), runs: [files[0]] },
    ]);
    for (const { message } of faults) expect(message).toContain('--resume');
  });

  test('a shard that two runs did, with equal results and with others', async () => {
    const folder = scratch();
    const [first, second] = shardsOf(eight, 2);
    const files = [left(folder, first!), left(folder, second!)];
    const twin = { ...second!, run: { ...second!.run, id: '20260131T000000009Z-abcdef' } };
    const faster = twin.tasks.map((line) => ({ ...line, timing: { 'main.run_batt': 0.5 }, backend: 'webgpu' }));
    const copy = left(join(folder, 'more'), twin, linesOf({ ...twin, tasks: faster }));
    const tasks = second!.tasks.map(({ task }) => task);
    expect(await refused([...files, copy], join(folder, 'out'))).toMatchObject([
      { kind: 'duplicate', tasks, runs: [files[1], copy] },
    ]);
    const [bad, ...good] = faster;
    left(join(folder, 'more'), twin, linesOf({ ...twin, tasks: [{ ...bad!, best: [] }, ...good] }));
    const faults = await refused([copy, ...files], join(folder, 'out'));
    expect(faults.map(({ kind, tasks }) => [kind, tasks.length])).toEqual([
      ...(bad!.best.length > 0 ? [['conflict', 1]] : []),
      ['duplicate', bad!.best.length > 0 ? tasks.length - 1 : tasks.length],
    ]);
  });

  test.each<[string, (run: RunLine) => RunLine, string]>([
    ['engine', (run) => ({ ...run, engine: '0.2.0' }), 'the version of batt: "0.1.0" in '],
    ['flags', (run) => ({ ...run, flags: { ...run.flags, extra: 7 } }), 'extra: null in '],
    ['batteries', (run) => ({ ...run, batteries: [{ file: 'x.py', digest: 'ff' }] }), 'the digests of the batteries: '],
    ['data', (run) => ({ ...run, data: { ...run.data, digest: 'ff' } }), 'the digest of the data: '],
    ['tasks', (run) => ({ ...run, data: { ...run.data, tasks: run.data.tasks.toReversed() } }), 'the tasks: '],
    [
      'counts',
      (run) => ({ ...run, counts: { ...run.counts, read: 99 + run.counts.read, invalid: 99 + run.counts.invalid } }),
      'the counts of candidates: ',
    ],
  ])('another %s', async (_, change, message) => {
    const folder = scratch();
    const [first, second] = shardsOf(eight, 2) as [MadeRun, MadeRun];
    const files = [left(folder, { ...second, run: change(second.run) }), left(folder, first)];
    const faults = await refused(files, join(folder, 'out'));
    expect(faults[0]).toMatchObject({ kind: 'differs', runs: files.toReversed() });
    expect(faults[0]!.message).toContain(message);
  });

  test('other candidates', async () => {
    const folder = scratch();
    const [first, second] = shardsOf(eight, 2) as [MadeRun, MadeRun];
    const candidates = second.candidates.map((row) => ({ ...row, size: row.size + 1 }));
    const files = [left(folder, first), left(folder, { ...second, candidates })];
    expect(await refused(files, join(folder, 'out'))).toMatchObject([
      { kind: 'differs', message: `candidate 0: not the same in ${files.join(' and ')}` },
    ]);
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The places of all figures and texts in a line. */
function leaves(value: Json, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function mutated(line: TaskLine, path: readonly string[]): TaskLine {
  const copy = structuredClone(line) as unknown as Record<string, Json>;
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, Json>, copy);
  const key = path.at(-1)!;
  const value = holder[key]!;
  holder[key] = typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : 1;
  return copy as unknown as TaskLine;
}

const mutation = wholeRun.chain((made) => {
  const places = made.tasks.flatMap((line, k) =>
    leaves(line as unknown as Json)
      .filter(([field]) => field !== 'schema' && field !== 'type')
      .map((path) => ({ k, path })),
  );
  return fc.record({ made: fc.constant(made), at: fc.constantFrom(...places), sameId: fc.boolean() });
});

test('any single changed figure of a shard is found beside a copy of it', async () => {
  await fc.assert(
    fc.asyncProperty(mutation, async ({ made, at: { k, path }, sameId }) => {
      const folder = scratch();
      const files = shardsOf(made, 2).map((shard) => left(folder, shard));
      const tasks = made.tasks.map((line, place) => (place === k ? mutated(line, path) : line));
      const changed = shardsOf(
        { ...made, tasks: tasks.map((line, place) => ({ ...line, task: made.tasks[place]!.task })) },
        2,
      )
        .map((shard) => ({
          ...shard,
          tasks: shard.tasks.map((line) => (line.task === made.tasks[k]!.task ? tasks[k]! : line)),
        }))
        .find((shard) => shard.tasks.includes(tasks[k]!))!;
      const id = sameId ? changed.run.id : '20260131T000000009Z-abcdef';
      const copy = left(join(folder, 'more'), { ...changed, run: { ...changed.run, id } });
      const found = await refused([...files, copy], join(folder, 'out')).catch((error: Error) => error);
      if (found instanceof Error) {
        expect(found.name).toBe('ResultsError');
        expect(found.message).toContain(copy);
      } else {
        const kinds = found.filter(({ tasks }) => tasks.includes(made.tasks[k]!.task)).map(({ kind }) => kind);
        const isTime = ['timing', 'backend', 'device'].includes(path[0]!) || path.at(-1) === 't_log';
        expect(kinds).toEqual([isTime && !sameId ? 'duplicate' : 'conflict']);
      }
    }),
    { numRuns: 150 },
  );
});

test('lines that do not add up are named with their file', async () => {
  const folder = scratch();
  const [first, second] = shardsOf(eight, 2) as [MadeRun, MadeRun];
  const [line, ...rest] = second.tasks;
  const { length } = line!.scores.demo;
  const scores = { ...line!.scores, demo: [...line!.scores.demo, 0] };
  const files = [left(folder, first), left(folder, { ...second, tasks: [{ ...line!, scores }, ...rest] })];
  await expect(mergeRuns(files, join(folder, 'out'))).rejects.toThrow(
    `${files[1]}:3: scores.demo: found a list of ${length + 1}, expected ${length} entries, one for each scored candidate`,
  );
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('a run that is named more than once is noted', async () => {
  const folder = scratch();
  const [first, second] = shardsOf(eight, 2).map((shard) => left(folder, shard)) as [string, string];
  const copy = join(folder, 'copy', 'results.jsonl');
  cpSync(dirname(second), dirname(copy), { recursive: true });
  const { notes } = await merged([first, second, copy, dirname(first), first], join(folder, 'out'));
  expect(notes).toEqual([
    `${first}: named 3 times, taken once`,
    `${second} and ${copy}: copies of run ${readResults(copy).run.id}, taken once`,
  ]);
  expect((await merged([first, second], join(folder, 'again'))).notes).toEqual([]);
});

test('a copy that stopped earlier adds nothing', async () => {
  const folder = scratch();
  const shards = shardsOf(eight, 2);
  const files = shards.map((shard) => left(folder, shard));
  const early = left(join(folder, 'early'), shards[0]!, linesOf(shards[0]!).slice(0, 3));
  cpSync(dirname(files[1]!), join(folder, 'copy'), { recursive: true });
  const one = await merged(files, join(folder, 'a'));
  const two = await merged([early, ...files, join(folder, 'copy')], join(folder, 'b'));
  expect(bytesOf(two)).toBe(bytesOf(one));
});
