// The three forms of a comparison.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/compare/compare.ts';
import { comparisonJson } from '../../src/report/compareJson.ts';
import { comparisonMarkdown } from '../../src/report/compareMarkdown.ts';
import { comparisonText } from '../../src/report/compareText.ts';
import { styleOf } from '../../src/report/style.ts';
import {
  compare,
  kept,
  leaveOriginal,
  leaveRun,
  linesOf,
  put,
  putLines,
  readExpected,
  type Summary,
  type TaskLine,
  useFolder,
} from './sides.ts';

const folder = useFolder();
const expected = readExpected(join(kept, 'p4.expected.json'));
const original = leaveOriginal(folder(), expected);
const plain = styleOf(false);

/** A run with other scores than the original, seen without the paths of this machine. */
function differing(): Comparison {
  const run = leaveRun(folder(), expected);
  const lines = linesOf(expected);
  putLines(run.folder, 'runs/1/results.jsonl', {
    ...lines,
    task: { ...lines.task, scores: { aaaaaaaa: 2, bbbbbbbb: 4 } },
  });
  const { a, b, ...rest } = compare(original.folder, run.folder, [original.log]);
  return {
    ...rest,
    a: { ...a, path: 'before', found: a.found.replace(original.log, 'stdout.txt') },
    b: { ...b, path: 'after', found: b.found.replaceAll(`${run.folder}`, 'after') },
  };
}

test('text', () => {
  expect(comparisonText(differing(), plain)).toMatchInlineSnapshot(`
    "A  before: left by the Python original, P4, log stdout.txt
    B  after: a run of batt, after/runs/1/results.jsonl, files in after

    solved  A not recorded, B 1 of 1 task

                                           A      B
    tasks                                  1      1  same
    data set digest                        –   d1f0  not recorded by A
    programs read                          –      4  not recorded by A
    (program, output) pairs                9      9  same
    candidates after the filter            3      3  same
    invalid programs                       –      0  not recorded by A
    duplicate programs                     –      0  not recorded by A
    skipped programs                       –      0  not recorded by A
    failures of saving and validation      –      0  not recorded by A
    solver files, number                   3      3  same
    differ files, number                   1      1  same
    o_score                            sum 7  sum 6  differs (1 difference)
    o_score, summed over candidates    sum 7  sum 7  same
    candidates one by one                  –      4  not recorded by A
    md5 of programs                        –      3  not recorded by A
    md5 of differs                         –      1  not recorded by A
    differ scores iz                       –  sum 6  not recorded by A
    differ scores zo                       –  sum 6  not recorded by A
    solver files, md5                      3      3  same
    differ files, md5                      1      1  same
    solver files, text                     3      3  same
    differ files, text                     1      1  same
    solver links                           3      3  same
    differ links iz                        3      3  same
    differ links zo                        3      3  same

    o_score
      00a1b2c3 aaaaaaaa  A 3  B 2

    wall seconds             A      B  speed-up
    main.run_batt        1.080  0.012      90 ×
    run_batt.check_batt  0.700  0.010      70 ×
    Summed over tasks, which overlap, so that it may exceed the run; only "whole run" is from start to end.

    only recorded by A            seconds
    utils.inline_variables.total    0.250

    only recorded by B  seconds
    whole run             0.020
    run_batt.own          0.001

    main.run_batt        A ████████████████████████████████████████ 1.080
                         B ▌ 0.012
    run_batt.check_batt  A █████████████████████████▉ 0.700
                         B ▍ 0.010

    The results differ in: o_score.
    "
  `);
});

test('colours only where they are wanted', () => {
  const comparison = differing();
  expect(comparisonText(comparison, plain)).not.toContain('\x1b');
  expect(comparisonText(comparison, styleOf(true))).toContain('\x1b[31mo_score ');
});

