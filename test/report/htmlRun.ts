// Runs made by hand for the tests of the report: tasks, candidates and outputs of all kinds, from a fixed seed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { datasetDigest } from '../../src/arc/digest.ts';
import type { ArcGrid } from '../../src/arc/grid.ts';
import type { Task } from '../../src/arc/task.ts';
import { gridText } from '../../src/results/gridText.ts';
import type { CandidateFields, ResultLine, RunLine, TaskLine } from '../../src/results/lines.ts';
import { resultsText } from '../results/sealedLines.ts';

/** What differs from a run that came to its end on all its tasks. */
export interface MadeRun {
  readonly id?: string;
  readonly run?: Partial<RunLine>;
  /** Changes of the candidates, by number. */
  readonly candidates?: Readonly<Record<number, Partial<CandidateFields>>>;
  /** Changes of task lines, by task; null: the run did not come to it. */
  readonly lines?: Readonly<Record<string, Partial<TaskLine> | null>>;
  /** Candidates of a task with outputs, default 3. */
  readonly shown?: number;
  readonly finished?: boolean;
}

const CANDIDATES = 12;

/** Numbers 0 <= x < 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Tasks with grids of up to `side` cells a side: three demos and a test each. */
export function madeTasks(count: number, side = 12): Task[] {
  const next = random(7);
  const grid = (): ArcGrid => {
    const height = 1 + Math.floor(next() * side);
    const width = 1 + Math.floor(next() * side);
    // mostly one colour, as in ARC, with runs of others
    let colour = 0;
    const cells = Uint8Array.from({ length: height * width }, () => {
      if (next() < 0.3) colour = next() < 0.6 ? 0 : Math.floor(next() * 10);
      return colour;
    });
    return { height, width, cells };
  };
  return Array.from({ length: count }, (_, k) => {
    const samples = Array.from({ length: 4 }, () => ({ input: grid(), output: grid() }));
    return { id: `t${String(k).padStart(4, '0')}`, demo: samples.slice(0, 3), test: samples.slice(3), source: '' };
  });
}

/** Writes task files into a folder. */
export function writeTasks(folder: string, tasks: readonly Task[]): void {
  mkdirSync(folder, { recursive: true });
  const rows = ({ height, width, cells }: ArcGrid): number[][] =>
    Array.from({ length: height }, (_, r) => [...cells.subarray(r * width, (r + 1) * width)]);
  for (const { id, demo, test } of tasks) {
    const samples = (list: Task['demo']): object[] =>
      list.map(({ input, output }) => ({ input: rows(input), ...(output === null ? {} : { output: rows(output) }) }));
    writeFileSync(join(folder, `${id}.json`), JSON.stringify({ train: samples(demo), test: samples(test) }));
  }
}

/** Writes the results of a run on tasks that lie in `data`. Returns the folder of the run. */
export function writeRun(out: string, data: string, tasks: readonly Task[], made: MadeRun = {}): string {
  const id = made.id ?? '20260131T120000000Z-000001';
  const folder = join(out, 'runs', id);
  mkdirSync(folder, { recursive: true });
  const all = tasks.map((task, k) => taskLine(task, k, made.shown ?? 3));
  const lines = all.flatMap((line): TaskLine[] => {
    const change = made.lines?.[line.task];
    return change === null ? [] : [{ ...line, ...change }];
  });
  const rows = Array.from({ length: CANDIDATES }, (_, k): CandidateFields => {
    const also = k === 1 ? ['twin_a', 'twin_b'] : [];
    return {
      solver_id: `solver_${k}`,
      also,
      source: 'batteries/first.py',
      line: 3 + 9 * k,
      size: 4 + k,
      ...made.candidates?.[k],
    };
  });
  const run: RunLine = {
    schema: 4,
    type: 'run',
    id,
    engine: '0.1.0',
    node: 'v20.20.2',
    started: '2026-01-31T12:00:00.000Z',
    flags: { timeout: 10, budget: null, 'first-mismatch': false, dialect: 'plain' },
    batteries: [{ file: 'batteries/first.py', digest: 'a'.repeat(64) }],
    data: { name: data, parts: [data], digest: datasetDigest(tasks), tasks: tasks.map((task) => task.id) },
    shard: { index: 1, of: 1 },
    counts: { read: 15, invalid: 1, duplicate: 2, skipped: 0, scored: CANDIDATES },
    invalid: [
      { file: 'batteries/first.py', line: 80, column: 5, name: 'solver_x', reason: 'found <, expected a name' },
    ],
    strays: [],
    ...made.run,
  };
  const text: ResultLine[] = [run, { schema: 4, type: 'candidates', first: 0, rows }, ...lines];
  if (made.finished ?? true) text.push(summaryLine(lines, tasks.length));
  writeFileSync(join(folder, 'results.jsonl'), resultsText(text));
  return folder;
}

