// The public API: what it exports, and that its example does what it says.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { packageFolder } from '../src/arc/bundled.ts';
import * as api from '../src/index.ts';

const root = packageFolder();
const text = readFileSync(join(root, 'src', 'index.ts'), 'utf8');

test('exports', () => {
  expect(Object.entries(api).map(([name, value]) => `${name}: ${typeof value}`)).toMatchInlineSnapshot(`
    [
      "datasetDigest: function",
      "ArcError: function",
      "DataNotFoundError: function",
      "findData: function",
      "openTasks: function",
      "readTasks: function",
      "DEFAULT_BUDGET: number",
      "BatteryError: function",
      "candidateRows: function",
      "parseBattery: function",
      "readBattery: function",
      "buildGraph: function",
      "PlanError: function",
      "runBatteries: function",
      "AccountsError: function",
      "scoreTask: function",
      "evaluate: function",
      "repr: function",
    ]
  `);
  const types = [...text.matchAll(/type (\w+)|^export type \{ ([^}]+) \}/gm)].flatMap(([, one, list]) =>
    one === undefined ? list!.split(', ') : [one],
  );
  expect(types.sort()).toMatchInlineSnapshot(`
    [
      "ArcGrid",
      "ArcPlace",
      "BackendChoice",
      "Battery",
      "BegunEvent",
      "Candidate",
      "CandidateFields",
      "CandidateScore",
      "CandidateSet",
      "CandidateTable",
      "Counts",
      "DataPlace",
      "DecidingOptions",
      "EndedEvent",
      "EvaluationOptions",
      "Invalid",
      "InvalidCandidate",
      "Outcome",
      "OutputGrid",
      "PreparedRun",
      "ReadEvent",
      "ReadOptions",
      "RunEvent",
      "RunPlan",
      "RunRequest",
      "RunWork",
      "Sample",
      "ScoreColumns",
      "ScoredCandidate",
      "Shard",
      "Stray",
      "Task",
      "TaskEvent",
      "TaskLine",
      "TaskResult",
      "TaskSelection",
      "TaskSource",
      "Totals",
      "Value",
      "Verdict",
      "Warning",
    ]
  `);
});

test('the example in its doc comment runs and prints what it says', async () => {
  const [, example] = /@example\n([\s\S]*?)\n \*\n \* @module/.exec(text)!;
  const code = example!.replaceAll(/^ \* ?/gm, '');
  const said = [...code.matchAll(/^\/\/ (.*)$/gm)].map((match) => match[1]);
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, 'node_modules', '.cache', 'example-'));
  try {
    const outfile = join(folder, 'example.mjs');
    await build({
      stdin: { contents: code, loader: 'ts', resolveDir: root },
      alias: { 'arc-batt': join(root, 'src', 'index.ts') },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
    });
    const printed = execFileSync(process.execPath, [outfile], { cwd: root, encoding: 'utf8' });
    expect(printed.trimEnd().split('\n')).toEqual(said);
    expect(said.length).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
