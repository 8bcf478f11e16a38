// Scores all candidates on task after task: in this thread, and in worker threads as soon as they pay.
import { availableParallelism } from 'node:os';
import type { Backend } from '../../../kernels/backend.ts';
import { openCpu } from '../../../kernels/cpu/openCpu.ts';
import { isOnHost } from '../../../kernels/open.ts';
import type { Task } from '../../arc/task.ts';
import { threadsThatFit } from '../../engine/addressSpace.ts';
import { collectSooner } from '../../engine/collectSooner.ts';
import { Evaluator } from '../../engine/evaluator.ts';
import type { BlockResult, Pool, PoolOptions } from '../../engine/pool.ts';
import { ScoreBatch } from '../../score/scoreBatch.ts';
import type { CandidateSet } from '../read/candidates.ts';
import type { PreparedRun } from '../read/prepareRun.ts';
import { RunStop } from '../runStop.ts';
import { TURN, Turns } from '../turns.ts';
import { type ScoringOptions, type TaskResult, TaskScoring } from './scoreTask.ts';

/** How the tasks of a run are scored. */
export interface RunScoringOptions extends ScoringOptions, PoolOptions {
  /** What compares and ranks; default `cpu`. */
  readonly backend?: Backend;
  /**
   * Threads that evaluate, at most, this one among them; default one a core. Workers are started when what remains is
   * worth it. With 1 everything runs in this thread, but without a budget (`budget: 0`), when nothing bounds the memory of a program: then evaluation is
   * always in a worker, whose heap is limited.
   */
  readonly jobs?: number | undefined;
  /** Seconds of work left from which workers are started; default 1. */
  readonly worthWorkers?: number;
  /** Ends the run early. */
  readonly stop?: RunStop;
}

/**
 * Seconds of work left from which workers pay: one takes some 0.15 s of a core until it is ready, and is slow until V8
 * has compiled what it runs.
 */
const WORTH_WORKERS = 1;

/** Milliseconds of work after which signals, timers and output have their turn while there are workers to hear. */
const TURN_WITH_WORKERS = 5;

/**
 * Milliseconds of work from which the rate of samples is taken. The first ones are slow until V8 has compiled them, and any
 * may have waited for a busy machine: so the lower rate of two windows counts, unless one is so long that it is no accident.
 */
const WINDOW = 50;
const LONG_WINDOW = 500;

/** Seconds of work in a block, about: so much that messages cost nothing beside it. */
const BLOCK_SECONDS = 0.03;

/** Blocks under way for each worker, the one that it runs among them. */
const BLOCKS_AHEAD = 4;

/** Tasks begun and not yet returned, at most: a task that takes long must not let the others pile up. */
const MOST_OPEN = 64;

/** The same in (candidate, sample) pairs, some 15 bytes each. */
const MOST_OPEN_PAIRS = 1 << 21;

/** Candidates from which V8 is to collect sooner: 100,000 of them are some hundred MB alive. */
const MANY = 1 << 14;

/** Batches in flight while the next one is filled. */
const FLYING = 2;

/**
 * Scores the candidates of a run on tasks, and returns the results in order. Signals and timers are heard meanwhile.
 * @param run what was read; what finding its duplicates took is booked to the first task
 * @param afterSample is told how many samples of the run are done
 */
export async function* scoreTasks(
  { set, filterSeconds }: Pick<PreparedRun, 'set' | 'filterSeconds'>,
  tasks: readonly Task[],
  options: RunScoringOptions,
  afterSample: (done: number) => void = () => {},
): AsyncGenerator<TaskResult, void, undefined> {
  const scorer = new RunScorer(set, tasks, options, afterSample);
  let filter = filterSeconds;
  try {
    for (;;) {
      const scoring = await scorer.next();
      if (scoring === undefined) return;
      const result = scoring.result(filter);
      const start = performance.now();
      yield result;
      scorer.spentElsewhere(performance.now() - start);
      filter = 0;
    }
  } finally {
    await scorer.close();
  }
}

/** A task that is under way. */
interface Open {
  readonly scoring: TaskScoring;
  /** Samples that are not done. */
  left: number;
  /** `performance.now()` when it was begun, and when its last sample was done, in other threads. */
  readonly begun: number;
  finished: number;
  /** Whether it was ended before all its samples were done. */
  ended: boolean;
}