function summaryLine(lines: readonly TaskLine[], of: number): ResultLine {
  return {
    schema: 4,
    type: 'summary',
    tasks: lines.length,
    of,
    solved: 0,
    verdicts: {},
    pairs: 0,
    seconds: 2.5,
    timing: {
      'main.parse_batteries': 0.021,
      'main.load_tasks': 0.043,
      'main.run_batt': 2.4,
      'run_batt.check_batt': 1.31,
      'run_batt.phase1_filter': 0.012,
      'run_batt.phase2_inline_batch': 0.04,
      'run_batt.phase3a_validate_batch': 0.52,
      'run_batt.phase3b_file_ops': 0.31,
      'run_batt.phase4_differs': 0.2,
      'run_batt.phase4_demo_parallel': 1.01,
      'run_batt.phase4_test_parallel': 0.25,
      'run_batt.phase4_demo_cpu': 1.9,
      'run_batt.phase4_test_cpu': 0.45,
    },
  };
}

/** Every fifth task is solved by its first candidate; the others' outputs are wrong in all ways. */
function taskLine({ id, demo, test }: Task, k: number, shown: number): TaskLine {
  const next = random(k + 1);
  const samples = [...demo, ...test];
  const known = test.filter(({ output }) => output !== null).length;
  const right = k % 5 === 0 ? samples.length : k % 5 === 1 ? demo.length : k % 5 === 2 ? 1 : 0;
  const number = (c: number): number => Math.max(0, right - c);
  const candidates = Array.from({ length: CANDIDATES }, (_, c) => c);
  return {
    schema: 4,
    type: 'task',
    task: id,
    demos: demo.length,
    tests: test.length,
    known: [demo.length, known],
    counts: { read: 15, invalid: 1, duplicate: 2, skipped: 0, scored: CANDIDATES, pairs: 31 },
    scores: {
      demo: candidates.map((c) => Math.min(demo.length, number(c))),
      test: known === 0 ? null : candidates.map((c) => Math.max(0, number(c) - demo.length)),
      cells: candidates.map((c) => (number(c) === samples.length ? 1 : Math.round(1e6 * next()) / 1.1e6)),
      verdicts: candidates.map((c) => (c === 0 ? 0 : 1)),
      kinds: [
        { ok: right, ...(right < samples.length ? { mismatch: samples.length - right } : {}) },
        { shape: 2, 'error:IndexError': samples.length - 2 },
      ],
    },
    best: candidates.slice(0, 10),
    verdicts: {
      ok: right,
      mismatch: samples.length - right,
      shape: 2 * (CANDIDATES - 1),
      'error:IndexError': (samples.length - 2) * (CANDIDATES - 1),
    },
    stored: [{ candidate: 0, md5: '5d41402abc4b2a76b9719d911017c592', t_log: 15 }],
    shown: candidates.slice(0, shown).map((c) => ({
      candidate: c,
      outputs: samples.map(({ output }, s) => {
        if (output === null) return '012/345';
        return s < number(c) ? gridText(output) : wrongOutput(output, c, next);
      }),
    })),
    timing: { 'main.run_batt': Math.round(1e6 * next()) / 1e6, 'run_batt.check_batt': 0.001 },
    backend: 'wasm',
    device: '',
  };
}

function wrongOutput({ height, width, cells }: ArcGrid, kind: number, next: () => number): string | null {
  if (kind % 3 === 2) return next() < 0.5 ? null : gridText({ height: 1, width, cells: cells.subarray(0, width) });
  const colours = kind % 3 === 0 ? 10 : 16;
  const changed = cells.map((cell) => (next() < 0.12 ? Math.floor(next() * colours) : cell));
  changed[0] = (cells[0]! + 1) % 10;
  return gridText({ height, width, cells: changed });
}
