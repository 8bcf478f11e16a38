// Damaged results: whatever is wrong with a line is said with its file, line and place, and nothing else happens.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_USAGE, explain } from '../../src/cli/exit.ts';
import { mergeRuns } from '../../src/merge/merge.ts';
import { reportPage } from '../../src/report/html/page.ts';
import { readRunTasks } from '../../src/report/html/runTasks.ts';
import { exportRun } from '../../src/results/export/export.ts';
import { findRun, runsIn } from '../../src/results/find.ts';
import type { TaskLine } from '../../src/results/lines.ts';
import { ResultsError, readResults } from '../../src/results/read.ts';
import { tasksOf } from '../../src/submit/data.ts';
import { submissionOf, submissionText } from '../../src/submit/submission.ts';
import { madeTasks, writeRun, writeTasks } from '../report/htmlRun.ts';
import { scratch } from '../store/support.ts';
import { linesIn, resultsText } from './sealedLines.ts';

type Json = null | boolean | number | string | Json[] | JsonObject;
type JsonObject = { [key: string]: Json };
type Path = readonly (string | number)[];

const home = mkdtempSync(join(tmpdir(), 'batt-damaged-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The lines of a run with all that a line may have: 0 run, 1 candidates, 2 to 4 tasks, 5 saving, 6 summary. */
let lines: readonly JsonObject[];
let bytes: Buffer;

beforeAll(() => {
  const data = join(home, 'data');
  const tasks = madeTasks(3, 4);
  writeTasks(data, tasks);
  const more: Partial<TaskLine> = {
    unlinked: [{ reason: '32-file rule', candidates: [1] }],
    differs: [{ name: 'differ', md5: null, iz: { solver_0: 1 }, zo: {} }],
    attempts: [[{ grid: '01/23', demo: 3, votes: 2, size: 4, candidate: 0 }]],
    stored: [{ candidate: 2, md5: 'ab', peer_md5: 'cd', form: 'source', t_log: 15 }],
    failures: ['lost'],
    notes: ['worth knowing'],
    fellBack: { from: 'webgpu', to: 'cpu', reason: 'lost' },
  };
  const run = writeRun(join(home, 'out'), data, tasks, {
    run: {
      merged: [1, 2].map((index) => ({
        id: `r${index}`,
        started: '2026-01-31T12:00:00.000Z',
        node: 'v20',
        shard: { index, of: 2 },
      })),
      strays: [{ file: 'b.py', line: 3, column: 1, reason: 'found x' }],
    },
    lines: { t0001: more },
  });
  const made = linesIn(readFileSync(join(run, 'results.jsonl'), 'utf8'));
  made.splice(5, 0, { schema: 4, type: 'saving', task: 't0001', lowest: 3 });
  lines = made as JsonObject[];
  bytes = Buffer.from(resultsText(lines));
});

/** All places in a value, those of lists and objects too. */
function places(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const inner = value as Record<string | number, Json>;
  return [path, ...keys.flatMap((key: string | number) => places(inner[key]!, [...path, key]))];
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as Record<string | number, Json>)[key]!, value);
}

/** The lines with one value in another's place; undefined: left out. */
function changed(path: Path, value: Json | undefined): Json[] {
  const copy = structuredClone(lines) as Json[];
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, Json>;
  const key = path.at(-1)!;
  if (value !== undefined) holder[key] = value;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return copy;
}

function written(content: Buffer | string): string {
  const file = join(scratch(), 'results.jsonl');
  writeFileSync(file, content);
  return file;
}

function readAll(file: string): void {
  for (const _ of readResults(file).tasks());
}

/** What reading says after `file:`. */
function said(content: Buffer | string): string {
  const file = written(content);
  try {
    readAll(file);
  } catch (error) {
    expect(error).toBeInstanceOf(ResultsError);
    expect((error as Error).message.startsWith(`${file}:`)).toBe(true);
    return (error as Error).message.slice(file.length + 1);
  }
  throw new Error('read without an error');
}

/** A place as messages name it. */
function nameOf([line, ...path]: Path): string {
  const words = path.map((key, k) => {
    if (typeof key === 'number') return `[${key}]`;
    return ['verdicts', 'timing'].includes(String(path[k - 1])) ? `["${key}"]` : `.${key}`;
  });
  return `${Number(line) + 1}: ${words.join('').slice(1)}`;
}

test('the run that is damaged here is whole', () => {
  const results = readResults(written(bytes));
  expect([...results.tasks()]).toEqual(lines.filter(({ type }) => type === 'task'));
  expect(results.candidates).toHaveLength(12);
  expect(results.summary).toEqual(lines.at(-1));
});

