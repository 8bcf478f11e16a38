// How many program runs a second? All runs of the shared `programs.jsonl`, warm, one thread, each on its own.

import { median } from '../src/doctor/median.ts';
import { dslNames } from '../src/dsl/names.ts';
import { plainNames } from '../src/dsl/plain.ts';
import type { Evaluator, OutcomeSink } from '../src/engine/evaluator.ts';
import type { OutputGrid } from '../src/engine/verdict.ts';
import { seeded } from '../src/pipeline/read/seeded.ts';
import { Grid } from '../src/value/value.ts';
import type { Answer, Options, Question, Reference } from './question.ts';
import { shuffled } from './random.ts';
import { NO_SHARED, shared } from './shared.ts';
import { figures, quantile, seconds } from './stats.ts';
import { evaluatorsOf, loadSuite, type Suite } from './suite.ts';

const GOAL = 100_000;
const CPYTHON: Reference = { value: 4_100, from: 'CPython 3.11, measured earlier' };

export const programs: Question = {
  name: 'programs',
  about:
    'all runs of programs.jsonl, one thread, a graph a program; fresh grids: colours permuted anew in every pass, ' +
    'outcomes held against the plain way',
  ask: (options) => (shared === undefined ? NO_SHARED : measure(loadSuite(shared), options)),
};

/** Throws when a fresh pass differs from the plain way. The plain way runs last, so that it disturbs no other figure. */
function measure(suite: Suite, { quick }: Options): Answer {
  const passes = quick ? 5 : 15;
  const fast = new Passes(suite, evaluatorsOf(suite, dslNames()));
  const cold = fast.seconds(fast.freshGrids(0));
  for (let k = 1; k < 10; k++) fast.seconds(fast.freshGrids(k));
  const fresh: number[] = [];
  const fixed: number[] = [];
  for (let k = 0; k < passes; k++) {
    fresh.push(fast.seconds(fast.freshGrids(FIRST_SEED + k)));
    fixed.push(fast.seconds(fast.fixedGrids()));
  }
  const each = fast.medians(passes);

  const plain = new Passes(suite, evaluatorsOf(suite, plainNames()));
  for (let k = 0; k < passes; k++) check(fast, plain, FIRST_SEED + k);
  const plainSeconds: number[] = [];
  const plainPasses = quick ? 3 : 5;
  for (let k = 0; k < plainPasses; k++) plainSeconds.push(plain.seconds(plain.freshGrids(FIRST_SEED + k)));
  const plainEach = plain.medians(plainPasses);

  const runs = suite.runs.length;
  const rate = (t: number): number => runs / t;
  const plainFigures = figures(plainSeconds, rate);
  const plainRate = plainFigures.value;
  const references = [CPYTHON, { value: plainRate, from: 'plain way, this run' }];
  const goal = GOAL;
  const micros = (q: number): Reference[] => [{ value: quantile(plainEach, q), from: 'plain way, this run' }];
  return {
    rows: [
      { what: 'fresh grids, warm (headline)', ...figures(fresh, rate), unit: 'runs/s', goal, references },
      { what: 'the same grids in every pass, warm', ...figures(fixed, rate), unit: 'runs/s', goal, references },
      { what: 'fresh grids, first pass, cold', value: runs / cold, unit: 'runs/s', references: [CPYTHON] },
      {
        what: 'fresh grids, each run at its median',
        value: (1e6 * runs) / each.reduce((sum, t) => sum + t, 0),
        unit: 'runs/s',
        references,
      },
      { what: 'plain way, fresh grids, warm', ...plainFigures, unit: 'runs/s', references: [CPYTHON] },
      { what: 'median run, warm', value: quantile(each, 0.5), unit: 'µs', references: micros(0.5) },
      { what: '90th percentile of runs, warm', value: quantile(each, 0.9), unit: 'µs', references: micros(0.9) },
    ],
    notes: [`${runs} outcomes of each of ${passes} fresh passes equal the plain way's`, dearest(suite, each)],
  };
}

