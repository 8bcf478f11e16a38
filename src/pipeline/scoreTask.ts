// Scores all candidates on one task.
import type { ArcGrid } from '../arc/grid.ts';
import type { Sample, Task } from '../arc/task.ts';
import type { BlockSample } from '../engine/block.ts';
import { type EvaluationOptions, Evaluator } from '../engine/evaluate.ts';
import { gridValue, pairsOf } from '../engine/inputs.ts';
import { type DigestedSink, differSize, digesting, type PackedOutcomes, unpack } from '../engine/outcomes.ts';
import type { Candidate } from '../graph/graph.ts';
import { ScoreBatch } from '../score/batch.ts';
import { type CandidateScore, ScoreTable } from '../score/table.ts';
import type { Value } from '../value/value.ts';
import { checkAccounts } from './accounts.ts';
import type { CandidateSet, Counts } from './candidates.ts';
import { DistinctOutputs } from './distinct.ts';
import { Clock, type Timing } from './timing.ts';

/** What scoring a task gave. */
export interface TaskResult {
  readonly task: string;
  /** Numbers of samples. */
  readonly demos: number;
  readonly tests: number;
  /** `pairs` = (program, distinct output) pairs, those of duplicates too. */
  readonly counts: Counts & { readonly pairs: number };
  /** One entry a scored candidate, the first of its duplicates, in the order of reading. */
  readonly candidates: readonly ScoredCandidate[];
  /** Samples matched by solver id, summed over the programs of that id, duplicates included. */
  readonly scores: ReadonlyMap<string, number>;
  /** Number of (candidate, sample) pairs by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  /**
   * What differs found on each demo sample with a known output, one entry an item of `graph.differs`: the first element of
   * the value where that is a tuple that begins with an int (no bool), else undefined. Empty unless asked for.
   */
  readonly differSizes: readonly (readonly (number | undefined)[])[];
  readonly timing: Timing;
}

/** How tasks are scored. */
export interface ScoringOptions extends EvaluationOptions {
  /** Whether the differs are run, too; default false. */
  readonly differs?: boolean;
}

/** A candidate and its figures on a task. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly score: CandidateScore;
}

/** The timing key of running candidates and comparing their outputs. */
const CHECK = 'run_batt.check_batt';

/** The keys of its two parts: wall time, and the time of the threads together. */
const PARTS = [
  { wall: 'run_batt.phase4_demo_parallel', busy: 'run_batt.phase4_demo_cpu' },
  { wall: 'run_batt.phase4_test_parallel', busy: 'run_batt.phase4_test_cpu' },
] as const;

/** One task while it is being scored: its samples may be run in any order, here or in other threads. */
export class TaskScoring {
  readonly task: Task;
  /** Demo samples, then test samples. */
  readonly samples: readonly Sample[];
  readonly #set: CandidateSet;
  readonly #batch: ScoreBatch;
  readonly #clock: Clock = new Clock();
  readonly #table: ScoreTable;
  readonly #distinct: DistinctOutputs;
  readonly #differs: boolean;
  /** Per demo sample: the sizes of the differ values, NaN for undefined. */
  readonly #sizes: (Float64Array | undefined)[] = [];
  #pairs: Value | undefined;

  constructor(set: CandidateSet, task: Task, batch: ScoreBatch, { differs = false }: ScoringOptions = {}) {
    this.#set = set;
    this.task = task;
    this.#batch = batch;
    this.samples = [...task.demo, ...task.test];
    const { candidates } = set.graph;
    this.#table = this.#clock.time(CHECK, () => new ScoreTable(task, candidates.length));
    this.#distinct = new DistinctOutputs(candidates.length, this.samples.length);
    this.#differs = differs && set.graph.differs.length > 0;
  }

  /** A sample as another thread needs it to run everything on it. */
  blockSample(sample: number): BlockSample {
    return { input: this.samples[sample]!.input, expected: this.#thirdGrid(sample) };
  }

  /** The expected grid where the differs are to be run. */
  #thirdGrid(sample: number): ArcGrid | null {
    return this.#differs && sample < this.task.demo.length ? this.samples[sample]!.output : null;
  }

  /** Runs everything on a sample, here. */
  evaluate(evaluator: Evaluator, sample: number): void {
    const start = performance.now();
    this.#clock.time(CHECK, () => {
      this.#pairs ??= pairsOf(this.task);
      const expected = this.#thirdGrid(sample);
      const differs = expected && {
        expected: gridValue(expected),
        value: (differ: number, value: Value) => {
          this.#sizesOf(sample)[differ] = differSize(value);
        },
      };
      const input = gridValue(this.samples[sample]!.input);
      evaluator.run({ input, pairs: this.#pairs }, digesting(this.#sink(sample)), differs ?? undefined);
      // Comparing on the CPU gains nothing from a fuller batch, and the caller gets each task as soon as it is done.
      this.#batch.flush();
    });
    const seconds = (performance.now() - start) / 1000;
    this.bookBusy(sample, 1, seconds);
    this.#clock.book(this.#partOf(sample).wall, seconds);
  }