class RunScorer {
  readonly #set: CandidateSet;
  readonly #tasks: readonly Task[];
  readonly #options: RunScoringOptions;
  readonly #afterSample: (done: number) => void;
  readonly #jobs: number;
  /** Most workers, and whether this thread, which has its code compiled already, evaluates beside them. */
  readonly #workers: number;
  readonly #evaluatesHere: boolean;
  readonly #worth: number;
  readonly #backend: Backend;
  readonly #stop: RunStop;
  readonly #batch: ScoreBatch;
  #evaluator: Evaluator | undefined;
  #pool: Pool | undefined;
  #pooling: Promise<void> | undefined;
  #closed = false;
  /** Whether workers are ready: from then on this thread shares the samples with them. */
  #pooled = false;
  #failure: unknown;
  #wake: (() => void) | undefined;
  readonly #open: Open[] = [];
  #nextTask = 0;
  /** Next sample of the last task in `#open`. */
  #nextSample = 0;
  #blocks = 0;
  #done = 0;
  readonly #total: number;
  readonly #turns = new Turns();
  #windowSeconds = 0;
  #windowSamples = 0;
  /** Seconds a sample took one thread in the last window. */
  #lastRate: number | undefined;
  /** Seconds a sample takes one thread; undefined while not known. */
  #rate: number | undefined;
  #lastFinished = 0;
  /** Milliseconds of this thread that are booked, of evaluation and by who takes the results, and not yet left out of a share. */
  #here = 0;

  constructor(
    set: CandidateSet,
    tasks: readonly Task[],
    options: RunScoringOptions,
    afterSample: (done: number) => void,
  ) {
    this.#set = set;
    this.#tasks = tasks;
    this.#options = options;
    this.#backend = options.backend ?? openCpu();
    this.#stop = options.stop ?? new RunStop();
    this.#stop.onInterrupt(() => this.#wake?.());
    this.#batch = new ScoreBatch({ backend: this.#backend });
    this.#afterSample = afterSample;
    if (set.counts.scored >= MANY) collectSooner();
    this.#jobs = Math.min(options.jobs ?? availableParallelism(), threadsThatFit());
    this.#evaluatesHere = options.budget !== 0;
    this.#workers = this.#evaluatesHere ? this.#jobs - 1 : this.#jobs;
    this.#worth = options.worthWorkers ?? WORTH_WORKERS;
    this.#total = tasks.reduce((sum, { demo, test }) => sum + demo.length + test.length, 0);
  }

  /** The next task in order, all its samples done; undefined after the last. */
  async next(): Promise<TaskScoring | undefined> {
    if (this.#pool === undefined) {
      if (!this.#evaluatesHere) await this.#startPool(1);
      else if (this.#workers > 0 && this.#worth === 0) await this.#startPool(this.#workers);
    }
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const over = this.#stop.isOver;
      if (this.#pooled && !over) this.#fill();
      const head = this.#open[0];
      if (head?.left === 0 && head.scoring.undecided === 0) {
        this.#open.shift();
        this.#bookShare(head);
        await head.scoring.rank(this.#backend);
        return head.scoring;
      }
      if (over) {
        if (head === undefined) return undefined;
        await this.#end(head);
        continue;
      }
      if (this.#evaluatesHere && this.#advance()) await this.#evaluateNext();
      else if (head?.left === 0) await this.#drain(head);
      else if (head === undefined) return undefined;
      else if (this.#batch.inFlight > FLYING) await this.#batch.landed(FLYING);
      else await this.#wait();
    }
  }

  /** Waits until a worker has done something, or for the deadline. */
  async #wait(): Promise<void> {
    const left = this.#stop.deadline - performance.now();
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      // longer delays would fire at once
      if (left < 2 ** 31) timer = setTimeout(resolve, Math.max(0, left));
    });
    clearTimeout(timer);
  }

  /** Time is over: makes what there is of a task its result, or leaves the task out. */
  async #end(head: Open): Promise<void> {
    // what workers still say of it comes too late, now that the last rows are on their way
    head.ended = true;
    head.left = 0;
    this.#batch.flush();
    await this.#batch.landed();
    if (head.scoring.undecided === 0) return;
    if (this.#stop.interrupted || !head.scoring.cut()) this.#open.shift();
  }

  /** Waits for the verdicts of a task that is done but for them. */
  async #drain({ scoring }: Open): Promise<void> {
    this.#batch.flush();
    await this.#batch.landed();
    if (scoring.undecided > 0) throw new Error(`task ${scoring.task.id}: ${scoring.undecided} pairs have no verdict`);
  }

  /** Whether the next task has to wait for the first one. */
  get #isFull(): boolean {
    const pairs = this.#open.reduce((sum, { scoring }) => sum + scoring.samples.length, 0) * this.#set.counts.scored;
    return this.#open.length > MOST_OPEN || (this.#open.length > 1 && pairs > MOST_OPEN_PAIRS);
  }

