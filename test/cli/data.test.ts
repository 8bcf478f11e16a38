// The flags about data, and data in the forms that people have, through run, verify, eval, report and submit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type JsonLine, useBatt } from './command.ts';

const batt = useBatt();
const sample = (...row: number[]) => ({ input: [row], output: [row.toReversed()] });
const json = (name: string, value: unknown) => batt.write(name, JSON.stringify(value));

/** The programs `solve_a` … of some ids: each mirrors. */
function mirrors(name: string, ids: readonly string[]): string {
  return batt.write(name, ids.map((id) => `def solve_${id}(I):\n    return vmirror(I)\n`).join('\n'));
}

interface Row {
  readonly demo: readonly number[];
  readonly test: readonly number[] | null;
  readonly cells: number;
}
type TaskLine = JsonLine & { readonly task: string; readonly candidates: readonly Row[] };
type Summary = JsonLine & { data: { skipped?: { task: string; problem: string }[]; overlaps?: string[] } };
const summaryOf = (lines: readonly JsonLine[]) => lines.at(-1) as Summary;
const tasksOf = (lines: readonly JsonLine[]) => lines.slice(0, -1) as TaskLine[];

describe('a list of samples', () => {
  test('is a task with demos only; --demos divides it, also when results are read again', () => {
    mirrors('list.py', ['list']);
    json('list.json', [sample(1, 2), sample(3, 4, 5), sample(6, 7)]);
    const run = ['run', '-b', 'list.py', '--data', 'list.json'];
    const whole = batt.json([...run, '--out', 'whole']);
    expect(tasksOf(whole)[0]!.candidates[0]).toMatchObject({ demo: [3, 3], test: null });
    expect(summaryOf(whole)).toMatchObject({ solved: null, demos_right: 1 });
    const divided = batt.json([...run, '--out', 'divided', '--demos', '2']);
    expect(tasksOf(divided)[0]!.candidates[0]).toMatchObject({ demo: [2, 2], test: [1, 1] });
    expect(summaryOf(divided)).toMatchObject({ solved: 1 });
    expect(batt.run(['report', 'divided']).code).toBe(0);
    const { code, stdout } = batt.run(['submit', 'divided', '-o', 'list_submission.json']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('100.00 % = 1 of 1 test outputs')]);
    expect(batt.run(['submit', 'whole', '-o', 'none.json']).code).toBe(0);
    expect(JSON.parse(readFileSync(join(batt.folder, 'none.json'), 'utf8'))).toEqual({ list: [] });
    expect(batt.run(['verify', 'list.py', '--data', 'list.json']).stdout).toContain('3 of 3 pairs right');
    expect(
      batt.run(['eval', 'list.py', '-i', 'list', '--data', 'list.json', '--demos', '1', '--sample', 'test:1']).stdout,
    ).toContain('test:1  ok');
    expect(batt.run([...run, '--demos', '0']).code).toBe(2);
  });
});