  /** Takes what another thread made of some candidates on a sample. */
  take(sample: number, outcomes: PackedOutcomes): void {
    unpack(outcomes, this.#sink(sample));
    this.#batch.flush();
    if (this.#thirdGrid(sample) !== null) this.#sizesOf(sample).set(outcomes.differs, outcomes.firstDiffer);
  }

  /** Books wall time that was spent on this task elsewhere; demo and test samples share it as they share the busy time. */
  book(seconds: number): void {
    this.#clock.book(CHECK, seconds);
    const busy = PARTS.map((part) => this.#clock.timing.get(part.busy) ?? 0);
    const all = busy.reduce((sum, part) => sum + part, 0);
    for (const [k, { wall }] of PARTS.entries()) if (all > 0) this.#clock.book(wall, (seconds * busy[k]!) / all);
  }

  /** Books the seconds that a thread took for some samples. */
  bookBusy(first: number, count: number, seconds: number): void {
    for (let sample = first; sample < first + count; sample++) {
      this.#clock.book(this.#partOf(sample).busy, seconds / count);
    }
  }

  #partOf(sample: number): (typeof PARTS)[number] {
    return PARTS[sample < this.task.demo.length ? 0 : 1];
  }

  #sizesOf(sample: number): Float64Array {
    this.#sizes[sample] ??= new Float64Array(this.#set.graph.differs.length).fill(Number.NaN);
    return this.#sizes[sample];
  }

  #sink(sample: number): DigestedSink {
    return {
      grid: (candidate, output, digest) => {
        this.#distinct.addDigest(candidate, digest);
        this.#batch.add(this.#table, candidate, sample, output);
      },
      notGrid: (candidate, digest) => {
        this.#distinct.addDigest(candidate, digest);
        this.#table.end(candidate, sample, 'not_grid');
      },
      ended: (candidate, verdict) => this.#table.end(candidate, sample, verdict),
    };
  }

  /**
   * The result, once all samples are done.
   * @param filterSeconds what finding the duplicates took, to be booked to this task
   * @throws AccountsError when the sums do not add up
   */
  result(filterSeconds = 0): TaskResult {
    const clock = this.#clock;
    const result = clock.time(CHECK, () => this.#result());
    clock.book('run_batt.phase1_filter', filterSeconds);
    clock.book('main.run_batt', filterSeconds + clock.timing.get(CHECK)!);
    return { ...result, timing: clock.timing };
  }

  #result(): Omit<TaskResult, 'timing'> {
    const { task } = this;
    const table = this.#table;
    const scores = new Map<string, number>();
    const verdicts: Record<string, number> = {};
    let pairs = 0;
    const candidates = this.#set.graph.candidates.map((candidate, k) => {
      const score = table.score(k);
      for (const id of [candidate.solverId, ...candidate.also]) scores.set(id, (scores.get(id) ?? 0) + score.oScore);
      for (const [verdict, n] of Object.entries(score.verdicts)) verdicts[verdict] = (verdicts[verdict] ?? 0) + n;
      pairs += this.#distinct.count(k) * (1 + candidate.also.length);
      return { candidate, score };
    });
    const said = Object.values(verdicts).reduce((sum, n) => sum + n, 0) - table.undecided;
    checkAccounts(task.id, this.#set.counts, table.samples, said);
    return {
      task: task.id,
      demos: task.demo.length,
      tests: task.test.length,
      counts: { ...this.#set.counts, pairs },
      candidates,
      scores,
      verdicts,
      differSizes: this.samples.flatMap((_, sample) =>
        this.#thirdGrid(sample) === null
          ? []
          : [Array.from(this.#sizesOf(sample), (size) => (Number.isNaN(size) ? undefined : size))],
      ),
    };
  }
}

/**
 * Scores all candidates on one task, in this thread: runs them on every demo and test sample and compares the outputs with
 * the expected ones.
 * @param set of `buildGraph`
 * @throws AccountsError when the sums do not add up
 */
export function scoreTask(set: CandidateSet, task: Task, options: ScoringOptions = {}): TaskResult {
  const evaluator = new Evaluator(set.graph, options);
  const scoring = new TaskScoring(set, task, new ScoreBatch(), options);
  for (let sample = 0; sample < scoring.samples.length; sample++) scoring.evaluate(evaluator, sample);
  return scoring.result();
}