const FIRST_SEED = 1000;

/** The suite run by the evaluators of one way. */
class Passes {
  readonly #suite: Suite;
  readonly #evaluators: readonly Evaluator[];

  constructor(suite: Suite, evaluators: readonly Evaluator[]) {
    this.#suite = suite;
    this.#evaluators = evaluators;
  }

  /** The suite's inputs with the colours permuted: grids that no pass of another seed sees. */
  freshGrids(seed: number): Grid[] {
    const random = seeded(seed);
    return this.#suite.runs.map(({ height, width, cells }) => {
      const colours = shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], random);
      return new Grid(
        height,
        width,
        cells.map((colour) => colours[colour]!),
      );
    });
  }

  /** The suite's inputs, in new values that nothing is known about yet. */
  fixedGrids(): Grid[] {
    return this.#suite.runs.map(({ height, width, cells }) => new Grid(height, width, cells));
  }

  run(grids: readonly Grid[], sink: OutcomeSink): void {
    const { runs } = this.#suite;
    for (let k = 0; k < grids.length; k++) this.#evaluators[runs[k]!.program]!.run({ input: grids[k]! }, sink);
  }

  seconds(grids: readonly Grid[]): number {
    return seconds(() => this.run(grids, SILENT));
  }

  /** Microseconds of each run, the median of several fresh grids. */
  medians(passes: number): number[] {
    const { runs } = this.#suite;
    const times = runs.map((): number[] => []);
    for (let k = 0; k < passes; k++) {
      const grids = this.freshGrids(2 * FIRST_SEED + k);
      for (let r = 0; r < grids.length; r++) {
        const start = process.hrtime.bigint();
        this.#evaluators[runs[r]!.program]!.run({ input: grids[r]! }, SILENT);
        times[r]!.push(Number(process.hrtime.bigint() - start) / 1000);
      }
    }
    return times.map(median);
  }

  outcomes(seed: number): string[] {
    const outcomes = new Outcomes();
    this.run(this.freshGrids(seed), outcomes);
    return outcomes.list;
  }
}

function check(fast: Passes, plain: Passes, seed: number): void {
  const ours = fast.outcomes(seed);
  const theirs = plain.outcomes(seed);
  const differs = ours.findIndex((outcome, k) => outcome !== theirs[k]);
  if (differs >= 0) throw new Error(`run ${differs}: ${ours[differs]}, plain way: ${theirs[differs]}`);
}

/** Sides of what is kept of a grid that is too large to be expected. */
const SIDE = 30;

class Outcomes implements OutcomeSink {
  readonly list: string[] = [];
  grid(_: number, output: OutputGrid): void {
    const { height, width, cells, stride = width } = output;
    const rows: number[][] = [];
    for (let r = 0; r < Math.min(height, SIDE); r++) {
      rows.push(Array.from({ length: Math.min(width, SIDE) }, (_, c) => cells[r * stride + c]!));
    }
    this.list.push(`${height}x${width}:${rows.join(' ')}`);
  }
  notGrid(): void {
    this.list.push('not_grid');
  }
  ended(_: number, verdict: string, line: number): void {
    this.list.push(`${verdict} in line ${line}`);
  }
}

const SILENT: OutcomeSink = { grid: () => {}, notGrid: () => {}, ended: () => {} };

/** The programs that take most of the time. */
function dearest({ runs }: Suite, micros: readonly number[]): string {
  const total = new Map<string, number>();
  for (const [k, { program, task }] of runs.entries()) {
    const key = `${program} on ${task}`;
    total.set(key, (total.get(key) ?? 0) + micros[k]!);
  }
  const sum = micros.reduce((a, b) => a + b, 0);
  const list = [...total].sort((a, b) => b[1] - a[1]).slice(0, 5);
  return `share of the time: ${list.map(([key, t]) => `program ${key} ${((100 * t) / sum).toFixed(1)} %`).join(', ')}`;
}
