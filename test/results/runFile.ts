// Made-up results of runs, for the tests of what reads them: random ones and files of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import type {
  CandidateFields,
  CandidatesLine,
  DifferFields,
  ResultLine,
  RunLine,
  ScoreColumns,
  StoredFields,
  SummaryLine,
  TaskLine,
} from '../../src/results/lines.ts';
import { isSolved } from '../../src/results/rows.ts';
import { resultsText } from './sealedLines.ts';

/** A whole run; its summary is made by {@link summaryOf}. */
export interface MadeRun {
  readonly run: RunLine;
  readonly candidates: readonly CandidateFields[];
  readonly tasks: readonly TaskLine[];
}

/** Names that files of tables have to quote. */
const word = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9]{1,8}$/) },
  fc.constantFrom(
    '',
    'a,b',
    'say "hi"',
    'two\nlines',
    'cr\r\nlf',
    ' blank ',
    'null',
    'true',
    '7',
    'ä–✓😀',
    "'; drop",
    'nul\0',
    '\\N',
  ),
);
const small = fc.nat(9);
const md5 = fc.stringMatching(/^[0-9a-f]{32}$/);
const seconds = fc.nat(5_000_000).map((n) => n / 1e6);
const timing = fc.dictionary(
  fc.constantFrom('main.run_batt', 'run_batt.check_batt', 'run_batt.phase1_filter'),
  seconds,
  { noNullPrototype: true },
);
const VERDICTS = ['ok', 'mismatch', 'shape', 'not_grid', 'error:TypeError', 'budget', 'not_run'];

const candidate: fc.Arbitrary<CandidateFields> = fc.record({
  solver_id: word,
  also: fc.array(word, { maxLength: 2 }),
  source: word,
  line: fc.nat(999),
  size: fc.nat(99),
});

/** Of the made-up runs; the ids of tasks are unlike one another. */
export interface MadeOptions {
  /** Whether tasks may be missing or cut. */
  readonly whole: boolean;
}

/** Random runs of one shard. */
export function madeRuns({ whole }: MadeOptions): fc.Arbitrary<MadeRun> {
  return fc
    .record({
      candidates: fc.array(candidate, { minLength: 1, maxLength: 6 }),
      ids: fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{8}$/), { minLength: 1, maxLength: 7 }),
      flags: fc.dictionary(
        fc.constantFrom('timeout', 'budget', 'dialect', 'compat'),
        fc.oneof(small, fc.boolean(), fc.constant(null), word),
        { noNullPrototype: true },
      ),
      files: fc.array(word, { maxLength: 2 }),
      invalid: fc.array(fc.record({ file: word, line: small, column: small, name: word, reason: word }), {
        maxLength: 2,
      }),
      strays: fc.array(fc.record({ file: word, line: small, column: small, reason: word }), { maxLength: 2 }),
      data: word,
    })
    .chain(({ candidates, ids, flags, files, invalid, strays, data }) =>
      fc.tuple(...ids.map((id) => taskLine(id, candidates.length, whole))).map((lines) => {
        const run: RunLine = {
          schema: 4,
          type: 'run',
          id: '20260131T235959123Z-0f3a9c',
          engine: '0.1.0',
          node: 'v20.20.0',
          started: '2026-01-31T23:59:59.123Z',
          flags,
          batteries: files.map((file) => ({ file, digest: 'ab'.repeat(32) })),
          data: { name: data, parts: [data], digest: 'cd'.repeat(32), tasks: ids },
          shard: { index: 1, of: 1 },
          counts: { read: candidates.length, invalid: 0, duplicate: 0, skipped: 0, scored: candidates.length },
          invalid,
          strays,
        };
        return { run, candidates, tasks: lines.filter((line) => line !== undefined) };
      }),
    );
}

