// Every case against what the original would have left of it and against a run of batt, all ways round.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cases } from '../lang/shared.ts';
import { compare, kept, leaveOriginal, leaveRun, put, readExpected, titles, useFolder } from './sides.ts';

const folder = useFolder();
const files = [kept, ...(cases === '' ? [] : [cases])].flatMap((at) =>
  readdirSync(at)
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => join(at, name)),
);

describe.each(files)('%s', (file) => {
  const expected = readExpected(file);
  const original = leaveOriginal(folder(), expected);

  test('is the same as itself', () => {
    expect(compare(file, file).verdict).toBe('same');
    expect(
      compare(original.folder, original.folder, [original.log, original.log]).sections.flatMap((s) => s.differences),
    ).toEqual([]);
  });

  test('is what the original left', () => {
    const there = compare(original.folder, file, [original.log]);
    const back = compare(file, original.folder, [original.log]);
    // of this one the log says that all outputs were lost, so it records no score
    const lost = file.includes('closure12_head');
    const verdict = lost ? 'not recorded' : 'same';
    expect([there.verdict, back.verdict]).toEqual([verdict, verdict]);
    expect(titles(there, 'not recorded')).toEqual(titles(back, 'not recorded'));
    expect(titles(there, 'same').includes('o_score')).toBe(!lost);
    expect(titles(there, 'not recorded')).toEqual(expect.arrayContaining(['read', 'program_md5']));
  });

  test.runIf(expected.format === 'p4')('is what a run of batt gives', () => {
    const run = leaveRun(folder(), expected);
    expect(compare(run.folder, file).verdict).toBe('same');
    expect(compare(file, run.results).verdict).toBe('same');
    expect(compare(run.folder, run.folder).verdict).toBe('same');
    const both = compare(original.folder, run.folder, [original.log]);
    expect(both.verdict).toBe('same');
    expect(titles(both, 'same')).toEqual(expect.arrayContaining(['candidates', 'o_score', 'solver_text', 'iz_links']));
  });
});

test.skipIf(cases === '')('cases of the two commits agree in o_score, and in nothing that only one has', () => {
  const { verdict, sections } = compare(join(cases, 'seed32.expected.json'), join(cases, 'seed32_head.expected.json'));
  expect(verdict).toBe('differs');
  const of = (name: string) => sections.find(({ section }) => section === name)?.verdict;
  expect([of('o_score'), of('candidates'), of('iz'), of('differ_score'), of('differ_links')]).toEqual([
    'same',
    'same',
    'not recorded',
    'not recorded',
    'not recorded',
  ]);
});

test.skipIf(cases === '')(
  'a link at the lowest score of a full folder, of those that the case knows, is no difference',
  () => {
    const file = join(cases, 'edge40.expected.json');
    const expected = readExpected(file);
    const { folder: at } = leaveRun(folder(), expected);
    const link = (score: number, md5: string) =>
      put(at, `differ_dir/zo/solve_${expected.task}/${score}/18/${md5}.py`, '');
    link(0, Object.keys(expected.differ_files)[0]!);
    expect(compare(at, file).verdict).toBe('same');
    link(77, Object.keys(expected.differ_files)[0]!);
    expect(titles(compare(at, file), 'differs')).toEqual(['zo_links']);
  },
);
