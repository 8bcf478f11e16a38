// Sides for the tests, all made from a case's `expected.json`: the case, what the original would have left, a run of batt.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { type Comparison, compareSides } from '../../src/compare/compare.ts';
import { readSides } from '../../src/compare/readSides.ts';

export const kept: string = join(import.meta.dirname, '../fixtures/compare');

/** The fields of a case that the tests use. */
export interface Expected {
  format: 'p4' | 'head';
  task: string;
  samples: string[];
  counts: Record<string, number>;
  programs: { solver_id: string; md5: string }[];
  o_score: Record<string, number>;
  differs: Record<string, { md5: string }>;
  s_score: Record<string, Record<string, Record<string, number>>>;
  solver_files: Record<string, string>;
  differ_files: Record<string, string>;
  links: Record<string, { files_per_run: number[]; in_all_runs: Link[]; in_some_runs?: Link[] }>;
  stdout: string | string[];
  stdout_progress_on?: string | string[];
}

interface Link {
  score: number;
  md5: string;
}

/** A line of `batt run --json` for a task. */
export interface TaskLine {
  counts: Record<string, number>;
  candidates: { solver_id: string; also: string[]; md5?: string; o_score: number; verdicts: Record<string, number> }[];
  scores: Record<string, number>;
  differs?: { name: string; md5: string; iz: Record<string, number>; zo: Record<string, number> }[] | undefined;
  [more: string]: unknown;
}

export interface Summary {
  tasks: number;
  [more: string]: unknown;
}

const FOLDERS: Readonly<Record<string, string>> = {
  solver: 'solver_dir',
  differ: 'differ_dir',
  differ_iz: 'differ_dir/iz',
  differ_zo: 'differ_dir/zo',
};

const TIMING = `
Timing summary (seconds):
  main.run_batt                       1.080
  run_batt.check_batt                 0.700
  utils.inline_variables.total        0.250
`;

/** A folder that is gone after the tests of a file. */
export function useFolder(): () => string {
  const root = mkdtempSync(join(tmpdir(), 'batt-compare-'));
  let n = 0;
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => {
    const folder = join(root, String(n++));
    mkdirSync(folder);
    return folder;
  };
}

export function readExpected(file: string): Expected {
  return JSON.parse(readFileSync(file, 'utf8')) as Expected;
}

export function compare(a: string, b: string, logs: readonly string[] = []): Comparison {
  return compareSides(...readSides(a, b, logs));
}

/** Titles of the sections with a verdict. */
export function titles({ sections }: Comparison, verdict: string): string[] {
  return sections.filter((section) => section.verdict === verdict).map(({ section }) => section);
}

export function put(folder: string, name: string, content: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** The folder and stdout that the original would have left. */
export function leaveOriginal(folder: string, expected: Expected): { folder: string; log: string } {
  leaveFiles(folder, expected, 15);
  const lines = expected.stdout_progress_on ?? expected.stdout;
  const stdout = (Array.isArray(lines) ? lines.join('\n') : lines).replaceAll('<seconds>', '0.123');
  return { folder, log: put(folder, 'stdout.txt', `${stdout.trimEnd()}\n${TIMING}`) };
}

function leaveFiles(folder: string, expected: Expected, tLog: number): void {
  for (const kind of ['solver', 'differ'] as const) {
    mkdirSync(join(folder, `${kind}_dir`), { recursive: true });
    mkdirSync(join(folder, `${kind}_md5`), { recursive: true });
    for (const [md5, text] of Object.entries(expected[`${kind}_files`])) put(folder, `${kind}_md5/${md5}.py`, text);
  }
  for (const [kind, { in_all_runs, in_some_runs = [] }] of Object.entries(expected.links)) {
    // the three runs kept different ones: the first that fit
    const kept = [...in_all_runs, ...in_some_runs].slice(0, Math.max(33, in_all_runs.length));
    for (const { score, md5 } of kept) {
      const place = join(folder, FOLDERS[kind]!, `solve_${expected.task}`, String(score), String(tLog));
      mkdirSync(place, { recursive: true });
      symlinkSync(`/nowhere/${kind.slice(0, 6)}_md5/${md5}.py`, join(place, `${md5}.py`));
    }
  }
}

/** The lines that batt prints for a case of P4, and the files that it leaves beside them. */
export function leaveRun(folder: string, expected: Expected, id = '1'): { folder: string; results: string } {
  leaveFiles(folder, expected, 18);
  return { folder, results: putLines(folder, `runs/${id}/results.jsonl`, linesOf(expected)) };
}

export function putLines(
  folder: string,
  name: string,
  { task, summary }: { task: TaskLine; summary: Summary },
): string {
  return put(folder, name, `${JSON.stringify(task)}\n${JSON.stringify(summary)}\n`);
}

export function linesOf(expected: Expected): { task: TaskLine; summary: Summary } {
  const { counts } = expected;
  const timing = { 'main.run_batt': 0.012, 'run_batt.check_batt': 0.01, 'run_batt.own': 0.001 };
  const scores = expected.o_score;
  const rest = new Map(Object.entries(scores));
  const task: TaskLine = {
    schema: 1,
    type: 'task',
    task: expected.task,
    counts: {
      read: counts.programs!,
      invalid: 0,
      duplicate: 0,
      skipped: 0,
      scored: counts.after_filter!,
      pairs: counts.candidates!,
    },
    candidates: expected.programs.map(({ solver_id, md5 }) => {
      // programs that share an id share its score, as far as there are samples
      const o_score = Math.min(expected.samples.length, rest.get(solver_id)!);
      rest.set(solver_id, rest.get(solver_id)! - o_score);
      return {
        solver_id,
        also: [],
        md5,
        o_score,
        verdicts: { ok: o_score, mismatch: expected.samples.length - o_score },
      };
    }),
    scores,
    differs: Object.entries(expected.s_score).map(([name, { iz, zo }]) => ({
      name,
      md5: expected.differs[name]!.md5,
      iz: iz!,
      zo: zo!,
    })),
    timing,
    backend: 'cpu',
  };
  const summary = { schema: 1, type: 'summary', tasks: 1, data: { digest: 'd1f0' }, seconds: 0.02, timing };
  return { task, summary };
}
