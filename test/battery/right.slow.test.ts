// By default stored programs recompute exactly what was scored, under the names that the original has where it is right.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { scoreTask } from '../../src/pipeline/score/scoreTask.ts';
import { shared } from '../lang/shared.ts';
import { batteryOf, expectedNames, linksIn, readExpected, runAndSave, scratch, taskFile } from './cases.ts';

describe.skipIf(shared === undefined)('the shared cases', () => {
  test.each(expectedNames)('default: %s', async (name) => {
    const expected = readExpected(name);
    const out = scratch();
    const { run, scored, saved } = await runAndSave(batteryOf(expected), taskFile(expected), out, 'default');
    expect([saved.failures, saved.notes]).toEqual([[], []]);
    const task = run.data.tasks[0]!;
    for (const { candidate, score } of scored.candidates) {
      const stored = saved.stored.get(candidate)!;
      const text = readFileSync(join(out, 'solver_md5', `${stored.md5}.py`), 'utf8');
      const alone = scoreTask(buildGraph([parseBattery(text, { file: 'solve.py' })]), task);
      expect(alone.candidates[0]!.score).toEqual(score);
    }
    const theirs = new Set(expected.programs.map(({ md5 }) => md5));
    for (const { md5, peerMd5 } of saved.stored.values()) expect(theirs).toContain(peerMd5 ?? md5);
    const links = linksIn(join(out, 'solver_dir', `solve_${expected.task}`));
    expect(links.length).toBe(Math.min(32, new Set([...saved.stored.values()].map(({ md5 }) => md5)).size));
  });
});
