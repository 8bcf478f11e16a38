// Worker threads that evaluate blocks; one that hangs or dies costs the candidate it was at, and is replaced.
import { Worker } from 'node:worker_threads';
import type { Graph } from '../graph/graph.ts';
import {
  BEAT_WORDS,
  BEATS,
  type Block,
  PART,
  type Part,
  READER,
  SAMPLE,
  type WorkerMessage,
  type WorkerStart,
} from './block.ts';
import type { EvaluationOptions } from './evaluator.ts';
import { KeptRows } from './gridRows.ts';
import { memoryErrorOf } from './memoryError.ts';
import { OutcomePacker, type PackedOutcomes } from './outcomePacker.ts';
import { type GraphSnapshot, snapshotOf } from './snapshot.ts';

/**
 * Heap of a worker in MiB, by default. Programs that run into their budgets stay below it (docs/budgets.md), so with a
 * budget no worker ends for lack of memory; without one, what needs more is a crash.
 */
const MEMORY = 2048;

/** Parts that a worker has at a time: the one it runs and the next ones, so that it never waits for the main thread. */
const DEPTH = 3;

/** Milliseconds between two looks at the heartbeats. */
const LOOK = 100;

/** How long past its time a reader may go without a sign of life: this many ms, or this share of the time if more. */
const GRACE = 1000;
const GRACE_SHARE = 0.5;

/** Deaths in a row of workers that have not said they are ready, from which on none is started in their place. */
const MOST_STILLBORN = 3;

/** Workers that may die with a unit that they have not begun, before it is divided. */
const MOST_LOST = 2;

export interface PoolOptions extends EvaluationOptions {
  /** MiB of heap a worker may have; default 2048. */
  readonly memory?: number;
  /** The worker's program; default the one built beside the command. */
  readonly worker?: URL;
}

/** The outcomes of some candidates on one sample (its place in the block). */
interface Piece {
  readonly sample: number;
  readonly outcomes: PackedOutcomes;
}

/** What became of a block. */
export interface BlockResult {
  /** Together one outcome for each (candidate, sample) of the block, in no particular order. */
  readonly pieces: readonly Piece[];
  /** Seconds that workers spent on it. */
  readonly seconds: number;
  /** The same by function, as far as that is measured; a function may be there more than once. */
  readonly functions: readonly (readonly [name: string, seconds: number])[];
}

interface Job {
  readonly pieces: Piece[];
  readonly functions: [string, number][];
  open: number;
  seconds: number;
  resolve(result: BlockResult): void;
  reject(error: unknown): void;
}

interface Unit extends Part {
  readonly job: Job;
  /** Workers that died before they began with it, when it was the next. */
  lost: number;
}

interface Slot {
  readonly worker: Worker;
  readonly beat: Int32Array;
  readonly units: Unit[];
  ready: boolean;
  /** Beats at the last look, and `performance.now()` when they last changed. */
  beats: number;
  changed: number;
  /** Beats at which it was stopped for hanging; -1 while it was not. */
  hung: number;
}

let started = 0;

/** Workers that this process has started. */
export function startedWorkers(): number {
  return started;
}

export class Pool {
  readonly #snapshot: GraphSnapshot;
  readonly #readers: number;
  readonly #options: PoolOptions;
  readonly #slots = new Set<Slot>();
  readonly #waiting: Unit[] = [];
  #size = 0;
  /** Workers that there can be, as far as is known: the system may refuse one more. */
  #most = Number.POSITIVE_INFINITY;
  #ids = 0;
  #stillborn = 0;
  #timer: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #onReady: (() => void) | undefined;
  /** Resolves when the first worker is ready; rejects when none can be started. */
  readonly ready: Promise<void>;
  #onFailure: ((error: unknown) => void) | undefined;

  /** @param graph its candidates and differs of this moment */
  constructor(graph: Graph, options: PoolOptions = {}) {
    this.#snapshot = snapshotOf(graph);
    this.#readers = this.#snapshot.readers.length / 3;
    this.#options = options;
    this.ready = new Promise((resolve, reject) => {
      this.#onReady = resolve;
      this.#onFailure = reject;
    });
    this.ready.catch(() => {}); // it need not be waited for
  }

