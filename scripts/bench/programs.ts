// How many program runs a second? All runs of the shared `programs.jsonl`, warm, one thread, each on its own.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import type { Names } from '../../src/dsl/table.ts';
import { Evaluator, type OutcomeSink } from '../../src/engine/evaluate.ts';
import { Graph } from '../../src/graph/graph.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import { Grid } from '../../src/value/value.ts';
import { seeded, shuffled } from './random.ts';

interface Run {
  readonly program: number;
  readonly height: number;
  readonly width: number;
  readonly cells: readonly number[];
}

interface Suite {
  readonly sources: readonly string[];
  readonly runs: readonly Run[];
}

/** The programs and inputs of `programs.jsonl`; `shared` is the folder with `dsl/` and `arc/`. */
export function loadSuite(shared: string): Suite | undefined {
  const file = join(shared, 'dsl/vectors/programs.jsonl');
  if (!existsSync(file)) return undefined;
  const sources: string[] = [];
  const place = new Map<string, number>();
  const tasks = new Map<string, { train: { input: number[][] }[]; test: { input: number[][] }[] }>();
  const runs: Run[] = [];
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { source, task, split, index } = JSON.parse(line) as {
      source: string;
      task: string;
      split: 'train' | 'test';
      index: number;
    };
    if (!place.has(source)) place.set(source, sources.push(source) - 1);
    if (!tasks.has(task)) {
      tasks.set(task, JSON.parse(readFileSync(join(shared, 'arc/agi1/training', `${task}.json`), 'utf8')));
    }
    const rows = tasks.get(task)![split][index]!.input;
    runs.push({ program: place.get(source)!, height: rows.length, width: rows[0]!.length, cells: rows.flat() });
  }
  return { sources, runs };
}

/** One graph and evaluator a program: nothing is shared between programs. */
export function evaluatorsOf(suite: Suite, names: Names): Evaluator[] {
  return suite.sources.map((source, k) => {
    const graph = new Graph(() => names);
    graph.add(parseBattery(source, { file: `program${k}.py`, known: (name) => names.has(name) }));
    return new Evaluator(graph);
  });
}

/** The suite's inputs with the colours permuted anew: grids that no pass has seen. */
function freshGrids(suite: Suite, seed: number): Grid[] {
  const random = seeded(seed);
  return suite.runs.map(({ height, width, cells }) => {
    const colours = shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], random);
    return new Grid(
      height,
      width,
      cells.map((colour) => colours[colour]!),
    );
  });
}

/** Runs everything once; a digest of all outcomes, to compare ways of evaluation. */
function pass(suite: Suite, evaluators: readonly Evaluator[], grids: readonly Grid[], sink: OutcomeSink): void {
  for (let k = 0; k < grids.length; k++) evaluators[suite.runs[k]!.program]!.run({ input: grids[k]! }, sink);
}

class Outcomes implements OutcomeSink {
  readonly list: string[] = [];
  grid(_: number, output: { height: number; width: number; cells: ArrayLike<number> }): void {
    this.list.push(`${output.height}x${output.width}:${Array.from(output.cells).join('')}`);
  }
  notGrid(): void {
    this.list.push('not_grid');
  }
  ended(_: number, verdict: string): void {
    this.list.push(verdict);
  }
}

const SILENT: OutcomeSink = { grid: () => {}, notGrid: () => {}, ended: () => {} };

export interface ProgramFigures {
  readonly runs: number;
  readonly fixedRunsPerSecond: number;
  readonly freshRunsPerSecond: number;
  /** Runs a second if every run took its median. */
  readonly quietRunsPerSecond: number;
  readonly medianMicroseconds: number;
  readonly p90Microseconds: number;
  readonly slowest: readonly { program: number; microseconds: number }[];
}

/** Measures; throws when a fresh pass differs from the plain way. */
export function benchPrograms(suite: Suite, passes = 15): ProgramFigures {
  const evaluators = evaluatorsOf(suite, dslNames());
  const plain = evaluatorsOf(suite, plainNames());
  for (const seed of [1, 2]) {
    const grids = freshGrids(suite, seed);
    const ours = new Outcomes();
    const theirs = new Outcomes();
    pass(suite, evaluators, grids, ours);
    pass(suite, plain, grids, theirs);
    const differs = ours.list.findIndex((outcome, k) => outcome !== theirs.list[k]);
    if (differs >= 0) throw new Error(`run ${differs}: ${ours.list[differs]}, plain way: ${theirs.list[differs]}`);
  }
  const fixed = suite.runs.map(({ height, width, cells }) => new Grid(height, width, cells));
  const copies = (): Grid[] => fixed.map((grid) => new Grid(grid.height, grid.width, grid.cells));
  for (let k = 0; k < 10; k++) pass(suite, evaluators, freshGrids(suite, 100 + k), SILENT);
  const seconds = (make: (k: number) => Grid[]): number => {
    const times: number[] = [];
    for (let k = 0; k < passes; k++) {
      const grids = make(k);
      const start = performance.now();
      pass(suite, evaluators, grids, SILENT);
      times.push((performance.now() - start) / 1000);
    }
    return median(times);
  };
  const fresh = seconds((k) => freshGrids(suite, 1000 + k));
  const same = seconds(copies);
  const each = suite.runs.map((): number[] => []);
  for (let k = 0; k < passes; k++) {
    const grids = freshGrids(suite, 2000 + k);
    for (let r = 0; r < grids.length; r++) {
      const start = process.hrtime.bigint();
      evaluators[suite.runs[r]!.program]!.run({ input: grids[r]! }, SILENT);
      each[r]!.push(Number(process.hrtime.bigint() - start) / 1000);
    }
  }
  const perRun = each.map(median);
  const sorted = perRun.slice().sort((a, b) => a - b);
  const total = new Map<number, number>();
  perRun.forEach((t, k) => {
    const program = suite.runs[k]!.program;
    total.set(program, (total.get(program) ?? 0) + t);
  });
  return {
    runs: suite.runs.length,
    fixedRunsPerSecond: Math.round(suite.runs.length / same),
    freshRunsPerSecond: Math.round(suite.runs.length / fresh),
    quietRunsPerSecond: Math.round((1e6 * perRun.length) / perRun.reduce((sum, t) => sum + t, 0)),
    medianMicroseconds: sorted[sorted.length >> 1]!,
    p90Microseconds: sorted[Math.floor(sorted.length * 0.9)]!,
    slowest: [...total]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 25)
      .map(([program, microseconds]) => ({ program, microseconds })),
  };
}

function median(values: readonly number[]): number {
  return values.slice().sort((a, b) => a - b)[values.length >> 1]!;
}