  /** Says that this thread was at other work, such as saving, which no task waited for. */
  spentElsewhere(milliseconds: number): void {
    if (this.#pooled) this.#here += milliseconds;
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.close();
  }

  async #startPool(size: number): Promise<void> {
    const { Pool } = await import('../../engine/pool.ts');
    if (this.#closed) return;
    this.#pool = new Pool(this.#set.graph, this.#options);
    this.#pool.grow(size);
    await this.#pool.ready;
    this.#pooled = true;
  }

  /** Makes the last open task one with a sample that nobody has begun; false when there is none left, or none may be begun. */
  #advance(): boolean {
    const last = this.#open.at(-1);
    if (last !== undefined && this.#nextSample < last.scoring.samples.length) return true;
    if (this.#isFull) return false;
    const task = this.#tasks[this.#nextTask];
    if (task === undefined) return false;
    this.#nextTask++;
    this.#nextSample = 0;
    const scoring = new TaskScoring(this.#set, task, this.#batch, this.#options);
    this.#open.push({ scoring, left: scoring.samples.length, begun: performance.now(), finished: 0, ended: false });
    return true;
  }

  /** Runs the next sample in this thread; all samples of the task where one decides on the next. */
  async #evaluateNext(): Promise<void> {
    const last = this.#open.at(-1)!;
    this.#evaluator ??= new Evaluator(this.#set.graph, this.#options);
    const { firstMismatch } = this.#options;
    let sample = this.#nextSample;
    const end = firstMismatch ? last.scoring.samples.length : sample + 1;
    this.#nextSample = end; // no worker gets them
    for (; sample < end && !(firstMismatch && this.#stop.isOver); sample++) {
      this.#evaluator.stopAt = this.#stop.deadline;
      let start = performance.now();
      const turn = this.#pooled ? TURN_WITH_WORKERS : TURN;
      for (const _ of last.scoring.evaluate(this.#evaluator, sample, turn)) {
        const pause = performance.now();
        await this.#turns.give();
        if (this.#stop.interrupted) return; // the task is left out
        start += performance.now() - pause;
      }
      if (firstMismatch) {
        this.#batch.flush();
        await this.#batch.landed();
        last.scoring.markLost(sample);
      }
      last.left--;
      const now = performance.now();
      if (this.#pooled) {
        last.finished = now;
        this.#here += now - start;
      }
      this.#count(1, (now - start) / 1000);
      await this.#batch.landed(FLYING);
      if (this.#turns.areDue(turn)) await this.#turns.give();
    }
  }

  /** Gives blocks to the workers. */
  #fill(): void {
    const most = BLOCKS_AHEAD * this.#pool!.size;
    while (this.#blocks < most && this.#batch.inFlight <= FLYING && this.#advance()) {
      const open = this.#open.at(-1)!;
      const { scoring } = open;
      const first = this.#nextSample;
      const count = this.#rate === undefined ? 1 : Math.max(1, Math.round(BLOCK_SECONDS / this.#rate));
      const samples = this.#options.firstMismatch ? scoring.samples.length : count;
      const block = scoring.block(first, samples, isOnHost(this.#backend) ? this.#backend.name : null);
      const { length } = block.samples;
      this.#nextSample = first + length;
      this.#blocks++;
      this.#pool!.run(block).then(
        (result) => this.#takeBlock(open, first, length, result),
        (error: unknown) => this.#fail(error),
      );
    }
  }

  #takeBlock(open: Open, first: number, samples: number, { pieces, seconds, functions }: BlockResult): void {
    this.#blocks--;
    if (open.ended) {
      this.#wake?.();
      return;
    }
    try {
      const inOrder = [...pieces].sort((a, b) => a.sample - b.sample);
      for (const { sample, outcomes } of inOrder) open.scoring.take(first + sample, outcomes);
      open.scoring.bookBusy(first, samples, seconds);
      open.scoring.bookFunctions(functions);
      open.left -= samples;
      open.finished = performance.now();
      this.#count(samples, seconds);
      if (!this.#stop.isOver) this.#fill();
    } catch (error) {
      this.#fail(error);
    }
    this.#wake?.();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  /** Counts samples and the seconds that a thread took for them, and brings up workers when what remains is worth it. */
  #count(samples: number, seconds: number): void {
    this.#done += samples;
    this.#afterSample(this.#done);
    this.#windowSamples += samples;
    this.#windowSeconds += seconds;
    if (this.#windowSeconds * 1000 < WINDOW) return;
    const rate = this.#windowSeconds / this.#windowSamples;
    const before = this.#windowSeconds * 1000 < LONG_WINDOW ? this.#lastRate : rate;
    this.#lastRate = rate;
    this.#windowSeconds = 0;
    this.#windowSamples = 0;
    if (before === undefined) return;
    this.#rate = Math.min(rate, before);
    if (this.#workers === 0 || this.#rate * (this.#total - this.#done) < this.#worth) return;
    if (this.#pooled) this.#pool!.grow(this.#workers);
    // where no worker can be started, all goes on in this thread
    else this.#pooling ??= this.#startPool(this.#workers).catch(() => {});
  }

  /** Books the time of a task's samples in other threads: tasks overlap there, so each gets the run's time since the last. */
  #bookShare({ scoring, begun, finished }: Open): void {
    if (finished === 0) return;
    const since = Math.max(0, finished - Math.max(begun, this.#lastFinished));
    const booked = Math.min(since, this.#here);
    scoring.book((since - booked) / 1000);
    this.#here -= booked;
    this.#lastFinished = Math.max(this.#lastFinished, finished);
  }
}