  /** Workers that the pool keeps, those that are not ready yet among them: fewer than asked for where the system gives no more. */
  get size(): number {
    return this.#size;
  }

  /** Starts workers until there are `size`, or as many as can be started. */
  grow(size: number): void {
    const wanted = Math.min(size, this.#most);
    if (wanted <= this.#size) return;
    this.#size = wanted;
    this.#fill();
    this.#timer ??= setInterval(() => this.#look(), LOOK);
  }

  /**
   * Runs all candidates, and the differs where an expected grid is given, on the samples of a block.
   * Rejects when workers cannot be started, and with what went wrong in one that is no program's doing.
   */
  run(block: Block): Promise<BlockResult> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      const job: Job = { pieces: [], functions: [], open: 0, seconds: 0, resolve, reject };
      this.#waiting.push(this.#unit(job, block, 0, block.samples.length, 0, this.#readers));
      this.#hand();
    });
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#size = 0;
    const slots = [...this.#slots];
    this.#slots.clear();
    await Promise.all(slots.map(({ worker }) => worker.terminate()));
  }

  #unit(job: Job, block: Block, firstSample: number, lastSample: number, from: number, to: number): Unit {
    job.open++;
    return { id: this.#ids++, job, block, firstSample, lastSample, from, to, lost: 0 };
  }

  /** Starts the workers that lack. */
  #fill(): void {
    try {
      while (this.#slots.size < this.#size) this.#start();
    } catch (error) {
      // Node throws where the system gives it no thread
      this.#makeDo(error instanceof Error ? error.message : String(error));
    }
  }

  /** No more workers can be started: goes on with those there are, and fails where there are none. */
  #makeDo(reason: string): void {
    this.#most = this.#slots.size;
    if (this.#most > 0) this.#size = this.#most;
    else this.#fail(new Error(`worker threads cannot be started: ${reason}`));
  }

