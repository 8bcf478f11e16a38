// The counts of the summary, of the lines of tasks, of the table, of the results and of the export agree, whatever the flags and
// whatever lies in the output folder.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRun } from '../../src/results/find.ts';
import { readResults } from '../../src/results/read.ts';
import { useBatt } from './command.ts';

const batt = useBatt();

type Counts = Readonly<Record<'read' | 'invalid' | 'duplicate' | 'skipped' | 'scored' | 'pairs', number>>;

interface CandidateLine {
  readonly also: readonly string[];
  readonly o_score: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly link?: string;
  readonly md5?: string;
}

interface TaskLine {
  readonly task: string;
  readonly counts: Counts;
  readonly candidates: readonly CandidateLine[];
}

interface SummaryLine {
  readonly counts: Counts;
  readonly tasks: number;
  /** null where no test output is known: of no task where none was done. */
  readonly solved: number | null;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly invalid: readonly unknown[];
  readonly unlinked?: number;
}

const CALLS = [
  'identity(I)',
  'hmirror(I)',
  'vmirror(I)',
  'first(ZERO)',
  'size(I)',
  'nosuch(I)',
  'replace(I, ONE, TWO)',
];
const SAMPLES = 3;

const runs = fc.record({
  calls: fc.array(fc.constantFrom(...CALLS), { minLength: 1, maxLength: 50 }),
  /** Equal programs but for a number are no duplicates. */
  distinct: fc.boolean(),
  tasks: fc.integer({ min: 1, max: 8 }),
  /** Links that lie in the folder of the first task. */
  links: fc.constantFrom(0, 20, 33),
  flags: fc.record({
    firstMismatch: fc.boolean(),
    save: fc.constantFrom('right', 'all', 'none'),
    compat: fc.boolean(),
    jobs: fc.constantFrom('1', '2'),
    shard: fc.constantFrom('1/1', '1/2'),
    deadline: fc.constantFrom(undefined, '0.3'),
    top: fc.constantFrom('0', '3', '5', '60'),
  }),
});

function sums(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const record of records) for (const [key, n] of Object.entries(record)) all[key] = (all[key] ?? 0) + n;
  return Object.fromEntries(Object.entries(all).sort());
}