describe('every line is checked to its last field', () => {
  test('a value of another type is named with its place', () => {
    for (const path of places(lines as Json[]).filter(({ length }) => length > 1)) {
      const value = at(lines as Json[], path);
      const message = said(resultsText(changed(path, typeof value === 'object' && value !== null ? 5 : [5])));
      const last = path.at(-1)!;
      if (last === 'type') expect(message).toMatch(/^\d: found type a list of 1, expected "/);
      else if (last === 'schema') expect(message).toMatch(/^\d: found schema a list of 1, expected 4$/);
      else {
        expect(message.startsWith(`${Number(path[0]) + 1}: `)).toBe(true);
        expect(message).toContain(typeof last === 'number' ? `[${last}]` : last);
        expect(message).toMatch(/: found (5|a list of 1), expected /);
      }
    }
  });

  test('a field that is missing is named, but for those that may be', () => {
    const optional = ['stored', 'unlinked', 'differs', 'attempts', 'shown', 'failures', 'notes', 'fellBack'];
    const mayLack = ([line, ...path]: Path): boolean => {
      const [last, holder] = path.toReversed();
      if (typeof last !== 'string' || ['merged', 'peer_md5', 'form'].includes(last)) return true;
      if (['flags', 'timing', 'verdicts', 'iz', 'zo'].includes(String(holder))) return true;
      return line !== 0 && path.length === 1 && optional.includes(last);
    };
    for (const path of places(lines as Json[]).filter((path) => path.length > 1 && !mayLack(path))) {
      expect(said(resultsText(changed(path, undefined))).startsWith(`${Number(path[0]) + 1}: `)).toBe(true);
    }
  });

  test.each<[Path, Json, string]>([
    [[2, 'best', 0], 999, 'the number of one of the 12 candidates'],
    [[3, 'shown', 0, 'candidate'], 12, 'the number of one of the 12 candidates'],
    [[3, 'stored', 0, 'candidate'], 12, 'the number of one of the 12 candidates'],
    [[3, 'attempts', 0, 0, 'candidate'], 12, 'the number of one of the 12 candidates'],
    [[2, 'scores', 'verdicts', 3], 2, 'a number below 2 (places in kinds)'],
    [[2, 'scores', 'demo', 3], 4, 'a number below 4 (known demos)'],
    [[2, 'scores', 'test', 3], 2, 'a number below 2 (known tests)'],
    [[2, 'scores', 'cells', 3], 1.5, 'a number 0..1'],
    [[2, 'scores', 'cells'], [1], '12 entries, one for each scored candidate'],
    [[2, 'known', 0], 4, '3 at most: the demos'],
    [[2, 'demos'], 1e9, '1000000001, one for each sample'],
    [[2, 'counts', 'read'], 1e39, 'an integer 0..2147483647'],
    [[2, 'counts', 'scored'], -1, 'an integer 0..2147483647'],
    [[2, 'verdicts', 'ok'], 400, '4, as in scores'],
    [[2, 'timing', 'main.run_batt'], 1e308, 'a number 0..'],
    [[2, 'cut'], 'soon', '"deadline"'],
    [[2, 'unsaved'], false, 'true'],
    [[3, 'stored', 0, 'form'], 'long', '"source" or "guarded"'],
    [[3, 'attempts', 0, 0, 'grid'], 'f', 'the text of a grid of colours 0..9'],
    [[2, 'shown', 0, 'outputs', 0], '8x<b>/..', 'the text of a grid or null'],
    [[2, 'shown', 0, 'outputs', 0], '12/3', 'the text of a grid or null'],
    [[2, 'shown', 0, 'outputs'], ['1'], '4 grids, one for each sample'],
    [[0, 'shard', 'index'], 5, '1 at most: the number of shards'],
    [[0, 'shard', 'of'], 0, 'an integer 1..2147483647'],
    [[0, 'merged', 1, 'shard', 'index'], 5, '2 at most: the number of shards'],
    [[0, 'merged'], [], 'the runs that it was made of'],
    [[0, 'started'], '2026-13-31T12:00:00.000Z', 'a time such as'],
    [[0, 'data', 'tasks', 1], 't0000', 'each task once'],
    [[0, 'strays', 0, 'line'], 0.5, 'an integer 0..2147483647'],
    [[0, 'counts', 'read'], 99999, '15, the sum of the others'],
    [[2, 'counts', 'read'], 99999, '15, the sum of the others'],
    [[0, 'data', 'parts'], [], 'the places of the data'],
  ])('%j: %j', (path, value, expected) => {
    const message = said(resultsText(changed(path, value)));
    expect(message).toContain(`, expected ${expected}`);
    if (path.at(-1) !== 'demos') expect(message.startsWith(`${nameOf(path)}: found `)).toBe(true);
  });

  test('a version of results that is another, or none, on any line', () => {
    for (const line of lines.keys()) {
      for (const schema of [0, 1, 2, 3.5, null, '3']) {
        const message = `${line + 1}: found schema ${JSON.stringify(schema)}, expected 4`;
        expect(said(resultsText(changed([line, 'schema'], schema)))).toBe(message);
      }
      expect(said(resultsText(changed([line, 'schema'], undefined)))).toBe(
        `${line + 1}: found schema nothing, expected 4`,
      );
    }
  });

  test('tasks that are not of the run, or of another shard', () => {
    for (const line of [2, 5]) {
      const message = `${line + 1}: task: found "x", expected a task of the run's own list`;
      expect(said(resultsText(changed([line, 'task'], 'x')))).toBe(message);
    }
    expect(said(resultsText(changed([0, 'shard'], { index: 1, of: 2 })))).toBe(
      `4: task: found "t0001", expected a task of the run's shard`,
    );
  });
});

describe('bytes', () => {
  test('that are not UTF-8', () => {
    expect(said(Buffer.concat([bytes, Buffer.of(0xff, 10)]))).toBe(
      '8: found bytes that are not UTF-8, expected a line of JSON',
    );
  });

  test('that a terminal would obey are written as escapes', () => {
    const message = said(`${resultsText(lines.slice(0, 1))}\x1b[31m\0{"a":\u202e}\n`);
    expect(message).toMatch(/^2: expected a line of JSON: /);
    expect(message).toContain('\\u001b[31m');
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const named = said(resultsText(changed([2, 'task'], 'a\x1b[31m\u009b')));
    expect(named).toContain('found "a\\u001b[31m\\u009b", expected');
  });

  test('of a line that no text can hold', () => {
    const file = written(bytes);
    truncateSync(file, 600 * 2 ** 20);
    appendFileSync(file, '\n');
    expect(() => readResults(file)).toThrow(/results\.jsonl:8: found a line of more than \d+ bytes, expected/);
  });
});

describe('any damage is noticed', () => {
  /** The lines of the whole run as they stand in the file. */
  const whole = (): string[] => bytes.toString('utf8').trimEnd().split('\n');
  const text = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

  test('any other byte in any place', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const content = Buffer.from(bytes);
        content[place] = content[place]! ^ change;
        expect(said(content)).toMatch(/^[1-7]: /);
      }),
      { numRuns: 1000 },
    );
  });

  test('a line that is lost, there twice, or in another place', () => {
    for (let k = 0; k < 6; k++) {
      const lost = whole();
      const [line] = lost.splice(k, 1);
      expect(said(text(lost))).toMatch(new RegExp(`^${k + 1}: `));
      const twice = whole();
      twice.splice(k, 0, line!);
      expect(said(text(twice))).toMatch(new RegExp(`^${k + 2}: `));
    }
    const swapped = whole();
    [swapped[2], swapped[3]] = [swapped[3]!, swapped[2]!];
    expect(said(text(swapped))).toBe('3: found line 4 of the run, expected line 3');
  });

  test('damage that is passed over takes its own tasks only', () => {
    const tasks = lines.flatMap(({ type, task }, k) => (type === 'task' ? [[k, task] as const] : []));
    fc.assert(
      fc.property(fc.subarray(tasks), fc.constantFrom('changed', 'lost', 'cut'), (hit, how) => {
        const all = whole();
        for (const [k] of hit) all[k] = how === 'cut' ? all[k]!.slice(0, -7) : all[k]!.replace('"demos":', '"demos":1');
        const places = hit.map(([k]) => k);
        const left = how === 'lost' ? all.filter((_, k) => !places.includes(k)) : all;
        const results = readResults(written(text(left)), { skipDamaged: true });
        expect(results.damage.length > 0).toBe(hit.length > 0);
        const gone = hit.map(([, task]) => task);
        expect([...results.tasks()]).toEqual(lines.filter(({ type, task }) => type === 'task' && !gone.includes(task)));
        if (hit.length > 0) expect(results.summary).toBeUndefined();
      }),
    );
  });

  test('a line too many, twice or in another place loses no task', () => {
    const all = whole();
    const tasks = lines.filter(({ type }) => type === 'task');
    const changes: string[][] = [
      [...all.slice(0, 3), '', ...all.slice(3)],
      [...all.slice(0, 3), 'null', '\0\0', ...all.slice(3)],
      [...all.slice(0, 4), ...all.slice(3)],
      [...all.slice(0, 2), all[3]!, all[2]!, ...all.slice(4)],
    ];
    for (const change of changes) {
      const results = readResults(written(text(change)), { skipDamaged: true });
      expect(results.damage.length).toBeGreaterThan(0);
      expect([...results.tasks()]).toEqual(tasks);
    }
  });

  test('in any line of candidates it cannot be passed over', () => {
    const rows = lines[1]!.rows as unknown[];
    const halves = [
      { ...lines[1], rows: rows.slice(0, 6) },
      { ...lines[1], first: 6, rows: rows.slice(6) },
    ];
    const all = resultsText([lines[0], ...halves, ...lines.slice(2)])
      .trimEnd()
      .split('\n');
    expect(readResults(written(text(all))).candidates).toHaveLength(12);
    all[2] = all[2]!.replace('"first"', '"f1rst"');
    expect(() => readResults(written(text(all)), { skipDamaged: true })).toThrow(/:3: found the checksum/);
  });

  test('in the lines before the tasks it cannot be passed over', () => {
    for (const k of [0, 1]) {
      const all = whole();
      all[k] = all[k]!.replace('"schema"', '"sch3ma"');
      expect(() => readResults(written(text(all)), { skipDamaged: true })).toThrow(ResultsError);
    }
  });
});

