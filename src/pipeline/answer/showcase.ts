// What a few candidates answer, run again once a task is scored: the outputs to submit, and those to show.
import { fitsRecord, packRecord, RECORD_WORDS } from '../../../kernels/record.ts';
import { ARC_SIDE, type ArcGrid } from '../../arc/grid.ts';
import type { Task } from '../../arc/task.ts';
import { DEFAULT_BUDGET, type EvaluationOptions, Evaluator, type OutcomeSink } from '../../engine/evaluator.ts';
import { type SampleOfTask, taskInputs } from '../../engine/taskInputs.ts';
import type { OutputGrid, Verdict } from '../../engine/verdict.ts';
import type { Candidate } from '../../graph/graph.ts';
import { gridText } from '../../results/gridText.ts';
import type { AttemptFields, TaskLine } from '../../results/lines.ts';
import type { CandidateScore } from '../../score/scoreTable.ts';
import type { CandidateSet } from '../read/candidates.ts';
import { RunOver, type RunStop } from '../runStop.ts';
import type { CandidateTable } from '../score/candidateTable.ts';
import type { ScoredCandidate, TaskResult } from '../score/scoreTask.ts';
import { Turns } from '../turns.ts';
import { attemptsOf } from './attempts.ts';
import { type Entrant, shortlist } from './shortlist.ts';

export interface ShowcaseOptions extends EvaluationOptions {
  /** `performance.now()` from which nothing is run any more; default: never. */
  readonly stopAt?: number;
  /** Its interruption ends what is under way; its deadline does not. */
  readonly stop?: RunStop;
}

/** What is shown of a task. `cut` is set where time was over before all was run. */
export type Shown = Required<Pick<TaskLine, 'attempts' | 'shown'>> & Pick<TaskLine, 'cut'>;

/** Greatest cell of a grid that is kept: a bit mask. */
const LARGEST_CELL = 15;

/** The best candidates whose outputs are shown. */
const SHOWN = 3;

/** Verdicts after which a candidate is not run on samples that it was not run on before. */
const STOPPED: readonly Verdict[] = ['timeout', 'crash', 'budget'];

/** Verdicts of pairs that gave a grid. */
const WITH_GRID: readonly Verdict[] = ['ok', 'mismatch', 'shape'];

/** Runs the best candidates of task after task again, one by one, in this thread. */
export class Showcase {
  readonly #set: Pick<CandidateSet, 'graph'>;
  readonly #options: EvaluationOptions;
  readonly #stopAt: number;
  readonly #stop: RunStop | undefined;
  #evaluator: Evaluator | undefined;

  /**
   * @param options those of the run. Without a budget the default one holds here, since nothing else bounds the memory that
   *   a candidate takes in this thread; one that is stopped has no output.
   */
  constructor(
    set: Pick<CandidateSet, 'graph'>,
    { stopAt = Number.POSITIVE_INFINITY, stop, ...options }: ShowcaseOptions = {},
  ) {
    this.#set = set;
    this.#options = { ...options, budget: options.budget || DEFAULT_BUDGET };
    this.#stopAt = stopAt;
    this.#stop = stop;
  }

