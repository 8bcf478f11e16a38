// What the Python original computed and stored for the shared cases comes out of the whole pipeline.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shared } from '../lang/shared.ts';
import {
  batteryOf,
  type Expected,
  expectedNames,
  linksIn,
  readExpected,
  runAndSave,
  scratch,
  taskFile,
  textsIn,
} from './cases.ts';

const LINKS: Readonly<Record<string, string>> = {
  solver: 'solver_dir',
  differ_iz: 'differ_dir/iz',
  differ_zo: 'differ_dir/zo',
};

/** With as many as these the original's 32-file rule was at work, and what it left is chance. */
const FULL = 32;

/** Scores as at P4. */
function scoresOf({ o_score, format }: Expected): Record<string, number> {
  const unit = format === 'head' ? 1000 : 1;
  return Object.fromEntries(Object.entries(o_score).map(([id, score]) => [id, score / unit]));
}

describe.skipIf(shared === undefined)('the shared cases', () => {
  test.each(expectedNames)('--compat p4: %s', async (name) => {
    const expected = readExpected(name);
    const out = scratch();
    const { scored, saved } = await runAndSave(batteryOf(expected), taskFile(expected), out, 'p4');
    expect(saved.failures).toEqual([]);
    expect(saved.notes).toEqual([]);
    const { counts } = saved.result;
    expect(counts).toMatchObject({ read: expected.counts.programs, invalid: 0, skipped: 0 });
    expect(saved.result).toMatchObject({ counts: scored.counts });
    // the original loses all of closure12_head; only its outputs are known
    if (expected.case === 'closure12_head') return;
    expect(counts).toMatchObject({ scored: expected.counts.after_filter, pairs: expected.counts.candidates });
    expect(Object.fromEntries(scored.scores)).toEqual(scoresOf(expected));
    const md5s = new Map(expected.programs.map(({ solver_id, md5 }) => [`${solver_id} ${md5}`, md5]));
    for (const [{ solverId }, { md5 }] of saved.stored) expect(md5s.get(`${solverId} ${md5}`)).toBe(md5);
    expect(textsIn(join(out, 'solver_md5'))).toEqual(expected.solver_files);
    checkLinks(out, expected, 'solver');
    if (expected.format === 'head') return;
    const differs = saved.differs.map(({ name: differ, md5, iz, zo }) => [
      differ,
      { md5, iz: Object.fromEntries(iz), zo: Object.fromEntries(zo) },
    ]);
    expect(Object.fromEntries(differs)).toEqual(
      Object.fromEntries(
        Object.entries(expected.s_score).map(([differ, { iz, zo }]) => [
          differ,
          { md5: expected.differs[differ]!.md5, iz, zo },
        ]),
      ),
    );
    expect(textsIn(join(out, 'differ_md5'))).toEqual(expected.differ_files);
    checkLinks(out, expected, 'differ_iz');
    checkLinks(out, expected, 'differ_zo');
  });
});

/** The same links; where the 32-file rule was at work, as many, and all that are better than what it may have removed. */
function checkLinks(out: string, { links, task, format }: Expected, kind: string): void {
  const unit = format === 'head' ? 1000 : 1;
  const theirs = links[kind]!.in_all_runs.map(({ score, md5 }) => `${score / unit} ${md5}`);
  const mine = linksIn(join(out, LINKS[kind]!, `solve_${task}`));
  expect(new Set(mine).size).toBe(mine.length);
  if (
    links[kind]!.files_per_run.every((files) => files < FULL) ||
    (kind === 'solver' && theirs.length === FULL && mine.length === FULL)
  ) {
    expect(mine.sort()).toEqual(theirs.sort());
    return;
  }
  expect(mine.length).toBeLessThanOrEqual(FULL + 1);
  expect(mine.length).toBeGreaterThanOrEqual(theirs.length);
  const scores = mine.map((link) => Number(link.split(' ')[0]));
  const lowest = Math.min(...scores);
  for (const link of theirs) if (Number(link.split(' ')[0]) > lowest) expect(mine).toContain(link);
}