test('results that are a folder or a pipe, or lie where nothing can be read', () => {
  const folder = scratch();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(() => readResults(join(folder, 'pipe'))).toThrow('pipe: cannot be read: it is a pipe, expected a file');
  mkdirSync(join(folder, 'results.jsonl'));
  const { results } = findRun(folder);
  expect(() => readResults(results)).toThrow(`${results}: cannot be read: it is a folder, expected a file`);
  writeFileSync(join(folder, 'runs'), '');
  expect(() => runsIn(folder)).toThrow(`${folder}/runs: cannot be read: ENOTDIR`);
  expect(() => findRun(join(folder, 'x'.repeat(300)))).toThrow('xxx: cannot be read: ENAMETOOLONG');
});

const WRONG: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  -1,
  0,
  0.5,
  2,
  1e9,
  1e39,
  9007199254740992,
  '',
  'x',
  '__proto__',
  [],
  [[[]]],
  [null],
  {},
  { a: 1 },
];

/** Results with one thing changed. */
function mutations(): fc.Arbitrary<Buffer> {
  const all = places(lines as Json[]).filter(({ length }) => length > 0);
  const place = fc.nat(bytes.length - 1);
  return fc
    .oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.constantFrom(...all), fc.constantFrom(...WRONG))
          .map(([path, value]) => resultsText(changed(path, value))),
      },
      fc
        .tuple(fc.constantFrom(...all), fc.double({ noNaN: true, noDefaultInfinity: true }))
        .map(([path, value]) => resultsText(changed(path, value))),
      fc
        .tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1))
        .map(([from, to]) => resultsText([...lines.slice(0, to), lines[from]!, ...lines.slice(to)])),
      place.map((end) => bytes.subarray(0, end)),
      fc.tuple(place, fc.nat(255)).map(([k, byte]) => {
        const copy = Buffer.from(bytes);
        copy[k] = byte;
        return copy;
      }),
    )
    .map((content) => Buffer.from(content));
}

