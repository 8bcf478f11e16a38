// `batt submit` as a user calls it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTasks } from '../../src/arc/read.ts';
import type { Task } from '../../src/arc/task.ts';
import { findRun } from '../../src/results/find.ts';
import { gridRows, gridText } from '../../src/results/gridText.ts';
import { readResults } from '../../src/results/read.ts';
import { checkSubmission } from '../../src/submit/check.ts';
import { sharedSet } from '../arc/sharedData.ts';
import { linesIn, resultsText } from '../results/sealedLines.ts';
import { batteryFile, useBatt } from './command.ts';

const batt = useBatt();

const rows = (grid: Task['test'][number]['input']): number[][] => gridRows(gridText(grid));

/** Kaggle's combined form of tasks: the challenges without, the solutions apart. */
function combined(tasks: readonly Task[]): { readonly challenges: string; readonly solutions: string } {
  const challenges = tasks.map(({ id, demo, test }) => [
    id,
    {
      train: demo.map(({ input, output }) => ({ input: rows(input), output: rows(output!) })),
      test: test.map(({ input }) => ({ input: rows(input) })),
    },
  ]);
  const solutions = tasks.map(({ id, test }) => [id, test.map(({ output }) => rows(output!))]);
  return {
    challenges: JSON.stringify(Object.fromEntries(challenges)),
    solutions: JSON.stringify(Object.fromEntries(solutions)),
  };
}

const path = (...names: string[]): string => join(batt.folder, ...names);
const shared = sharedSet('agi1/training', 'a hidden set of real tasks');

describe.skipIf(shared === undefined)('a hidden set of real tasks', () => {
  const all = shared === undefined ? [] : readTasks(shared);
  // every tenth; the battery solves the first
  const tasks = all.filter((_, k) => k % 10 === 0);
  const text = combined(tasks);
  const run = (data: string, out: string, ...more: string[]): void => {
    const { code, stderr } = batt.run(['run', '-b', batteryFile, '--data', data, '--out', out, '--quiet', ...more]);
    expect([code, stderr]).toEqual([0, '']);
  };

  test('works end to end without solutions, and is scored once they are there', () => {
    batt.write('hidden/arc-agi_test_challenges.json', text.challenges);
    run('hidden/arc-agi_test_challenges.json', 'a');
    const { code, stdout, stderr } = batt.run(['submit', 'a']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^submission\.json: 40 tasks, \d+ test outputs; checked$/m);
    expect(stdout).toContain('score: not known, since no task has its solutions');
    checkSubmission(path('submission.json'), readTasks(path('hidden', 'arc-agi_test_challenges.json')));
    const solved = JSON.parse(readFileSync(path('submission.json'), 'utf8'))['007bbfb7'][0].attempt_1;
    expect(solved).toEqual(rows(tasks.find(({ id }) => id === '007bbfb7')!.test[0]!.output!));
    const before = readFileSync(path('submission.json'), 'utf8');

    batt.write('hidden/arc-agi_test_solutions.json', text.solutions);
    const [line] = batt.json(['submit', 'a', '-o', 'late.json']);
    const known = tasks.reduce((sum, task) => sum + task.test.length, 0);
    expect(line).toMatchObject({ type: 'submit', tasks: 40, outputs: known, missing: [], unscored: [] });
    const { outputs, tasks: whole, mean } = line!.score as { outputs: number[]; tasks: number[]; mean: number };
    expect(outputs[1]).toBe(known);
    expect(whole[1]).toBe(40);
    expect(outputs[0]).toBeGreaterThanOrEqual(1);
    expect(mean).toBeGreaterThan(0);
    expect(readFileSync(path('late.json'), 'utf8')).toBe(before);
  });

  test('is the same with solutions in sight, for any number of jobs, and in parts only what they did', () => {
    batt.write('known/arc-agi_test_challenges.json', text.challenges);
    batt.write('known/arc-agi_test_solutions.json', text.solutions);
    batt.write('unknown/arc-agi_test_challenges.json', text.challenges);
    const attempts = (out: string): string => {
      expect(batt.run(['submit', out, '-o', 'one.json']).code).toBe(0);
      return readFileSync(path('one.json'), 'utf8');
    };
    const shown = (out: string): string =>
      Array.from(readResults(findRun(path(out)).results).tasks(), ({ task, attempts, shown }) =>
        JSON.stringify([task, attempts, shown]),
      ).join('\n');
    for (const flags of [[], ['--first-mismatch']]) {
      const name = `run${flags.length}`;
      run('known', `${name}-known`, ...flags);
      run('unknown', `${name}-1`, '--jobs', '1', ...flags);
      // without a budget all is evaluated by workers
      run('unknown', `${name}-2`, '--jobs', '2', '--budget', '0', ...flags);
      const first = attempts(`${name}-known`);
      expect(attempts(`${name}-1`)).toBe(first);
      expect(attempts(`${name}-2`)).toBe(first);
      const [one, two] = [shown(`${name}-1`), shown(`${name}-2`)];
      expect(one).toContain('007bbfb7');
      expect(two).toBe(one);
    }
    run('known', 'part', '--shard', '1/4');
    const { stdout } = batt.run(['submit', 'part', '-o', 'part.json']);
    expect(stdout).toContain('the run has no results of 30 tasks: it did part 1 of 4');
    checkSubmission(path('part.json'), tasks);
    run('known', 'few', '-i', '007bbfb7');
    expect(batt.run(['submit', 'few', '-o', 'few.json']).stdout).toContain(
      'the run was not asked for 39 tasks of the data',
    );
    checkSubmission(path('few.json'), tasks);
  });
});

