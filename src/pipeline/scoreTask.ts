// Scores all candidates on one task.
import type { Task } from '../arc/task.ts';
import { type EvaluationOptions, Evaluator, type OutcomeSink } from '../engine/evaluate.ts';
import type { OutputGrid, Verdict } from '../engine/verdict.ts';
import type { Candidate } from '../graph/graph.ts';
import { ScoreBatch } from '../score/batch.ts';
import { type CandidateScore, ScoreTable } from '../score/table.ts';
import type { Value } from '../value/value.ts';
import { checkAccounts } from './accounts.ts';
import type { CandidateSet, Counts } from './candidates.ts';
import { DistinctOutputs } from './distinct.ts';
import { gridOf, pairsOf } from './inputs.ts';
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
  readonly timing: Timing;
}

/** A candidate and its figures on a task. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly score: CandidateScore;
}

/** The timing key of running candidates and comparing their outputs. */
const CHECK = 'run_batt.check_batt';

/** Scores candidates on one task after the other. */
export class Scorer {
  readonly #set: CandidateSet;
  readonly #evaluator: Evaluator;
  readonly #batch: ScoreBatch = new ScoreBatch();

  constructor(set: CandidateSet, options: EvaluationOptions = {}) {
    this.#set = set;
    this.#evaluator = new Evaluator(set.graph, options);
  }

  /**
   * Scores a task, with a stop after each sample so that the caller can look around; the last stop returns the result.
   * @param filterSeconds what finding the duplicates took, to be booked to this task
   * @throws AccountsError when the sums do not add up
   */
  *steps(task: Task, filterSeconds = 0): Generator<undefined, TaskResult> {
    const clock = new Clock();
    const candidates = this.#set.graph.candidates;
    const samples = [...task.demo, ...task.test];
    const table = clock.time(CHECK, () => new ScoreTable(task, candidates.length));
    const distinct = new DistinctOutputs(candidates.length, samples.length);
    const pairs = pairsOf(task);
    for (const [sample, { input }] of samples.entries()) {
      clock.time(CHECK, () => {
        this.#evaluator.run({ input: gridOf(input), pairs }, new Sink(table, this.#batch, distinct, sample));
        // Comparing on the CPU gains nothing from a fuller batch, and the caller gets each task as soon as it is done.
        this.#batch.flush();
      });
      yield;
    }
    const result = clock.time(CHECK, () => this.#result(task, table, distinct));
    clock.book('run_batt.phase1_filter', filterSeconds);
    clock.book('main.run_batt', filterSeconds + clock.timing.get(CHECK)!);
    return { ...result, timing: clock.timing };
  }

  #result(task: Task, table: ScoreTable, distinct: DistinctOutputs): Omit<TaskResult, 'timing'> {
    const scores = new Map<string, number>();
    const verdicts: Record<string, number> = {};
    let pairs = 0;
    const candidates = this.#set.graph.candidates.map((candidate, k) => {
      const score = table.score(k);
      for (const id of [candidate.solverId, ...candidate.also]) scores.set(id, (scores.get(id) ?? 0) + score.oScore);
      for (const [verdict, n] of Object.entries(score.verdicts)) verdicts[verdict] = (verdicts[verdict] ?? 0) + n;
      pairs += distinct.count(k) * (1 + candidate.also.length);
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
    };
  }
}

/**
 * Scores all candidates on one task: runs them on every demo and test sample and compares the outputs with the expected ones.
 * @param set of `buildGraph`
 * @throws AccountsError when the sums do not add up
 */
export function scoreTask(set: CandidateSet, task: Task, options: EvaluationOptions = {}): TaskResult {
  const steps = new Scorer(set, options).steps(task);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

class Sink implements OutcomeSink {
  readonly #table: ScoreTable;
  readonly #batch: ScoreBatch;
  readonly #distinct: DistinctOutputs;
  readonly #sample: number;

  constructor(table: ScoreTable, batch: ScoreBatch, distinct: DistinctOutputs, sample: number) {
    this.#table = table;
    this.#batch = batch;
    this.#distinct = distinct;
    this.#sample = sample;
  }

  grid(candidate: number, output: OutputGrid, value: Value): void {
    this.#distinct.addGrid(candidate, output, value);
    this.#batch.add(this.#table, candidate, this.#sample, output);
  }

  notGrid(candidate: number, value: Value): void {
    this.#distinct.add(candidate, value);
    this.#table.end(candidate, this.#sample, 'not_grid');
  }

  ended(candidate: number, verdict: Verdict): void {
    this.#table.end(candidate, this.#sample, verdict);
  }
}