  /**
   * The outputs to submit for each test input, see `attemptsOf`, and what the best candidates made of each sample. One that
   * matched none was perhaps not run on all; where not, nothing is shown.
   * @param result with all candidates that were scored, those that no file was written for among them
   * @throws RunOver where the run is interrupted before that is done
   */
  async of(task: Task, result: TaskResult): Promise<Shown> {
    this.#evaluator ??= new Evaluator(this.#set.graph, this.#options);
    this.#evaluator.stopAt = this.#stopAt;
    const { best, table } = result;
    const reruns = new Reruns(this.#evaluator, task, table, this.#stop);
    const entrants = shortlist(this.#entrants(result));
    const attempts: AttemptFields[][] = [];
    for (let sample = task.demo.length; sample < table.samples; sample++) {
      const records = new Int32Array(entrants.length * RECORD_WORDS);
      for (const [k, { candidate, score }] of entrants.entries()) {
        const grid = await reruns.output(candidate, score, sample);
        if (grid === undefined || !fitsRecord(grid.height, grid.width, grid.cells)) continue;
        packRecord(records, k, grid.height, grid.width, grid.cells);
      }
      attempts.push(attemptsOf(entrants, records));
    }
    const shown: Shown['shown'][number][] = [];
    for (const { candidate, score } of best.slice(0, SHOWN)) {
      const outputs: (string | null)[] = [];
      for (let sample = 0; sample < table.samples; sample++) {
        const isLeftOut = score.oScore === 0 && table.verdict(candidate, sample) === 'not_run';
        const grid = isLeftOut ? undefined : await reruns.output(candidate, score, sample);
        outputs.push(grid === undefined ? null : gridText(grid));
      }
      shown.push({ candidate: candidate.place, outputs });
    }
    return { attempts, shown, ...(reruns.cut ? { cut: 'deadline' } : {}) };
  }

  *#entrants({ candidates, table }: TaskResult): Generator<Entrant & ScoredCandidate> {
    for (const { candidate, score } of candidates) {
      const size = candidate.lastStep - candidate.firstStep;
      const { place: number } = candidate;
      yield { number, demo: score.demo[0], nearness: table.demoCells(candidate), size, candidate, score };
    }
  }
}

/** The outputs of candidates on the samples of one task; a pair is run once. */
class Reruns implements OutcomeSink {
  readonly #evaluator: Evaluator;
  readonly #table: CandidateTable;
  readonly #demos: number;
  readonly #samples: readonly SampleOfTask[];
  /** Greatest side of an output that is kept: that of the task's grids, at least of ARC's. */
  readonly #most: number;
  readonly #outputs = new Map<number, ArcGrid | undefined>();
  readonly #stopped = new Set<number>();
  readonly #stop: RunStop | undefined;
  readonly #turns = new Turns();
  #output: ArcGrid | undefined;
  /** Whether time was over before a pair was run. */
  cut = false;

  constructor(evaluator: Evaluator, task: Task, table: CandidateTable, stop: RunStop | undefined) {
    this.#evaluator = evaluator;
    this.#table = table;
    this.#demos = task.demo.length;
    this.#samples = taskInputs(task);
    const grids = [...task.demo, ...task.test].flatMap(({ input, output }) => [input, output ?? input]);
    this.#most = Math.max(ARC_SIDE, ...grids.flatMap(({ height, width }) => [height, width]));
    this.#stop = stop;
  }

  /**
   * The grid that a candidate makes of a sample; undefined where it makes none, or one with other cells than 0..15, or one that
   * is larger than 30 × 30 and than the task's grids.
   * @throws RunOver where the run is interrupted
   */
  async output(candidate: Candidate, score: CandidateScore, sample: number): Promise<ArcGrid | undefined> {
    const pair = candidate.place * this.#table.samples + sample;
    if (!this.#outputs.has(pair)) {
      if (this.#turns.areDue()) await this.#turns.give();
      if (this.#stop?.interrupted) throw new RunOver();
      this.#outputs.set(pair, this.#run(candidate, score, sample));
    }
    return this.#outputs.get(pair);
  }

  #run(candidate: Candidate, score: CandidateScore, sample: number): ArcGrid | undefined {
    // of test samples all that come into question are run, so that no known solution is preferred when time is short
    if (sample < this.#demos && this.#table.isMatch(candidate, sample)) {
      return this.#samples[sample]!.sample.output ?? undefined;
    }
    this.#output = undefined;
    if (this.#isWorthIt(candidate.place, score, this.#table.verdict(candidate, sample))) {
      this.#evaluator.runOne(candidate.place, this.#samples[sample]!.input, this);
    }
    return this.#output;
  }

  #isWorthIt(number: number, score: CandidateScore, verdict: Verdict): boolean {
    if (verdict !== 'not_run') return WITH_GRID.includes(verdict);
    return !this.#stopped.has(number) && !STOPPED.some((stop) => stop in score.verdicts);
  }

  grid(_: number, { height, width, cells }: OutputGrid): void {
    if (height > this.#most || width > this.#most) return;
    const size = height * width;
    for (let k = 0; k < size; k++) if ((cells[k]! & LARGEST_CELL) !== cells[k]) return;
    this.#output = { height, width, cells: Uint8Array.from(cells) };
  }

  notGrid(): void {}

  ended(number: number, verdict: Verdict): void {
    if (verdict === 'not_run') this.cut = true;
    if (STOPPED.includes(verdict)) this.#stopped.add(number);
  }
}