describe('what is refused', () => {
  const grid = [[1, 2]];
  const task = { train: [{ input: grid, output: grid }], test: [{ input: grid }] };
  const setUp = (name: string): string => {
    batt.write(`${name}/x_challenges.json`, JSON.stringify({ a: task }));
    batt.write('same.py', 'def solve_a(I):\n    return I\n');
    expect(batt.run(['run', '-b', 'same', '--data', `${name}/x_challenges.json`, '--out', name]).code).toBe(0);
    const [run] = readdirSync(path(name, 'runs'));
    return join(name, 'runs', run!, 'results.jsonl');
  };
  const refused = (args: readonly string[], expected: RegExp | string, code = 2): void => {
    const ended = batt.run(['submit', ...args]);
    expect(ended.stderr).toMatch(expected);
    expect(ended.stderr).not.toContain('unexpected error');
    expect([ended.code, ended.stdout]).toEqual([code, '']);
  };

  test('no run, and flags in the place of values', () => {
    refused([], "missing required argument 'run'");
    refused(['nowhere'], /^batt: nowhere: found no run/);
    refused(['.', '-o', '--json'], 'found the flag --json');
    refused(['.', '-o', ''], 'Expected a value');
    refused(['.', '--data'], 'argument missing');
    refused(['.', 'more'], 'too many arguments');
  });

  test('data that are gone, changed or of another set', () => {
    setUp('data');
    const file = path('data', 'x_challenges.json');
    const right = readFileSync(file, 'utf8');
    batt.write('data/x_challenges.json', JSON.stringify({ a: { ...task, test: [{ input: [[3]] }] } }));
    refused(['data'], /data\/x_challenges\.json: the tasks have changed since run /);
    batt.write('data/x_challenges.json', JSON.stringify({ b: task }));
    refused(['data'], /not the tasks of run .*: a of its 1 are not there/);
    batt.write('data/x_challenges.json', right.slice(0, 20));
    refused(['data'], 'not JSON');
    rmSync(file);
    refused(['data'], /no such file or folder; the run was made with --data data\/x_challenges\.json/);
    batt.write('moved/x_challenges.json', right);
    batt.write('moved/x_solutions.json', JSON.stringify({ z: [[[1]]] }));
    refused(['data', '--data', 'moved/x_challenges.json'], 'the solutions are of another set');
    rmSync(path('moved', 'x_solutions.json'));
    expect(batt.run(['submit', 'data', '--data', 'moved/x_challenges.json']).code).toBe(0);
    refused(['data', '--data', 'bundled'], 'not the tasks of run');
  });

  test('results that are damaged', () => {
    const name = setUp('damaged');
    const parsed = linesIn(readFileSync(path(name), 'utf8'));
    const [run, candidates, done, summary] = ['run', 'candidates', 'task', 'summary'].map((type) =>
      parsed.find((line) => line.type === type),
    );
    const attempt = (grid: unknown): object => ({
      ...done,
      attempts: [[{ grid, demo: 1, votes: 1, size: 1, candidate: 0 }]],
    });
    const damaged = (list: readonly unknown[], expected: string): void => {
      batt.write(name, resultsText(list));
      refused(['damaged'], expected);
    };
    for (const grid of [
      '',
      '1/',
      '12/3',
      'a',
      '1'.repeat(31),
      Array(31).fill('1').join('/'),
      7,
      null,
      [['1']],
      '1\n',
    ]) {
      damaged([run, candidates, attempt(grid)], 'attempts[0][0].grid: found ');
    }
    damaged([run, candidates, { ...done, attempts: [[], []] }], 'attempts: found a list of 2, expected 1 lists');
    damaged([run, candidates, { ...done, attempts: [null] }], 'attempts[0]: found null, expected a list');
    damaged([run, candidates, { ...done, attempts: 'x' }], 'attempts: found "x", expected a list');
    damaged([run, candidates, { ...done, attempts: [[null]] }], 'attempts[0][0]: found null, expected an object');
    damaged([run, candidates, done, done], 'a second line of task a');
    damaged([{ ...run, data: undefined }], 'results.jsonl:1: data: found nothing, expected an object');
    damaged(
      [{ ...run, data: { ...(run!.data as object), parts: [1] } }],
      'results.jsonl:1: data.parts[0]: found 1, expected a text',
    );
    damaged([{ ...run, shard: null }], 'results.jsonl:1: shard: found null, expected an object');
    damaged([{ ...run, schema: 1 }], 'found schema 1, expected 4');
    damaged([run, { ...candidates, rows: 7 }], 'results.jsonl:2: rows: found 7, expected a list');
    damaged([run, 7], 'results.jsonl:2: found 7, expected an object');
    damaged([summary], 'found type "summary", expected "run" first');
    batt.write(name, Buffer.from([0, 1, 2, 10]));
    refused(['damaged'], 'results.jsonl:1: expected a line of JSON');
    batt.write(name, '');
    refused(['damaged'], 'found no whole line');
  });

  test('a line that was cut off in the middle is a task without a result', () => {
    const name = setUp('torn');
    const lines = readFileSync(path(name), 'utf8').trimEnd().split('\n');
    const torn = lines.findIndex((line) => line.includes('"type":"task"'));
    batt.write(name, `${lines.slice(0, torn).join('\n')}\n${lines[torn]!.slice(0, 50)}`);
    const [line] = batt.json(['submit', 'torn']);
    expect(line).toMatchObject({ finished: false, missing: ['a'], attempts: { two: 0, one: 0, none: 1 } });
    expect(batt.run(['submit', 'torn']).stdout).toContain('the run has no results of 1 task: it is not finished');
  });

  test('a place where nothing can be written, and files that are read', () => {
    const name = setUp('places');
    mkdirSync(path('folder'), { recursive: true });
    refused(['places', '-o', 'folder'], /^batt: folder: cannot write the file: a folder stands there/, 1);
    refused(['places', '-o', 'no/such/s.json'], /^batt: no\/such\/s\.json: cannot write the file: /, 1);
    refused(['places', '-o', 'places/x_challenges.json'], 'is a file that the submission is made from');
    symlinkSync(path(name), path('link.json'));
    refused(['places', '-o', 'link.json'], 'is a file that the submission is made from');
    expect(existsSync(path('submission.json.tmp'))).toBe(false);
    expect(readdirSync(batt.folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});
