// A results file that somebody takes away while a run writes it: that is said, since nothing else would tell.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RESULTS_SCHEMA, type ResultLine } from '../../src/results/lines.ts';
import { ResultsFile } from '../../src/results/write.ts';
import { linesIn } from './sealedLines.ts';

const folder = mkdtempSync(join(tmpdir(), 'batt-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LINE: ResultLine = { schema: RESULTS_SCHEMA, type: 'saving', task: 'a', lowest: null };

test.each([
  ['removed', (path: string) => rmSync(path), 'it is gone: what was written is lost'],
  ['replaced', (path: string) => writeFileSync(path, 'x'), /it has 1 bytes, expected \d+: what was written is lost/],
])('a file that was %s', async (name, take, reason) => {
  const file = await ResultsFile.create(join(folder, name));
  const path = join(folder, name, 'results.jsonl');
  await file.add(LINE);
  expect(linesIn(readFileSync(path, 'utf8'))).toEqual([LINE]);
  take(path);
  await expect(file.close()).rejects.toThrow(reason);
});