function taskLine(task: string, candidates: number, whole: boolean): fc.Arbitrary<TaskLine | undefined> {
  const line = fc
    .record({
      demos: fc.integer({ min: 1, max: 3 }),
      tests: fc.integer({ min: 1, max: 2 }),
      hidden: fc.boolean(),
      refused: fc.array(fc.nat(candidates - 1), { maxLength: 1 }),
    })
    .chain(({ demos, tests, hidden, refused }) => {
      const numbers = Array.from({ length: candidates }, (_, k) => k);
      const samples = demos + tests;
      const known: [number, number] = [demos, hidden ? 0 : tests];
      const perCandidate = fc.tuple(
        ...numbers.map(() =>
          fc.record({
            demo: fc.nat(demos),
            test: fc.nat(tests),
            cells: fc.nat(1_000_000).map((n) => n / 1e6),
            verdicts: fc.array(fc.constantFrom(...VERDICTS), { minLength: samples, maxLength: samples }),
            stored: fc.option(
              fc.record({
                md5,
                peer: fc.option(md5),
                form: fc.constantFrom('source', 'guarded', undefined),
                tLog: small,
              }),
            ),
          }),
        ),
      );
      const grid = fc.constantFrom('0', '012/345', 'f/e');
      return fc
        .record({
          rows: perCandidate,
          best: fc.shuffledSubarray(numbers, { maxLength: Math.min(3, numbers.length) }),
          differs: fc.array(
            fc.record({
              name: word,
              md5: fc.option(md5),
              iz: fc.dictionary(word, small, { maxKeys: 2, noNullPrototype: true }),
              zo: fc.dictionary(word, small, { maxKeys: 2, noNullPrototype: true }),
            }) satisfies fc.Arbitrary<DifferFields>,
            { maxLength: 2 },
          ),
          attempts: fc.array(
            fc.array(
              fc.record({
                grid: fc.constantFrom('0', '012/345', '9/8'),
                demo: small,
                votes: small,
                size: small,
                candidate: fc.nat(candidates - 1),
              }),
              { maxLength: 2 },
            ),
            { minLength: tests, maxLength: tests },
          ),
          outputs: fc.array(fc.option(grid), { minLength: samples, maxLength: samples }),
          failures: fc.array(word, { maxLength: 1 }),
          notes: fc.array(word, { maxLength: 1 }),
          timing,
          backend: fc.constantFrom('wasm', 'cpu'),
          bare: fc.boolean(),
          state: whole ? fc.constant('done') : fc.constantFrom('done', 'done', 'cut', 'missing'),
        })
        .map(({ rows, best, differs, attempts, outputs, failures, notes, timing, backend, bare, state }) => {
          if (state === 'missing') return undefined;
          const counts = {
            read: candidates,
            invalid: 0,
            duplicate: 0,
            skipped: 0,
            scored: numbers.length,
            pairs: 3,
          };
          const full: TaskLine = {
            schema: 4,
            type: 'task',
            task,
            demos,
            tests,
            known,
            counts,
            scores: columnsOf(rows, hidden),
            best,
            verdicts: countsOf(rows.flatMap(({ verdicts }) => verdicts)),
            ...(bare
              ? {}
              : {
                  stored: rows.flatMap(({ stored }, k): StoredFields[] => {
                    if (stored === null) return [];
                    const { md5, peer, form, tLog } = stored;
                    return [
                      {
                        candidate: numbers[k]!,
                        md5,
                        ...(peer === null ? {} : { peer_md5: peer }),
                        ...(form === undefined ? {} : { form }),
                        t_log: tLog,
                      },
                    ];
                  }),
                  ...(refused.length === 0 ? {} : { unlinked: [{ reason: '32-file rule', candidates: refused }] }),
                  differs,
                }),
            attempts,
            shown: best.map((candidate) => ({ candidate, outputs })),
            ...(failures.length > 0 ? { failures } : {}),
            ...(notes.length > 0 ? { notes } : {}),
            ...(state === 'cut' ? { cut: 'deadline' as const } : {}),
            timing,
            backend,
            device: `${backend} of this test`,
          };
          return full;
        });
    });
  return line;
}

function columnsOf(
  rows: readonly { demo: number; test: number; cells: number; verdicts: readonly string[] }[],
  hidden: boolean,
): ScoreColumns {
  const kinds = [...new Set(rows.map(({ verdicts }) => JSON.stringify(countsOf(verdicts))))];
  return {
    demo: rows.map(({ demo }) => demo),
    test: hidden ? null : rows.map(({ test }) => test),
    cells: rows.map(({ cells }) => cells),
    verdicts: rows.map(({ verdicts }) => kinds.indexOf(JSON.stringify(countsOf(verdicts)))),
    kinds: kinds.map((kind) => JSON.parse(kind) as Record<string, number>),
  };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** The last line of a run. */
export function summaryOf({ tasks }: MadeRun, of: number, seconds: number = 1.5): SummaryLine {
  const done = tasks.filter(({ cut }) => cut === undefined);
  const verdicts: Record<string, number> = {};
  for (const line of tasks)
    for (const [verdict, n] of Object.entries(line.verdicts)) verdicts[verdict] = (verdicts[verdict] ?? 0) + n;
  return {
    schema: 4,
    type: 'summary',
    tasks: done.length,
    of,
    solved: tasks.filter(isSolved).length,
    verdicts,
    pairs: tasks.reduce((sum, { counts }) => sum + counts.pairs, 0),
    seconds,
    timing: { 'main.load_tasks': 0.25 },
  };
}

/** All lines of a finished run. */
export function linesOf(made: MadeRun): ResultLine[] {
  const candidates: CandidatesLine = { schema: 4, type: 'candidates', first: 0, rows: made.candidates };
  const { shard, data } = made.run;
  const of = data.tasks.filter((_, k) => k % shard.of === shard.index - 1).length;
  return [made.run, candidates, ...made.tasks, summaryOf(made, of)];
}

/** Writes lines and returns the path of the file. */
export function writeLines(file: string, lines: readonly ResultLine[]): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, resultsText(lines));
  return file;
}