test('Markdown', () => {
  const page = comparisonMarkdown(differing());
  expect(page.slice(page.indexOf('### o_score'))).toMatchInlineSnapshot(`
    "### o_score

    |  | A | B |
    |---|---|---|
    | 00a1b2c3 aaaaaaaa | 3 | 2 |

    ## Timings

    | wall seconds | A | B | speed-up |
    |---|---:|---:|---:|
    | main.run_batt | 1.080 | 0.012 | 90 × |
    | run_batt.check_batt | 0.700 | 0.010 | 70 × |

    Summed over tasks, which overlap, so that it may exceed the run; only "whole run" is from start to end.

    | only recorded by A | seconds |
    |---|---:|
    | utils.inline_variables.total | 0.250 |

    | only recorded by B | seconds |
    |---|---:|
    | whole run | 0.020 |
    | run_batt.own | 0.001 |
    "
  `);
});

test('JSON', () => {
  const { sections, ...rest } = comparisonJson(differing()) as { sections: { section: string }[] };
  expect(sections.find(({ section }) => section === 'o_score')).toMatchInlineSnapshot(`
    {
      "a": "7",
      "a_is": "sum",
      "b": "6",
      "b_is": "sum",
      "compared": 2,
      "differences": [
        {
          "a": 3,
          "b": 2,
          "item": "aaaaaaaa",
          "task": "00a1b2c3",
        },
      ],
      "different": 1,
      "left_out": 0,
      "not_recorded": {
        "a": 0,
        "b": 0,
      },
      "recorded_by_both": 1,
      "section": "o_score",
      "verdict": "differs",
    }
  `);
  expect(rest).toMatchInlineSnapshot(`
    {
      "a": {
        "found": "left by the Python original, P4, log stdout.txt",
        "kind": "original",
        "notes": [],
        "path": "before",
        "tasks": 1,
      },
      "b": {
        "found": "a run of batt, after/runs/1/results.jsonl, files in after",
        "kind": "run",
        "notes": [],
        "path": "after",
        "tasks": 1,
      },
      "schema": 1,
      "solved": {
        "a": null,
        "b": {
          "of": 1,
          "solved": 1,
        },
        "both": 0,
        "gained": [],
        "lost": [],
      },
      "timing": {
        "only_a": {
          "utils.inline_variables.total": 0.25,
        },
        "only_b": {
          "run_batt.own": 0.001,
          "whole run": 0.02,
        },
        "phases": [
          {
            "a": 1.08,
            "b": 0.012,
            "busy": false,
            "key": "main.run_batt",
            "speed_up": 90,
            "wall": true,
          },
          {
            "a": 0.7,
            "b": 0.01,
            "busy": false,
            "key": "run_batt.check_batt",
            "speed_up": 70,
            "wall": true,
          },
        ],
      },
      "type": "compare",
      "verdict": "differs",
    }
  `);
});

test('the first ten differences are named, and the number of the others', () => {
  const many = (from: number) => Object.fromEntries(Array.from({ length: 23 }, (_, k) => [`id${k}`, k + from]));
  const lines = linesOf(expected);
  const of = (from: number) => putLines(folder(), 'r.jsonl', { ...lines, task: { ...lines.task, scores: many(from) } });
  const comparison = compare(of(0), of(1));
  const text = comparisonText(comparison, plain);
  expect(text).toContain('\n  00a1b2c3 id0  A 0  B 1\n');
  expect(text).toContain('\n  00a1b2c3 id9  A 9  B 10\n  and 13 more\n');
  expect(comparisonMarkdown(comparison)).toContain('| 00a1b2c3 id9 | 9 | 10 |\n\nand 13 more\n');
  const { sections } = comparisonJson(comparison) as {
    sections: { section: string; different: number; differences: unknown[] }[];
  };
  const scores = sections.find(({ section }) => section === 'o_score')!;
  expect([scores.different, scores.differences.length]).toEqual([23, 10]);
});

