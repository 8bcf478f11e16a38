// `batt merge` on real shards: the merged run is the run that was not split; what is refused, and how.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { findRun } from '../../src/results/find.ts';
import { batteryFile, useBatt } from './command.ts';
import { filesIn } from './runResults.ts';

const batt = useBatt();
const bundled = ['run', '-b', batteryFile, '--data', 'bundled', '--quiet'];
const shards = ['shard1', 'shard2', 'shard3'];

beforeAll(() => {
  expect(batt.run([...bundled, '--out', 'whole']).code).toBe(0);
  for (const [k, out] of shards.entries()) {
    expect(batt.run([...bundled, '--out', out, '--shard', `${k + 1}/3`]).code).toBe(0);
  }
});

function resultsOf(out: string): string {
  return findRun(join(batt.folder, out)).results;
}

function exported(run: string): Record<string, string> {
  const folder = join(batt.folder, `${run}.csv`);
  expect(batt.run(['export', run, '--format', 'csv', '--no-times', '-o', folder]).code).toBe(0);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('shards merge to the run that was not split, in any order', () => {
  const { code, stdout, stderr } = batt.run(['merge', 'shard3', 'shard1', 'shard2', '--out', 'merged']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^merged {2}3 runs: 14 tasks, 12 solved\nresults merged\/runs\/\S+-m[0-9a-f]{12}\n$/);
  expect(exported('merged')).toEqual(exported('whole'));
  expect(filesIn(join(batt.folder, 'merged'))).toEqual(filesIn(join(batt.folder, 'whole')));
  const bytes = readFileSync(resultsOf('merged'));
  const [line] = batt.json(['merge', ...shards, 'shard1', 'merged', '--out', 'merged']);
  expect(line).toMatchObject({ schema: 1, type: 'merge', problems: [], summary: { tasks: 14, of: 14, solved: 12 } });
  expect(readdirSync(join(batt.folder, 'merged', 'runs'))).toEqual([line!.run]);
  expect(readFileSync(resultsOf('merged'))).toEqual(bytes);
});

test('shards of one output folder are found together', () => {
  for (const k of [1, 2]) expect(batt.run([...bundled, '--out', 'both', '--shard', `${k}/2`]).code).toBe(0);
  expect(batt.run(['merge', 'both', '--out', 'both']).code).toBe(0);
  expect(exported('both')).toEqual(exported('whole'));
  expect(batt.run(['merge', 'both', '--out', 'both']).code).toBe(0);
  expect(readdirSync(join(batt.folder, 'both', 'runs'))).toHaveLength(3);
});

test('a shard that is missing is named, exit 1, and nothing is written', () => {
  const { code, stdout, stderr } = batt.run(['merge', 'shard1', 'shard3', '--out', 'none', '--json']);
  expect(code).toBe(1);
  expect(stderr).toBe('batt: shard 2/3 is missing: no run has results of its tasks\n');
  expect(JSON.parse(stdout)).toMatchObject({ type: 'merge', faults: [{ kind: 'missing', runs: [] }] });
  expect(existsSync(join(batt.folder, 'none'))).toBe(false);
});

test('work that was done twice, or otherwise, is exit 1', () => {
  const double = batt.run(['merge', ...shards, 'whole', '--out', 'none']);
  expect(double.code).toBe(1);
  expect(double.stderr).toMatch(/done twice, with equal results, by whole\S+ and shard1\S+; merge one of them: /);
  expect(batt.run([...bundled, '--out', 'other', '--shard', '2/3', '-t', '9']).code).toBe(0);
  const other = batt.run(['merge', 'shard1', 'other', 'shard3', '--out', 'none']);
  expect(other.code).toBe(1);
  expect(other.stderr).toMatch(/^batt: timeout: 10 in shard1\S+, 9 in other\S+$/m);
  expect(existsSync(join(batt.folder, 'none'))).toBe(false);
});

test('bad input is exit 2 with file and line', () => {
  expect(batt.run(['merge', 'shard1', 'nowhere']).code).toBe(2);
  const lines = readFileSync(resultsOf('shard2'), 'utf8').split('\n');
  lines[2] = lines[2]!.slice(0, -9);
  batt.write('damaged.jsonl', lines.join('\n'));
  const { code, stderr } = batt.run(['merge', 'shard1', 'damaged.jsonl', '--out', 'none']);
  expect(stderr).toContain('batt: damaged.jsonl:3: expected a line of JSON');
  expect(code).toBe(2);
  expect(batt.run(['merge']).code).toBe(2);
});

test('a folder that cannot be written is exit 1', () => {
  batt.write('file', 'mine');
  const { code, stderr } = batt.run(['merge', ...shards, '--out', 'file']);
  expect(stderr).toBe('batt: file: cannot merge the files: file is a file, not a folder\n');
  expect(code).toBe(1);
});

test('a text that differs from one of another shard is named, exit 1', () => {
  const [name] = readdirSync(join(batt.folder, 'shard1', 'solver_md5'));
  const path = join(batt.folder, 'shard1', 'solver_md5', name!);
  const text = readFileSync(path, 'utf8');
  expect(batt.run(['merge', ...shards, '--out', 'kept']).code).toBe(0);
  writeFileSync(path, `${text}# changed\n`);
  try {
    const { code, stderr, stdout } = batt.run(['merge', ...shards, '--out', 'kept']);
    expect(stderr).toContain(`kept/solver_md5/${name}: cannot merge the file: its texts differ in`);
    expect(stdout).toContain('14 tasks');
    expect(code).toBe(1);
    expect(readFileSync(join(batt.folder, 'kept', 'solver_md5', name!), 'utf8')).toBe(text);
  } finally {
    writeFileSync(path, text);
    rmSync(join(batt.folder, 'kept'), { recursive: true });
  }
});
