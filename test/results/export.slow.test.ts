// Exports of random runs, read back; equal work gives equal files; and nothing half-written.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EXPORT_FORMATS, type ExportFormat, exportRun } from '../../src/results/export/export.ts';
import type { ResultLine } from '../../src/results/lines.ts';
import { readResults } from '../../src/results/read.ts';
import { scratch } from '../store/support.ts';
import { asTexts, duckdb, expectedTables, readCsv, readJsonl, readSql, type Tables } from './exportTables.ts';
import { linesOf, type MadeRun, madeRuns, writeLines } from './runFile.ts';

const formats = EXPORT_FORMATS.filter((format) => duckdb !== undefined || format === 'csv' || format === 'jsonl');
const anyRun = madeRuns({ whole: false });

async function exported(lines: readonly ResultLine[], format: ExportFormat, times: boolean): Promise<string> {
  const folder = scratch();
  const results = readResults(writeLines(join(folder, 'results.jsonl'), lines));
  const out = join(folder, 'export');
  await exportRun(results, out, { format, times });
  return out;
}

function readBack(folder: string, format: ExportFormat, tables: readonly string[]): Tables | Promise<Tables> {
  if (format === 'csv') return readCsv(folder, tables);
  if (format === 'jsonl') return readJsonl(folder, tables);
  if (format === 'duckdb') return readSql(duckdb!, join(folder, 'results.duckdb'), tables, (table) => `"${table}"`);
  return readSql(duckdb!, ':memory:', tables, (table) => `'${join(folder, `${table}.parquet`)}'`);
}

function call(command: string, ...values: string[]): void {
  execFileSync(command, values, { stdio: 'ignore' });
}

/** The files of a folder with their content. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

test.each(formats)('%s: what is read back is what the lines say', async (format) => {
  await fc.assert(
    fc.asyncProperty(anyRun, fc.boolean(), async (made, finished) => {
      const lines = linesOf(made);
      const out = await exported(finished ? lines : lines.slice(0, -1), format, true);
      const expected = expectedTables(made, finished);
      const found = await readBack(out, format, Object.keys(expected));
      expect(found).toEqual(format === 'csv' ? asTexts(expected) : expected);
      const names = Object.keys(expected).map((table) => `${table}.${format}`);
      expect(readdirSync(out).sort()).toEqual(format === 'duckdb' ? ['results.duckdb'] : names.sort());
    }),
    { numRuns: format === 'csv' || format === 'jsonl' ? 30 : 6 },
  );
});

test('CSV: ids that look like formulas are texts in a spreadsheet', async () => {
  const [made] = fc.sample(madeRuns({ whole: true }), 1);
  const ids = ['=1+1', '@SUM(1)', '-2', '+3', '\tx', 'plain=1'];
  const candidates = ids.map((solver_id) => ({ ...made!.candidates[0]!, solver_id }));
  const out = await exported(linesOf({ ...made!, candidates, tasks: [] }).slice(0, 2), 'csv', true);
  const rows = readFileSync(join(out, 'candidates.csv'), 'utf8').split('\n');
  for (const id of ids.slice(0, 5)) expect(rows.some((row) => row.includes(`'${id}`))).toBe(true);
  expect(rows.some((row) => row.includes("'plain"))).toBe(false);
});

/** The same work at another time, elsewhere, stopped and gone on with. */
function again({ run, candidates, tasks }: MadeRun): MadeRun {
  return {
    run: { ...run, id: '20270101T000000000Z-ffffff', node: 'v24.1.0', started: '2027-01-01T00:00:00.000Z' },
    candidates,
    tasks: tasks.map((line) => ({
      ...line,
      ...(line.stored === undefined ? {} : { stored: line.stored.map((file) => ({ ...file, t_log: file.t_log + 1 })) }),
      timing: { 'main.run_batt': 99 },
      backend: 'webgpu',
      device: 'another',
      fellBack: { from: 'webgpu', to: 'wasm', reason: 'it was lost' },
    })),
  };
}

/** The lines of a run that was cut by a deadline, killed in the middle of a line, and resumed. */
function resumed(made: MadeRun): ResultLine[] {
  const [run, candidates, ...rest] = linesOf(made);
  const done = made.tasks.filter(({ cut }) => cut === undefined);
  const cut = done.slice(0, 1).map((line) => ({ ...line, best: [], cut: 'deadline' as const }));
  const summary = { ...(rest.at(-1) as ResultLine), seconds: 77, timing: { 'main.load_tasks': 88 } };
  const others = rest.slice(0, -1).reverse();
  return [run!, candidates!, ...cut, summary as ResultLine, ...others, summary as ResultLine];
}