/** A run of several tasks, each the line of the case with some fields replaced. */
function runOf(tasks: readonly Partial<TaskLine>[], more: Partial<Summary> = {}): string {
  const { task, summary } = linesOf(expected);
  const lines = [
    ...tasks.map((fields, k) => ({ ...task, task: `0000000${k}`, ...fields })),
    { ...summary, tasks: tasks.length, ...more },
  ];
  return put(folder(), 'r.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** The row of a title in the text, its columns apart, and the section in the JSON. */
function rowOf(comparison: Comparison, section: string): { text: string[]; json: Record<string, unknown> } {
  const { title } = comparison.sections.find((each) => each.section === section)!;
  const line = comparisonText(comparison, plain)
    .split('\n')
    .find((text) => text.startsWith(`${title}  `))!;
  const { sections } = comparisonJson(comparison) as { sections: Record<string, unknown>[] };
  return { text: line.split(/ {2,}/).slice(1), json: sections.find((each) => each.section === section)! };
}

test('a figure says whether it is of each task, of all, or a sum of scores', () => {
  const { task } = linesOf(expected);
  const file = runOf([{}, { counts: { ...task.counts, pairs: 12_345 }, scores: { aaaaaaaa: 1 } }]);
  const comparison = compare(file, file);
  const pairs = task.counts.pairs! + 12_345;
  const first = Object.values(task.scores).reduce((sum, score) => sum + score);
  const words = (section: string) => rowOf(comparison, section).text[0];
  expect(words('tasks')).toBe('2');
  expect(words('read')).toBe('4 in each task');
  expect(words('candidates')).toBe(`${pairs.toLocaleString('en')} in total`);
  expect(words('invalid')).toBe('0');
  expect(words('o_score')).toBe(`sum ${first + 1}`);
  expect(words('candidate_score')).toBe(`sum ${2 * first}`);
  expect(words('candidate')).toBe('4 in each task');
  expect(words('data')).toBe('d1f0');
  expect(rowOf(comparison, 'read').json).toMatchObject({ a: '4', a_is: 'in each task', b: '4', b_is: 'in each task' });
  expect(rowOf(comparison, 'candidates').json).toMatchObject({ a: String(pairs), a_is: 'in total' });
  expect(comparisonMarkdown(comparison)).toContain('| programs read | 4 in each task | 4 in each task | same |');
});

test('a figure of links of which more may be there says so', () => {
  const links = { in_all_runs: [{ score: 3, md5: 'a' }], in_some_runs: [{ score: 1, md5: 'b' }], files_per_run: [32] };
  const file = put(folder(), 'c.expected.json', JSON.stringify({ ...expected, links: { solver: links } }));
  expect(rowOf(compare(file, file), 'solver_links').text).toEqual(['at least 1', 'at least 1', 'same']);
});

test('a task of which nothing was stored has no md5 to record; one that was not saved lacks it', () => {
  const bare = linesOf(expected).task.candidates.map(({ md5: _, ...candidate }) => candidate);
  const nothing = { candidates: bare, differs: [] };
  const saved = runOf([{}, nothing]);
  expect(rowOf(compare(saved, saved), 'program_md5')).toMatchObject({
    text: ['3 in total', '3 in total', 'same'],
    json: { verdict: 'same', recorded_by_both: 2, not_recorded: { a: 0, b: 0 } },
  });
  const all = runOf([nothing, nothing]);
  expect(rowOf(compare(all, all), 'solver_md5').text).toEqual(['0', '0', 'same']);

  const cut = runOf([{}, { candidates: bare, differs: undefined }]);
  const partly = compare(cut, cut);
  expect(rowOf(partly, 'program_md5')).toMatchObject({
    text: ['3 in total', '3 in total', 'same where recorded; not recorded by A and B in 1 task'],
    json: { verdict: 'not recorded', recorded_by_both: 1, not_recorded: { a: 1, b: 1 } },
  });
  expect(comparisonText(partly, plain)).toMatch(/the others were not recorded by both, or not in all tasks\)\.\n$/);
  expect(rowOf(compare(saved, cut), 'program_md5').text[2]).toBe('same where recorded; not recorded by B in 1 task');
  const other = runOf([{ candidates: [{ ...linesOf(expected).task.candidates[0]!, md5: 'other' }] }, {}]);
  expect(rowOf(compare(other, cut), 'program_md5').text[2]).toMatch(
    /^differs \(\d differences\); not recorded by B in 1 task$/,
  );
});

test('busy time, such as that of the steps of a GPU, is no wall time', () => {
  const timing = { 'main.run_batt': 3, 'main.load_tasks': 1, 'backend.compile': 0.5, 'run_batt.phase4_demo_cpu': 7 };
  const a = runOf([{}], { timing: { ...timing, 'backend.upload': 0.25 } });
  const comparison = compare(a, runOf([{}], { timing }));
  const text = comparisonText(comparison, plain);
  const tables = text.slice(
    text.indexOf('wall seconds'),
    text.indexOf('\nwhole run   ', text.indexOf('only recorded')),
  );
  expect(tables).toMatchInlineSnapshot(`
    "wall seconds       A      B  speed-up
    whole run      0.020  0.020     1.0 ×
    main.run_batt  3.000  3.000     1.0 ×
    Summed over tasks, which overlap, so that it may exceed the run; only "whole run" is from start to end.

    seconds of parts, over all threads      A      B  speed-up
    main.load_tasks                     1.000  1.000     1.0 ×

    busy seconds, which overlap      A      B  speed-up
    backend.compile              0.500  0.500     1.0 ×
    run_batt.phase4_demo_cpu     7.000  7.000     1.0 ×

    only recorded by A  busy seconds
    backend.upload             0.250
    "
  `);
  expect(text).not.toContain('backend.compile  A');
  expect(comparisonMarkdown(comparison)).toContain('\n\nSummed over tasks, which overlap');
  const { timing: found } = comparisonJson(comparison) as { timing: { phases: object[] } };
  expect(found.phases).toContainEqual({ key: 'backend.compile', wall: false, busy: true, a: 0.5, b: 0.5, speed_up: 1 });
  expect(found.phases).toContainEqual({ key: 'main.load_tasks', wall: false, busy: false, a: 1, b: 1, speed_up: 1 });
});

test('first comes which tasks are solved before and after, gained and lost', () => {
  const { task } = linesOf(expected);
  const samples = expected.samples.length;
  const candidate = (right: number, known = samples) => ({
    ...task.candidates[0]!,
    o_score: right,
    demo: [Math.min(right, known - 1), known - 1],
    test: [Math.max(0, right - known + 1), 1],
    verdicts: right === samples ? { ok: samples } : { ok: right, mismatch: samples - right },
  });
  const scored = (...rights: number[]) => ({ candidates: rights.map((right) => candidate(right)) });
  const [yes, no] = [scored(0, samples), scored(samples - 1)];
  const untold = { candidates: [candidate(samples - 1, samples - 1)] };
  const comparison = compare(runOf([yes, no, yes, no, no, untold]), runOf([yes, yes, no, yes, no, yes, yes]));
  expect(comparison.solved).toEqual({
    a: { solved: 2, of: 5 },
    b: { solved: 5, of: 7 },
    both: 5,
    gained: ['00000001', '00000003'],
    lost: ['00000002'],
  });
  const block = ['solved  A 2 of 5 tasks, B 5 of 7 tasks', 'gained  2: 00000001, 00000003', 'lost    1: 00000002', ''];
  const text = comparisonText(comparison, plain);
  expect(text).toContain(`\n\n${block.join('\n')}\n`);
  expect(text.indexOf('solved  ')).toBeLessThan(text.indexOf('\ntasks '));
  expect(comparisonMarkdown(comparison)).toContain(
    '- gained: 2: 00000001, 00000003\n- lost: 1: 00000002\n\n## Results',
  );
  expect(comparisonJson(comparison)).toMatchObject({ solved: comparison.solved });

  const many = compare(runOf(Array(23).fill(no)), runOf(Array(23).fill(yes)));
  expect(comparisonText(many, plain)).toMatch(/\ngained {2}23: 00000000, .*, 000000019 and 3 more\nlost {4}none\n/);
  expect((comparisonJson(many) as { solved: { gained: string[] } }).solved.gained.length).toBe(23);
});