  #start(): void {
    const beat = new Int32Array(new SharedArrayBuffer(4 * BEAT_WORDS));
    beat[PART] = -1;
    const { memory = MEMORY, worker: file, budget, timeout, timing } = this.#options;
    const options = {
      ...(budget === undefined ? {} : { budget }),
      ...(timeout === undefined ? {} : { timeout }),
      timing: timing === true,
    };
    const start: WorkerStart = { snapshot: this.#snapshot, options, beat };
    const worker = new Worker(file ?? new URL('./worker.js', import.meta.url), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: memory },
      execArgv: [],
    });
    started++;
    const slot: Slot = { worker, beat, units: [], ready: false, beats: 0, changed: 0, hung: -1 };
    this.#slots.add(slot);
    worker.on('message', (message: WorkerMessage) => this.#hear(slot, message));
    let reason = 'it ended';
    // an exit follows
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => this.#bury(slot, reason));
  }

  #hear(slot: Slot, message: WorkerMessage): void {
    if (message.type === 'ready') {
      slot.ready = true;
      this.#stillborn = 0;
      this.#onReady?.();
    } else if (message.type === 'fault') {
      this.#fail(memoryErrorOf(message.error) ?? message.error); // a thread's error comes without its name
    } else {
      const place = slot.units.findIndex(({ id }) => id === message.id);
      if (place < 0) return; // the pool has failed meanwhile
      const { job, firstSample } = slot.units.splice(place, 1)[0]!;
      job.seconds += message.seconds;
      job.functions.push(...message.functions);
      for (const [k, outcomes] of message.outcomes.entries()) job.pieces.push({ sample: firstSample + k, outcomes });
      this.#close(job);
    }
    this.#hand();
  }

  #close(job: Job): void {
    if (--job.open === 0) job.resolve({ pieces: job.pieces, seconds: job.seconds, functions: job.functions });
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#onFailure?.(this.#failure);
    const units = [...this.#waiting.splice(0), ...[...this.#slots].flatMap(({ units: theirs }) => theirs.splice(0))];
    for (const { job } of units) job.reject(this.#failure);
  }

  /** Gives waiting units to the workers with the fewest. */
  #hand(): void {
    for (let depth = 0; depth < DEPTH; depth++) {
      for (const slot of this.#slots) {
        if (this.#waiting.length === 0) return;
        if (!slot.ready || slot.hung >= 0 || slot.units.length > depth) continue;
        const unit = this.#waiting.shift()!;
        slot.units.push(unit);
        const { id, block, firstSample, lastSample, from, to } = unit;
        slot.worker.postMessage({ id, block, firstSample, lastSample, from, to } satisfies Part);
        if (slot.units.length === 1) slot.changed = performance.now();
      }
    }
  }

  /** Stops the workers that have been at one reader for far too long. */
  #look(): void {
    const time = (this.#options.timeout ?? Number.POSITIVE_INFINITY) * 1000;
    const now = performance.now();
    for (const slot of this.#slots) {
      const beats = Atomics.load(slot.beat, BEATS);
      if (beats !== slot.beats || Atomics.load(slot.beat, PART) < 0) {
        slot.beats = beats;
        slot.changed = now;
      } else if (slot.hung < 0 && now - slot.changed > time + Math.max(GRACE, GRACE_SHARE * time)) {
        slot.hung = beats;
        slot.worker.terminate();
      }
    }
  }

  /** A worker has ended: finds what ended it, puts the rest of its work in line again, and replaces it. */
  #bury(slot: Slot, reason: string): void {
    if (!this.#slots.delete(slot)) return; // the pool was closed
    if (!slot.ready && ++this.#stillborn >= MOST_STILLBORN) {
      this.#makeDo(reason);
      return;
    }
    const { beat, units } = slot;
    const at = Atomics.load(beat, PART);
    // stopped for hanging, it may have gone on just before it ended: then nothing is known against anyone
    const movedOn = slot.hung >= 0 && Atomics.load(beat, BEATS) !== slot.hung;
    const split: Unit[] = [];
    const unknown = !units.some(({ id }) => id === at);
    for (const [k, unit] of units.entries()) {
      if (unit.id === at && !movedOn) {
        this.#split(unit, Atomics.load(beat, SAMPLE), Atomics.load(beat, READER), slot.hung >= 0, split);
      } else if (unknown && k === 0 && ++unit.lost >= MOST_LOST) this.#halve(unit, split);
      else split.push(unit);
    }
    this.#waiting.unshift(...split);
    this.#fill();
    this.#hand();
  }

  /**
   * Divides a unit that ended its worker at a reader. One that hung has its verdict; of one that died the reader is run on
   * its own, and only if that ends a worker again it is the culprit.
   */
  #split(unit: Unit, sample: number, reader: number, hung: boolean, into: Unit[]): void {
    const { job, block, firstSample, lastSample, from, to } = unit;
    const alone = lastSample - firstSample === 1 && to - from === 1;
    const add = (sample0: number, sample1: number, from0: number, to0: number): void => {
      if (sample0 < sample1 && from0 < to0) into.push(this.#unit(job, block, sample0, sample1, from0, to0));
    };
    if (hung || alone) this.#convict(job, sample, reader, hung);
    else add(sample, sample + 1, reader, reader + 1);
    add(firstSample, sample, from, to);
    add(sample, sample + 1, from, reader);
    add(sample, sample + 1, reader + 1, to);
    add(sample + 1, lastSample, from, to);
    this.#close(job);
  }

  /** Divides a unit of which nothing more is known than that workers die with it. */
  #halve({ job, block, firstSample, lastSample, from, to }: Unit, into: Unit[]): void {
    const sample = (firstSample + lastSample) >> 1;
    const reader = (from + to) >> 1;
    if (lastSample - firstSample > 1) {
      into.push(this.#unit(job, block, firstSample, sample, from, to));
      into.push(this.#unit(job, block, sample, lastSample, from, to));
    } else if (to - from > 1) {
      into.push(this.#unit(job, block, firstSample, lastSample, from, reader));
      into.push(this.#unit(job, block, firstSample, lastSample, reader, to));
    } else this.#convict(job, firstSample, from, false);
    this.#close(job);
  }

  #convict(job: Job, sample: number, reader: number, hung: boolean): void {
    // a differ has no verdict, only no value
    const candidates = this.#snapshot.candidates;
    if (reader >= candidates) return;
    const packer = new OutcomePacker(new KeptRows(), null, reader, 1, 0, 0);
    packer.ended(reader, hung ? 'timeout' : 'crash', 0);
    job.pieces.push({ sample, outcomes: packer.packed() });
  }
}
