// The three forms of a comparison.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/compare/compare.ts';
import { comparisonJson } from '../../src/report/compareJson.ts';
import { comparisonMarkdown } from '../../src/report/compareMarkdown.ts';
import { comparisonText } from '../../src/report/compareText.ts';
import { styleOf } from '../../src/report/style.ts';
import { compare, kept, leaveOriginal, leaveRun, linesOf, putLines, readExpected, useFolder } from './sides.ts';

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

                                             A     B
    tasks                                    1     1  same
    data set digest                          –  d1f0  not recorded by A
    programs read                            –     4  not recorded by A
    candidates (pairs)                       9     9  same
    after the filter                         3     3  same
    invalid programs                         –     0  not recorded by A
    duplicate programs                       –     0  not recorded by A
    skipped programs                         –     0  not recorded by A
    solver files, number                     3     3  same
    differ files, number                     1     1  same
    o_score                          2, else 0     2  differs (1)
    o_score, summed over candidates  2, else 0     3  same
    candidates one by one                    –     4  not recorded by A
    md5 of programs                          –     3  not recorded by A
    md5 of differs                           –     1  not recorded by A
    differ scores iz                         –     3  not recorded by A
    differ scores zo                         –     3  not recorded by A
    solver files, md5                        3     3  same
    differ files, md5                        1     1  same
    solver files, text                       3     3  same
    differ files, text                       1     1  same
    solver links                             3     3  same
    differ links iz                          3     3  same
    differ links zo                          3     3  same

    o_score
      00a1b2c3 aaaaaaaa  A 3  B 2

    wall seconds             A      B  speed-up
    main.run_batt        1.080  0.012      90 ×
    run_batt.check_batt  0.700  0.010      70 ×

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
      "a": "2, else 0",
      "b": "2",
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
            "key": "main.run_batt",
            "speed_up": 90,
            "wall": true,
          },
          {
            "a": 0.7,
            "b": 0.01,
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