describe('damaged tasks', () => {
  const setUp = () => {
    for (const id of ['a', 'b', 'c', 'd']) json(`some/${id}.json`, { train: [sample(1, 2)], test: [sample(3, 4)] });
    json('some/b.json', { train: [sample(1, 12)], test: [sample(3, 4)] });
    batt.write('some/d.json', `{"train": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    return mirrors('some.py', ['a', 'b', 'c', 'd']);
  };

  test('are all in the error', () => {
    const args = ['run', '-b', setUp(), '--data', 'some'];
    const { code, stderr } = batt.run(args);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'batt: 2 of 4 tasks cannot be read; --skip-bad-tasks runs the others:',
      '  some/b.json: task b, demo 0 input, row 0, column 1: found 12, expected an integer 0..9',
      '  some/d.json: task d, demo 0: found a list of 1, expected an object with "input" and "output"',
    ]);
    expect(batt.run([...args, '-i', 'a']).code).toBe(0);
  });

  test('are skipped and told in text, JSON and results; what reads the results again leaves them out, too', () => {
    const args = ['-b', setUp(), '--data', 'some', '--skip-bad-tasks'];
    const { code, stdout, stderr } = batt.run(['run', ...args, '--out', 'out']);
    expect(code).toBe(0);
    expect(stderr).toContain('batt: 2 damaged tasks skipped:\n  some/b.json: task b, demo 0 input');
    expect(stdout).toContain('some, 2 tasks, 2 damaged skipped, digest ');
    const lines = batt.json(['run', ...args]);
    expect(tasksOf(lines).map(({ task }) => task)).toEqual(['a', 'c']);
    expect(summaryOf(lines).data.skipped).toEqual([
      { task: 'b', problem: expect.stringContaining('some/b.json: task b, demo 0 input, row 0, column 1') },
      { task: 'd', problem: expect.stringContaining('some/d.json: task d, demo 0') },
    ]);
    expect(batt.run(['report', 'out']).code).toBe(0);
    expect(batt.run(['submit', 'out', '-o', 'skipped.json']).code).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(join(batt.folder, 'skipped.json'), 'utf8')))).toEqual(['a', 'c']);
    expect(batt.run(['run', ...args, '--out', 'out', '--resume']).code).toBe(0);
  });

  test('verify says them, too', () => {
    const args = ['verify', setUp(), '--data', 'some'];
    expect(batt.run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('2 of 4 tasks cannot be read') });
    const { code, stdout, stderr } = batt.run([...args, '--skip-bad-tasks']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 of 2 programs solved')]);
    expect(stderr).toContain('2 damaged tasks skipped');
    const [line] = batt.json([...args, '--skip-bad-tasks']) as [JsonLine & { skipped_tasks: { task: string }[] }];
    expect(line.skipped_tasks.map(({ task }) => task)).toEqual(['b', 'd']);
  });
});

test('one id in two sets: the later is taken and it is said; an id with its set says which, also for later commands', () => {
  mirrors('two.py', ['a']);
  json('one/a.json', { train: [sample(1, 2)], test: [sample(3, 4)] });
  json('other/a.json', { train: [{ input: [[1, 2]], output: [[1, 2]] }], test: [sample(3, 4)] });
  const args = ['run', '-b', 'two.py', '--data', 'one', '--data', 'other'];
  const { stderr } = batt.run(args);
  expect(stderr).toBe('batt: task a is in one and, otherwise, in other; the latter is taken, -i SET/a says which\n');
  const lines = batt.json([...args, '--quiet']);
  expect(summaryOf(lines)).toMatchObject({
    solved: 0,
    data: { overlaps: [expect.stringContaining('task a is in one')] },
  });
  const chosen = batt.json([...args, '-i', 'one/a', '--out', 'chosen']);
  expect(tasksOf(chosen)[0]!.task).toBe('a');
  expect(summaryOf(chosen).solved).toBe(1);
  expect(batt.run(['report', 'chosen'])).toMatchObject({ code: 0, stderr: '' });
  expect(batt.run(['submit', 'chosen', '-o', 'two.json']).stdout).toContain('1 of 1 test outputs right');
  expect(batt.run(['verify', 'two.py', '--data', 'one', '--data', 'other', '-i', 'one/a']).code).toBe(0);
  expect(batt.run(['verify', 'two.py', '--data', 'one', '--data', 'other', '-i', 'other/a']).code).toBe(1);
});

test('grids over 30 × 30: run, kept in results and report, drawn by eval, refused by submit where they are an answer', () => {
  const row = Array.from({ length: 36 }, (_, k) => k % 10);
  mirrors('wide.py', ['wide']);
  batt.write('wide.py', 'def solve_wide(I):\n    return vmirror(I)\n\n\ndef solve_same(I):\n    return identity(I)\n');
  json('wide.json', { train: [sample(...row)], test: [sample(2, 0)] });
  json('wider.json', { train: [sample(2, 0)], test: [sample(...row)] });
  const args = ['run', '-b', 'wide.py', '--data', 'wide.json', '--out', 'wide'];
  const [line] = tasksOf(batt.json(args));
  expect(line!.candidates.map(({ demo, test: right, cells }) => [demo, right, cells])).toEqual([
    [[1, 1], [1, 1], 1],
    [[0, 1], [0, 1], expect.any(Number)],
  ]);
  expect(batt.run(['report', 'wide', '-o', 'wide.html']).code).toBe(0);
  expect(readFileSync(join(batt.folder, 'wide.html'), 'utf8')).toContain(row.toReversed().join(''));
  expect(batt.run(['submit', 'wide', '-o', 'wide_submission.json']).code).toBe(0);
  const drawn = batt.run(['eval', 'wide.py', '--program', 'same', '-i', 'wide', '--data', 'wide.json']).stdout;
  expect(drawn).toContain('output 1 × 36');
  expect(drawn).toMatch(/\(its top left 1 × 30; \d wrong cells outside\)/);
  batt.run(['run', '-b', 'wide.py', '--data', 'wider.json', '--out', 'wider']);
  expect(batt.run(['submit', 'wider'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'wider.json: task wider, test 0 output: found 1 × 36, expected at most 30 × 30: Kaggle takes no larger grids',
    ),
  });
  json('huge.json', [{ input: [Array(257).fill(0)], output: [[0]] }]);
  expect(batt.run(['run', '-b', 'wide.py', '--data', 'huge.json']).stderr).toContain(
    'huge.json: task huge, demo 0 input, row 0: found 257 cells, expected 1 to 256',
  );
});