function numbers(text: string): number[] {
  return [...text.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
}

/** Lays links of good programs, unknown to the run, into the folder of a task. */
function layLinks(out: string, task: string, count: number): void {
  const places = [join(out, 'solver_md5'), join(out, `solver_dir/solve_${task}/3/15`)];
  for (const place of places) {
    mkdirSync(place, { recursive: true });
    for (let k = 0; k < count; k++) writeFileSync(join(place, `${String(k).padStart(32, '0')}.py`), '');
  }
}

function checkJson(lines: readonly TaskLine[], summary: SummaryLine): void {
  for (const { counts, candidates } of lines) {
    const { pairs: _, ...rest } = counts;
    const { pairs: __, ...ofRun } = summary.counts;
    expect(rest).toEqual(ofRun);
    expect(rest.read).toBe(rest.invalid + rest.duplicate + rest.skipped + rest.scored);
    expect(candidates.length).toBe(rest.scored);
    expect(candidates.reduce((sum, { also }) => sum + also.length, 0)).toBe(rest.duplicate);
    for (const { verdicts, o_score } of candidates) {
      expect(Object.values(verdicts).reduce((sum, n) => sum + n, 0)).toBe(SAMPLES);
      expect(verdicts.ok ?? 0).toBe(o_score);
    }
  }
  expect(summary.tasks).toBe(lines.length);
  expect(summary.invalid.length).toBe(summary.counts.invalid);
  expect(summary.counts.pairs).toBe(lines.reduce((sum, { counts }) => sum + counts.pairs, 0));
  const candidates = lines.flatMap(({ candidates: all }) => all);
  expect(Object.fromEntries(Object.entries(summary.verdicts).sort())).toEqual(
    sums(candidates.map(({ verdicts }) => verdicts)),
  );
  expect(summary.unlinked ?? 0).toBe(candidates.filter(({ link }) => link !== undefined).length);
  const isSolved = ({ candidates: all }: TaskLine): boolean => all.some(({ o_score }) => o_score === SAMPLES);
  expect(summary.solved).toBe(lines.length === 0 ? null : lines.filter(isSolved).length);
}

function checkResults(out: string, lines: readonly TaskLine[], summary: SummaryLine): void {
  const results = readResults(findRun(out).results);
  const tasks = [...results.tasks()];
  expect(tasks.map(({ counts }) => counts)).toEqual(lines.map(({ counts }) => counts));
  const { pairs: _, ...counts } = summary.counts;
  expect(results.run.counts).toEqual(counts);
  expect(results.candidates.length).toBe(counts.scored);
  expect(results.summary).toMatchObject({ pairs: summary.counts.pairs, verdicts: summary.verdicts });
  expect(results.summary!.solved).toBe(summary.solved ?? 0);
  for (const [k, { scores, stored = [] }] of tasks.entries()) {
    expect(scores.demo.length).toBe(counts.scored);
    const files = lines[k]!.candidates.filter(({ md5 }) => md5 !== undefined);
    expect(stored.length).toBe(files.length);
  }
}

function checkExport(out: string, lines: readonly TaskLine[]): void {
  expect(batt.run(['export', out, '--format', 'jsonl', '-o', `${out}/tables`]).code).toBe(0);
  const rows = (table: string): number =>
    readFileSync(join(batt.folder, out, 'tables', `${table}.jsonl`), 'utf8').split('\n').length - 1;
  const candidates = lines.flatMap(({ candidates: all }) => all);
  expect(rows('scores')).toBe(candidates.length);
  expect(rows('unlinked')).toBe(candidates.filter(({ link }) => link !== undefined).length);
  expect(rows('verdicts')).toBe(candidates.reduce((sum, { verdicts }) => sum + Object.keys(verdicts).length, 0));
}

function checkText(stdout: string, lines: readonly TaskLine[], summary: SummaryLine, top: number): void {
  const { read, invalid, duplicate, skipped, scored, pairs } = summary.counts;
  const row = (name: string): string => new RegExp(`^${name} +(.*)$`, 'm').exec(stdout)![1]!;
  expect(numbers(row('candidates'))).toEqual([read, invalid, duplicate, skipped, scored, pairs]);
  expect(numbers(row('solved')).slice(0, 2)).toEqual([summary.solved, summary.tasks]);
  const stated = Object.fromEntries(
    [...row('verdicts').matchAll(/([a-z_]+(?::\w+)?) (\d[\d,]*)/g)].map(([, verdict, n]) => [verdict, numbers(n!)[0]]),
  );
  expect(stated).toEqual({ ...summary.verdicts });
  for (const { task, counts } of lines) {
    const block = new RegExp(`^${task}  .* (\\d+) scored, ([\\d,]+) \\(.*\\n([\\s\\S]*?)\\n\\n`, 'm').exec(stdout);
    if (lines.length > 6 || block === null) continue;
    expect([block[1], block[2]].map(Number)).toEqual([counts.scored, counts.pairs]);
    const shown = block[3]!.split('\n').filter((text) => /^ +\d+\/\d+/.test(text)).length;
    const more = Number(/^ {2}and (\d+) more/m.exec(block[3]!)?.[1] ?? 0);
    expect(shown).toBe(Math.min(top, counts.scored));
    if (top > 0) expect(shown + more).toBe(counts.scored);
  }
}

test('any two of them', () => {
  let number = 0;
  fc.assert(
    fc.property(runs, ({ calls, distinct, tasks, links, flags }) => {
      const name = `run${number++}`;
      const programs = calls.map((call, k) => {
        const own = distinct ? `    x1 = replace(I, NINE, ${['ZERO', 'ONE', 'TWO', 'THREE'][k % 4]})\n` : '';
        return `def solve_p${k}(I):\n${own}    O = ${call}\n    return O\n`;
      });
      // so that there is something to score
      batt.write(`${name}.py`, `${programs.join('\n')}\ndef solve_last(I):\n    return rot90(I)\n`);
      const grid = [
        [1, 2],
        [3, 4],
      ];
      const sample = { input: grid, output: grid };
      for (let k = 0; k < tasks; k++) {
        batt.write(`${name}data/t${k}.json`, JSON.stringify({ train: [sample, sample], test: [sample] }));
      }
      const { firstMismatch, save, compat, jobs, shard, deadline, top } = flags;
      const args = ['run', '-b', `${name}.py`, '--data', `${name}data`, '--jobs', jobs, '--save', save, '--top', top];
      if (tasks > 1) args.push('--shard', shard);
      if (deadline !== undefined) args.push('--deadline', deadline);
      if (compat) args.push('--compat', 'p4');
      else if (firstMismatch) args.push('--first-mismatch');
      layLinks(join(batt.folder, name), 't0', links);
      const lines = batt.json([...args, '--out', name]);
      const summary = lines.pop() as unknown as SummaryLine;
      const done = lines as unknown as TaskLine[];
      checkJson(done, summary);
      checkResults(join(batt.folder, name), done, summary);
      checkExport(name, done);
      if (deadline === undefined) {
        const text = batt.run([...args, '--out', `${name}text`]);
        checkText(text.stdout, done, summary, Number(top));
      }
    }),
    { numRuns: Number(process.env.COUNTS_RUNS ?? 12) },
  );
});
