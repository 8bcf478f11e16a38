// `batt export` on real runs: what is printed, what the files hold, exit codes.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findRun } from '../../src/results/find.ts';
import { readResults } from '../../src/results/read.ts';
import { isSolved } from '../../src/results/rows.ts';
import { duckdb, readJsonl } from '../results/exportTables.ts';
import { batteryFile, useBatt } from './command.ts';

const batt = useBatt();
const bundled = ['run', '-b', batteryFile, '--data', 'bundled', '--quiet'];

beforeAll(() => {
  for (const out of ['one', 'two']) expect(batt.run([...bundled, '--out', out]).code).toBe(0);
});

function contents(folder: string): Record<string, string> {
  const at = join(batt.folder, folder);
  return Object.fromEntries(readdirSync(at).map((name) => [name, readFileSync(join(at, name), 'latin1')]));
}

test('tables go into the folder of the run, and are listed', () => {
  const { code, stdout } = batt.run(['export', 'one', '--format', 'jsonl']);
  expect(code).toBe(0);
  const { results } = findRun(join(batt.folder, 'one'));
  const folder = join(dirname(results), 'export');
  const { run, tasks } = readResults(results);
  const lines = [...tasks()];
  expect(stdout).toMatch(new RegExp(`^tasks +14  one/runs/${run.id}/export/tasks.jsonl$`, 'm'));
  const found = readJsonl(folder, ['tasks', 'scores', 'verdicts', 'runs', 'timings']);
  expect(found.runs).toMatchObject([{ run: run.id, finished: true, shard: 1, shards: 1, data: 'bundled' }]);
  expect(found.tasks!.filter(({ solved }) => solved).map(({ task }) => task)).toEqual(
    lines.filter(isSolved).map(({ task }) => task),
  );
  expect(found.scores).toHaveLength(lines.reduce((sum, { counts }) => sum + counts.scored, 0));
  const samples = found.verdicts!.reduce((sum, row) => sum + Number(row.samples), 0);
  expect(samples).toBe(lines.reduce((sum, { counts, demos, tests }) => sum + counts.scored * (demos + tests), 0));
  expect(found.timings!.length).toBeGreaterThan(lines.length);
});

test.each(['csv', 'jsonl', 'parquet'])('%s: two runs of the same work give the same files without times', (format) => {
  if (format === 'parquet' && duckdb === undefined) return;
  for (const run of ['one', 'two']) {
    const { code } = batt.run(['export', run, '--format', format, '--no-times', '-o', `${run}.${format}`]);
    expect(code).toBe(0);
  }
  const one = contents(`one.${format}`);
  expect(Object.keys(one).length).toBeGreaterThan(10);
  expect(contents(`two.${format}`)).toEqual(one);
});

test('a run that was stopped and gone on with gives the same files, on another backend, too', () => {
  const { results } = findRun(join(batt.folder, 'one'));
  const lines = readFileSync(results, 'utf8').split('\n');
  for (const [name, backend] of [
    ['stopped', 'wasm'],
    ['elsewhere', 'cpu'],
  ] as const) {
    cpSync(join(batt.folder, 'one'), join(batt.folder, name), { recursive: true });
    writeFileSync(
      findRun(join(batt.folder, name)).results,
      `${lines.slice(0, 6).join('\n')}\n${lines[6]!.slice(0, 50)}`,
    );
    expect(batt.run([...bundled, '--out', name, '--resume', '--backend', backend]).code).toBe(0);
    expect(batt.run(['export', name, '--format', 'csv', '--no-times', '-o', `${name}.out`]).code).toBe(0);
    expect(contents(`${name}.out`)).toEqual(contents('one.csv'));
  }
});

test('--json', () => {
  const [line] = batt.json(['export', 'one', '--format', 'csv', '-o', 'json']);
  expect(line).toMatchObject({ schema: 1, type: 'export', format: 'csv', times: true, folder: 'json' });
  expect(line!.tables).toContainEqual({ table: 'tasks', rows: 14, file: 'json/tasks.csv' });
});

describe('errors', () => {
  test.each<[string[], string]>([
    [['one'], "batt: required option '--format <name>' not specified"],
    [['one', '--format', 'xml'], 'Allowed choices are csv, jsonl, parquet, duckdb.'],
    [['one', '--format', '--json'], 'Allowed choices are csv, jsonl, parquet, duckdb.'],
    [['one', '--format', 'csv', '-o', '--json'], 'found the flag --json'],
    [['nowhere', '--format', 'csv'], 'batt: nowhere: found no run, expected a folder with results.jsonl'],
    [['damaged.jsonl', '--format', 'csv'], 'batt: damaged.jsonl:2: expected a line of JSON'],
  ])('%j is exit 2', (args, message) => {
    const { results } = findRun(join(batt.folder, 'one'));
    const [first] = readFileSync(results, 'utf8').split('\n');
    batt.write('damaged.jsonl', `${first}\n{"type":\n`);
    const { code, stderr } = batt.run(['export', ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('a folder that cannot be written is exit 1', () => {
    batt.write('file', 'mine');
    const { code, stderr } = batt.run(['export', 'one', '--format', 'csv', '-o', 'file/below']);
    expect(stderr).toBe('batt: file/below: cannot write the export: file is a file, not a folder\n');
    expect(code).toBe(1);
  });

  test.each(['parquet', 'duckdb'])('%s without DuckDB is exit 2 and says what to install', (format) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'batt-bin-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    cpSync(dirname(batt.file), elsewhere, { recursive: true });
    const args = [join(elsewhere, 'batt.js'), 'export', 'one', '-o', 'absent', '--format'];
    const options = { cwd: batt.folder, env: batt.env(), encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, [...args, format], options);
    expect(stderr).toContain(`batt: --format ${format}: DuckDB is needed`);
    expect(stderr).toContain('npm install @duckdb/node-api');
    expect(status).toBe(2);
    expect(existsSync(join(batt.folder, 'absent')) ? readdirSync(join(batt.folder, 'absent')) : []).toEqual([]);
    expect(spawnSync(process.execPath, [...args, 'csv'], options).status).toBe(0);
    rmSync(join(batt.folder, 'absent'), { recursive: true });
  });
});