test.each(formats)('%s: equal work gives equal files without times', async (format) => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (made) => {
      const first = await exported(linesOf(made), format, false);
      const second = await exported(resumed(again(made)), format, false);
      if (format === 'duckdb') {
        const { timings: _, ...tables } = expectedTables(made, true);
        const names = Object.keys(tables);
        expect(await readBack(first, format, names)).toEqual(await readBack(second, format, names));
      } else {
        expect(contents(first)).toEqual(contents(second));
        expect(readdirSync(first)).not.toContain(`timings.${format}`);
      }
    }),
    { numRuns: format === 'csv' || format === 'jsonl' ? 15 : 4 },
  );
});

const [sample] = fc.sample(madeRuns({ whole: true }), { numRuns: 1, seed: 7 }) as [MadeRun];

test('without times nothing is left that two runs of the same work differ in', async () => {
  const out = await exported(linesOf(sample), 'jsonl', false);
  const { runs, tasks, scores } = readJsonl(out, ['runs', 'tasks', 'scores']);
  for (const name of ['run', 'started', 'seconds', 'node']) expect(runs![0]).not.toHaveProperty(name);
  for (const name of ['backend', 'device', 'fell_back']) expect(tasks![0]).not.toHaveProperty(name);
  for (const row of scores!) expect(row).not.toHaveProperty('t_log');
});

test('an export takes the place of an earlier one, and of the tables that it leaves out', async () => {
  const folder = scratch();
  const results = readResults(writeLines(join(folder, 'results.jsonl'), linesOf(sample)));
  writeFileSync(join(folder, 'runs.csv'), 'old');
  writeFileSync(join(folder, 'other.csv'), 'theirs');
  await exportRun(results, folder, { format: 'csv', times: true });
  expect(readFileSync(join(folder, 'runs.csv'), 'utf8')).toMatch(/^run,started,/);
  expect(readdirSync(folder)).toContain('timings.csv');
  await exportRun(results, folder, { format: 'csv', times: false });
  expect(readFileSync(join(folder, 'runs.csv'), 'utf8')).toMatch(/^engine,/);
  expect(readdirSync(folder)).not.toContain('timings.csv');
  expect(readFileSync(join(folder, 'other.csv'), 'utf8')).toBe('theirs');
});

describe.each(formats)('%s: an export that fails leaves the one before as it was', (format) => {
  test('when the results are damaged meanwhile', async () => {
    const folder = scratch();
    const file = writeLines(join(folder, 'results.jsonl'), linesOf(sample));
    const out = join(folder, 'export');
    await exportRun(readResults(file), out, { format, times: true });
    cpSync(out, join(folder, 'before'), { recursive: true });
    const results = readResults(file);
    truncateSync(file, results.size - 800);
    await expect(exportRun(results, out, { format, times: true })).rejects.toThrow(
      new RegExp(`^${file}:\\d+: the file was cut short meanwhile$`),
    );
    expect(contents(out)).toEqual(contents(join(folder, 'before')));
  });

  test('where the folder is a file', async () => {
    const folder = scratch();
    const results = readResults(writeLines(join(folder, 'results.jsonl'), linesOf(sample)));
    writeFileSync(join(folder, 'export'), 'mine');
    await expect(exportRun(results, join(folder, 'export'), { format, times: true })).rejects.toThrow(
      `${folder}/export: cannot write the export: ${folder}/export is a file, not a folder`,
    );
    expect(readFileSync(join(folder, 'export'), 'utf8')).toBe('mine');
  });

  test('on a disk that is full', async () => {
    const disk = join(scratch(), 'disk');
    mkdirSync(disk);
    try {
      call('mount', '-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', disk);
    } catch {
      console.log('left out: the full file system, as this user cannot mount one');
      return;
    }
    onTestFinished(() => call('umount', disk));
    const notes = Array.from({ length: 4000 }, (_, k) => `${Math.sin(k)}`);
    const lines = linesOf({ ...sample, tasks: sample.tasks.map((line) => ({ ...line, notes })) });
    const results = readResults(writeLines(join(scratch(), 'results.jsonl'), lines));
    writeFileSync(join(disk, 'messages.csv'), 'before');
    const error: unknown = await exportRun(results, disk, { format, times: true }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'StoreError', path: disk });
    expect(String(error)).toMatch(/no space|not enough (disk )?space/i);
    expect(contents(disk)).toEqual({ 'messages.csv': 'before' });
  });
});
