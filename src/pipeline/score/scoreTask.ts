// Scores all candidates on one task.
import type { Backend } from '../../../kernels/backend.ts';
import { openCpu } from '../../../kernels/cpu/openCpu.ts';
import { scoreTableCpu } from '../../../kernels/scoreTable/cpu.ts';
import type { ScoreTableResult } from '../../../kernels/scoreTable/op.ts';
import type { ArcGrid } from '../../arc/grid.ts';
import type { Sample, Task } from '../../arc/task.ts';
import type { Block } from '../../engine/block.ts';
import { type EvaluationOptions, Evaluator } from '../../engine/evaluator.ts';
import { markLost } from '../../engine/firstMismatch.ts';
import { gridValue, pairsOf } from '../../engine/inputs.ts';
import { type DigestedSink, differSize, digesting, type PackedOutcomes, unpack } from '../../engine/outcomePacker.ts';
import type { Candidate } from '../../graph/graph.ts';
import { ScoreBatch } from '../../score/scoreBatch.ts';
import { type CandidateScore, ScoreTable } from '../../score/scoreTable.ts';
import type { Value } from '../../value/value.ts';
import type { CandidateSet, Counts } from '../read/candidates.ts';
import { Clock, FUNCTION, type Timing } from '../timing.ts';
import { checkAccounts, verdictTotals } from './accounts.ts';
import { CandidateTable } from './candidateTable.ts';
import { DistinctOutputs } from './distinctOutputs.ts';

/** What scoring a task gave. */
export interface TaskResult {
  readonly task: string;
  /** Numbers of samples. */
  readonly demos: number;
  readonly tests: number;
  /** Demo and test samples whose expected grid is known. */
  readonly known: readonly [demos: number, tests: number];
  /** Set where samples were left out: their pairs are `not_run`. */
  readonly cut?: 'deadline';
  /** `pairs` = (program, distinct output) pairs, those of duplicates too. */
  readonly counts: Counts & { readonly pairs: number };
  /** One entry a scored candidate, the first of its duplicates, in the order of reading. */
  readonly candidates: readonly ScoredCandidate[];
  /** The best of them, at most 16: by demo matches, test matches, share of right cells, then the order of reading. */
  readonly best: readonly ScoredCandidate[];
  /** Samples matched by solver id, summed over the programs of that id, duplicates included. */
  readonly scores: ReadonlyMap<string, number>;
  /** Number of (candidate, sample) pairs by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  /**
   * What differs found on each demo sample with a known output, one entry an item of `graph.differs`: the first element of
   * the value where that is a tuple that begins with an int (no bool), else undefined. Empty unless asked for.
   */
  readonly differSizes: readonly (readonly (number | undefined)[])[];
  /** What became of every scored candidate on every sample. */
  readonly table: CandidateTable;
  readonly timing: Timing;
}

/** How tasks are scored. */
export interface ScoringOptions extends EvaluationOptions {
  /** Whether the differs are run, too; default false. */
  readonly differs?: boolean;
  /**
   * Whether a candidate that fails a sample is not run on those after it, demo samples first; default false. Its verdict
   * there is `not_run`.
   */
  readonly firstMismatch?: boolean;
}

