// What cannot be read is an error that names its place; what a side lacks is not recorded, and never the same.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompareError } from '../../src/compare/side.ts';
import {
  compare,
  kept,
  leaveOriginal,
  leaveRun,
  linesOf,
  put,
  putLines,
  readExpected,
  titles,
  useFolder,
} from './sides.ts';

const folder = useFolder();
const caseFile = join(kept, 'p4.expected.json');
const expected = readExpected(caseFile);
const original = leaveOriginal(folder(), expected);
const run = leaveRun(folder(), expected);
const lines = linesOf(expected);

/** What is wrong with a side, without the path of its folder. */
function fault(a: string, logs: readonly string[] = []): string {
  try {
    compare(a, caseFile, logs);
  } catch (error) {
    if (error instanceof CompareError) return error.message.replace(/\S*\//, '');
    throw error;
  }
  return 'none';
}

describe('lines of a run', () => {
  const [task, summary] = [JSON.stringify(lines.task), JSON.stringify(lines.summary)];
  const of = (text: string): string => fault(put(folder(), 'r.jsonl', text));

  test('cut off anywhere', () => {
    const whole = readFileSync(run.results, 'utf8');
    for (let length = 0; length < whole.length; length += length < whole.length - 30 ? 13 : 1) {
      expect(of(whole.slice(0, length))).toMatch(/^r\.jsonl:[123]: /);
    }
    expect(of(whole)).toBe('none');
  });

  test.each(
    [
      ['', 'r.jsonl:1: expected a summary line at the end'],
      [`${task}\n`, 'r.jsonl:2: expected a summary line at the end'],
      [`${task}\n${task}\n${summary}\n`, 'r.jsonl:2: a second line of task 00a1b2c3'],
      [`${task}\n${summary}\n${summary}\n`, 'r.jsonl:3: expected the end of the file after the summary'],
      [`${summary}\n`, 'r.jsonl:1: tasks: expected 0, the number of task lines, found 1'],
      [`${task.replace('"schema":1', '"schema":2')}\n${summary}\n`, 'r.jsonl:1: schema: expected schema 1, found 2'],
      [
        `${task.replace('"task"', '"other"')}\n${summary}\n`,
        'r.jsonl:1: type: expected "task" or "summary", found "other"',
      ],
      [
        `${task.replace('"o_score":3', '"o_score":"3"')}\n${summary}\n`,
        'r.jsonl:1: candidates[0].o_score: expected a number, found "3"',
      ],
      [
        `${task.replace('"candidates"', '"candidate"')}\n${summary}\n`,
        'r.jsonl:1: candidates: expected a list, found nothing',
      ],
    ].map(([text, message]) => [message!, text!] as const),
  )('%s', (message, text) => expect(of(text)).toBe(message));
});

describe('logs', () => {
  const text = readFileSync(original.log, 'utf8');
  const of = (changed: string): string => fault(original.folder, [put(folder(), 'log.txt', changed)]);

  test('cut off before the end line', () => {
    const end = text.indexOf('1 tasks');
    for (let length = 0; length <= end; length += 5) expect(of(text.slice(0, length))).toMatch(/^log\.txt:\d+: /);
  });

  test('with and without prefixes, of both commits', () => {
    for (const file of [caseFile, join(kept, 'head.expected.json')]) {
      const left = leaveOriginal(folder(), readExpected(file));
      const log = readFileSync(left.log, 'utf8').replaceAll(/^(?=.)/gm, 'run_batt.py:123: ');
      const { verdict, a, sections } = compare(left.folder, file, [put(left.folder, 'prefixed.txt', log)]);
      expect(verdict).toBe('same');
      expect([...a.timing.keys()]).toContain('run_batt.check_batt');
      expect(sections.find(({ section }) => section === 'o_score')?.verdict).toBe('same');
    }
  });

  test('that contradict themselves', () => {
    const start = '-- 00a1b2c3 - 0 start --\n';
    expect(of(text.replace(start, start + start))).toBe('log.txt:2: task 00a1b2c3 begins a second time');
    expect(of(text.replace('from 9', 'from 8'))).toBe('log.txt:15: filtered from 8, but 9 candidates were scored');
    expect(of(text.replace('1 tasks', '2 tasks'))).toMatch(/the end line counts 2 tasks, but 1 began$/);
    expect(of(text.replace(/^-- .* done .*\n-- Filtered.*\n/m, ''))).toMatch(/is not done at the end$/);
    expect(of(text + text.slice(text.indexOf('1 tasks')))).toMatch(/a second end line/);
    expect(of('hello')).toMatch(/^log\.txt:1: expected the end line/);
  });

  test('of a side that has none', () => {
    expect(fault(run.folder, [original.log])).toMatch(
      /expected one a side that the Python original left, found 1 for 0$/,
    );
  });
});

test('paths that hold nothing to compare', () => {
  expect(fault('nowhere')).toBe('nowhere: no such file or folder');
  expect(fault(folder())).toMatch(/expected a run of batt/);
  expect(fault(put(folder(), 'x.json', '{"format":"p5"}'))).toBe('x.json: format: expected "p4" or "head", found "p5"');
  expect(fault(put(folder(), 'x.expected.json', readFileSync(caseFile, 'utf8').slice(0, 500)))).toMatch(
    /^x\.expected\.json: expected JSON/,
  );
  const killed = folder();
  mkdirSync(join(killed, 'runs/1'), { recursive: true });
  expect(fault(killed)).toBe('1: the run has no results.jsonl; it may have been stopped before its end');
});

test('the latest run of a folder', () => {
  const at = folder();
  cpSync(run.folder, at, { recursive: true, verbatimSymlinks: true });
  const other = { ...lines, task: { ...lines.task, scores: {} } };
  putLines(at, 'runs/0/results.jsonl', other);
  expect(compare(at, caseFile).verdict).toBe('same');
  putLines(at, 'runs/2/results.jsonl', other);
  expect(compare(at, caseFile).verdict).toBe('differs');
  expect(compare(join(at, 'runs/1'), caseFile).verdict).toBe('same');
  mkdirSync(join(at, 'runs/3'));
  expect(fault(at)).toMatch(/^3: the run has no results/);
});

describe('not recorded', () => {
  test('a folder without a log: scores are those of the links', () => {
    const result = compare(original.folder, caseFile);
    expect(result.verdict).toBe('same');
    expect(titles(result, 'not recorded')).toEqual(
      expect.arrayContaining(['candidates', 'after_filter', 'o_score', 'iz', 'zo']),
    );
    expect(titles(result, 'same')).toContain('solver_links');
  });

  test('no score at all is not the same', () => {
    const at = folder();
    cpSync(original.folder, at, { recursive: true, verbatimSymlinks: true });
    rmSync(join(at, 'solver_dir'), { recursive: true });
    expect(compare(at, caseFile).verdict).toBe('not recorded');
    expect(compare(caseFile, at).verdict).toBe('not recorded');
  });

  test('fields that a run does not have yet', () => {
    const { differs: _, ...task } = lines.task;
    const candidates = task.candidates.map(({ md5: _, ...candidate }) => candidate);
    const bare = putLines(folder(), 'bare.jsonl', { ...lines, task: { ...task, candidates } });
    const result = compare(bare, caseFile);
    expect(result.verdict).toBe('same');
    expect(titles(result, 'not recorded')).toEqual(
      expect.arrayContaining(['program_md5', 'iz', 'zo', 'solver_md5', 'differ_md5', 'solver_text', 'solver_links']),
    );
    const { scores: _scores, ...unscored } = task;
    const without = putLines(folder(), 'bare.jsonl', { ...lines, task: unscored as typeof lines.task });
    expect(compare(without, caseFile).verdict).toBe('not recorded');
  });

  test('failures are differences', () => {
    const of = (more: object) => putLines(folder(), 'r.jsonl', { ...lines, task: { ...lines.task, ...more } });
    const failed = compare(of({}), of({ failures: ['a program does not reproduce its score'] }));
    expect(titles(failed, 'differs')).toEqual(['failures']);
    expect(failed.b.notes).toEqual(['00a1b2c3: failed: a program does not reproduce its score']);
  });

  test('a differ without a text has no md5', () => {
    const differs = lines.task.differs!.map((differ) => ({ ...differ, md5: null as unknown as string }));
    const r = putLines(folder(), 'r.jsonl', { ...lines, task: { ...lines.task, differs } });
    expect(titles(compare(r, caseFile), 'not recorded')).toContain('differ_program_md5');
  });

  test('one candidate without the md5 that the others have is a difference', () => {
    const [{ md5: _, ...first }, ...others] = lines.task.candidates as [(typeof lines.task.candidates)[0]];
    const one = putLines(folder(), 'one.jsonl', { ...lines, task: { ...lines.task, candidates: [first, ...others] } });
    expect(titles(compare(one, caseFile), 'differs')).toContain('program_md5');
  });

  test('of two tasks one: only that one is held against each other, and the other is a difference', () => {
    const more = { ...lines.task, task: 'ffff0000' };
    const text = [lines.task, more, { ...lines.summary, tasks: 2 }].map((line) => `${JSON.stringify(line)}\n`).join('');
    const result = compare(put(folder(), 'two.jsonl', text), run.results);
    expect(titles(result, 'differs')).toEqual(['tasks']);
    expect(result.sections[0]!.differences).toEqual([{ task: 'ffff0000', item: '', a: 'there', b: null }]);
  });
});