/** Ends well, or with an error that the user can do something about; one of the results names file and line. */
async function endsWell(file: string, use: () => unknown): Promise<void> {
  try {
    await use();
  } catch (error) {
    expect(explain(error, true), (error as Error).stack).toMatchObject({ code: EXIT_USAGE });
    if (!(error instanceof ResultsError)) return;
    const isEmpty = error.message === `${file}: found no whole line, expected the results of a run`;
    if (!isEmpty) expect(error.message).toMatch(new RegExp(`^${file}:\\d+: `));
  }
}

test('any single change is an error with its line, or leaves results that everything can read', async () => {
  await fc.assert(
    fc.asyncProperty(mutations(), async (content) => {
      const folder = scratch();
      const file = join(folder, 'results.jsonl');
      writeFileSync(file, content);
      await endsWell(file, () => readAll(file));
      await endsWell(file, () => exportRun(readResults(file), join(folder, 'csv'), { format: 'csv', times: true }));
      await endsWell(file, () => mergeRuns([file], join(folder, 'out')));
      await endsWell(file, () => {
        const results = readResults(file);
        return reportPage(results, readRunTasks(results.run));
      });
      await endsWell(file, () => {
        const results = readResults(file);
        return submissionText(submissionOf(results, tasksOf(results.run, [])));
      });
    }),
    { numRuns: 400 },
  );
});