/** A candidate and its figures on a task. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly score: CandidateScore;
}

/** Candidates that are ranked. */
const BEST = 16;

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
  /** Candidates that have failed a sample; undefined where all run on all samples. */
  readonly #lost: Uint8Array | undefined;
  #cut: TaskResult['cut'];
  /** Per demo sample: the sizes of the differ values, NaN for undefined. */
  readonly #sizes: (Float64Array | undefined)[] = [];
  #pairs: Value | undefined;
  #ranking: Int32Array | undefined;

  constructor(set: CandidateSet, task: Task, batch: ScoreBatch, options: ScoringOptions = {}) {
    const { differs = false, firstMismatch = false } = options;
    this.#set = set;
    this.task = task;
    this.#batch = batch;
    this.samples = [...task.demo, ...task.test];
    const { candidates } = set.graph;
    this.#table = this.#clock.time(CHECK, () => new ScoreTable(task, candidates.length));
    this.#distinct = new DistinctOutputs(candidates.length, this.samples.length);
    this.#differs = differs && set.graph.differs.length > 0;
    this.#lost = firstMismatch ? new Uint8Array(candidates.length) : undefined;
  }

  /** Some samples as another thread needs them. Where one decides on the next it must have them all. */
  block(first: number, count: number, compareOn: Block['compareOn']): Block {
    const samples = this.samples.slice(first, first + count).map(({ input, output }, k) => {
      return { input, third: this.#thirdGrid(first + k), expected: output };
    });
    return { samples, demo: this.task.demo, firstMismatch: this.#lost !== undefined, compareOn };
  }

  /** The expected grid where the differs are to be run. */
  #thirdGrid(sample: number): ArcGrid | null {
    return this.#differs && sample < this.task.demo.length ? this.samples[sample]!.output : null;
  }

  /**
   * Runs everything on a sample, here, in slices of so many milliseconds about, between which the thread is free. Where one
   * sample decides on the next, {@link markLost} comes in between.
   */
  *evaluate(evaluator: Evaluator, sample: number, slice: number): Generator<void, void, undefined> {
    let start = performance.now();
    let milliseconds = 0;
    this.#pairs ??= pairsOf(this.task);
    const expected = this.#thirdGrid(sample);
    const differs = expected && {
      expected: gridValue(expected),
      value: (differ: number, value: Value) => {
        this.#sizesOf(sample)[differ] = differSize(value);
      },
    };
    const input = gridValue(this.samples[sample]!.input);
    const sink = digesting(this.#sink(sample), this.#lost === undefined);
    const given = { input, pairs: this.#pairs };
    for (const _ of evaluator.slices(slice, given, sink, differs ?? undefined, 0, undefined, this.#lost)) {
      milliseconds += performance.now() - start;
      yield;
      start = performance.now();
    }
    // so that the caller gets each task as soon as it is done
    this.#batch.flushOnHost();
    this.bookFunctions(evaluator.takeFunctionTimes());
    const seconds = (milliseconds + performance.now() - start) / 1000;
    this.bookBusy(sample, 1, seconds);
    this.#clock.book(CHECK, seconds);
    this.#clock.book(this.#partOf(sample).wall, seconds);
  }

  /** Notes who failed a sample, once all its verdicts are in. */
  markLost(sample: number): void {
    if (this.#lost === undefined) return;
    for (let k = 0; k < this.#lost.length; k++) if (this.#table.verdict(k, sample) !== 'ok') this.#lost[k] = 1;
  }

  /** Takes what another thread made of some candidates on a sample; those of earlier samples come first. */
  take(sample: number, outcomes: PackedOutcomes): void {
    const sink = this.#sink(sample);
    const lost = this.#lost;
    if (lost === undefined) unpack(outcomes, sink);
    else {
      // a block that was divided may have run what a mismatch would have spared
      const spare = (candidate: number): boolean => {
        if (lost[candidate] === 1) sink.ended(candidate, 'not_run', 0);
        return lost[candidate] === 1;
      };
      unpack(outcomes, {
        record: (candidate, ...rest) => spare(candidate) || sink.record(candidate, ...rest),
        matched: (candidate, ...rest) => spare(candidate) || sink.matched(candidate, ...rest),
        notGrid: (candidate, digest) => spare(candidate) || sink.notGrid(candidate, digest),
        ended: (candidate, ...rest) => spare(candidate) || sink.ended(candidate, ...rest),
      });
      markLost(lost, outcomes, this.samples[sample]!.output);
    }
    this.#batch.flushOnHost();
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

  /** Books the seconds that functions took, where they are measured. */
  bookFunctions(functions: Iterable<readonly [name: string, seconds: number]>): void {
    for (const [name, seconds] of functions) this.#clock.book(`${FUNCTION}${name}`, seconds);
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
      record: (candidate, records, at, digest) => {
        this.#distinct.addDigest(candidate, digest);
        this.#batch.addRecord(this.#table, candidate, sample, records, at);
      },
      matched: (candidate, { exact, sameShape, equal, box }, digest) => {
        this.#distinct.addDigest(candidate, digest);
        if (this.#table.expected[sample] === null) this.#table.end(candidate, sample, 'ok');
        else this.#table.match(candidate, sample, exact, sameShape, equal, box);
      },
      notGrid: (candidate, digest) => {
        this.#distinct.addDigest(candidate, digest);
        this.#table.end(candidate, sample, 'not_grid');
      },
      ended: (candidate, verdict) => {
        if (verdict === 'not_run' && this.#lost?.[candidate] !== 1) this.#cut = 'deadline';
        this.#table.end(candidate, sample, verdict);
      },
    };
  }

  /** Ends the pairs that have no verdict as `not_run`, since time is over. @returns whether any pair has another verdict */
  cut(): boolean {
    const any = this.#table.undecided < this.#table.candidates * this.#table.samples;
    if (this.#table.undecided > 0) this.#cut = 'deadline';
    this.#table.endRest('not_run');
    return any;
  }

  /** Pairs whose verdict is not in, perhaps since the backend has not answered. */
  get undecided(): number {
    return this.#table.undecided;
  }

  /** Sums and ranks on a backend, once all verdicts are in; comes before {@link result}. */
  rank(backend: Backend): void | Promise<void> {
    const take = ({ sums, ranking }: ScoreTableResult): void => {
      this.#table.takeSums(sums);
      this.#ranking = ranking;
    };
    const start = performance.now();
    const book = (): void => this.#clock.book(CHECK, (performance.now() - start) / 1000);
    const rows = this.#table.rows(BEST);
    // the backends' sums have room for grids that fit records
    const result = this.#table.isPacked ? backend.scoreTable(rows) : scoreTableCpu(rows);
    if (result instanceof Promise) return result.then(take).finally(book);
    take(result);
    book();
  }

  /**
   * The result, once all samples are done and ranked.
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
    let pairs = 0;
    const candidates = this.#set.graph.candidates.map((candidate, k) => {
      const score = table.score(k);
      for (const id of [candidate.solverId, ...candidate.also]) scores.set(id, (scores.get(id) ?? 0) + score.oScore);
      pairs += this.#distinct.count(k) * (1 + candidate.also.length);
      return { candidate, score };
    });
    const verdicts = verdictTotals(candidates);
    const said = Object.values(verdicts).reduce((sum, n) => sum + n, 0) - table.undecided;
    checkAccounts(task.id, this.#set.counts, table.samples, said);
    return {
      task: task.id,
      demos: task.demo.length,
      tests: task.test.length,
      known: [knownOf(task.demo), knownOf(task.test)],
      counts: { ...this.#set.counts, pairs },
      candidates,
      ...(this.#cut === undefined ? {} : { cut: this.#cut }),
      best: Array.from(this.#ranking ?? [], (k) => candidates[k]!),
      scores,
      verdicts,
      table: new CandidateTable(table, this.#set.graph.candidates),
      differSizes: this.samples.flatMap((_, sample) =>
        this.#thirdGrid(sample) === null
          ? []
          : [Array.from(this.#sizesOf(sample), (size) => (Number.isNaN(size) ? undefined : size))],
      ),
    };
  }
}

function knownOf(samples: readonly Sample[]): number {
  return samples.filter(({ output }) => output !== null).length;
}

/**
 * Scores all candidates on one task, in this thread: runs them on every demo and test sample and compares the outputs with
 * the expected ones.
 * @param set of `buildGraph`
 * @throws AccountsError when the sums do not add up
 */
export function scoreTask(set: CandidateSet, task: Task, options: ScoringOptions = {}): TaskResult {
  const backend = openCpu();
  const evaluator = new Evaluator(set.graph, options);
  const scoring = new TaskScoring(set, task, new ScoreBatch({ backend }), options);
  for (let sample = 0; sample < scoring.samples.length; sample++) {
    scoring.evaluate(evaluator, sample, Number.POSITIVE_INFINITY).next();
    scoring.markLost(sample);
  }
  scoring.rank(backend);
  return scoring.result();
}
