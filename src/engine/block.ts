// What the pool and its workers tell each other.
import type { ArcGrid } from '../arc/grid.ts';
import type { Sample } from '../arc/task.ts';
import type { EvaluationOptions } from './evaluator.ts';
import type { PackedOutcomes } from './outcomePacker.ts';
import type { GraphSnapshot } from './snapshot.ts';

/** A sample to run everything on. */
interface BlockSample {
  readonly input: ArcGrid;
  /** The expected grid where differ sizes are wanted, else null. */
  readonly third: ArcGrid | null;
  /** The expected grid where it is known. */
  readonly expected: ArcGrid | null;
}

/** Samples of one task, for all candidates. */
export interface Block {
  readonly samples: readonly BlockSample[];
  /** The demo samples of the task, for `S`. */
  readonly demo: readonly Sample[];
  /** Whether a candidate whose output is not the expected one is not run on the samples after it. */
  readonly firstMismatch: boolean;
  /** The backend on which the worker compares outputs itself; null where they are compared elsewhere. */
  readonly compareOn: 'cpu' | 'wasm' | null;
}

/** A part of a block: some of its samples, the readers from .. to - 1 (candidates, then differs). */
export interface Part {
  readonly id: number;
  readonly block: Block;
  readonly firstSample: number;
  readonly lastSample: number;
  readonly from: number;
  readonly to: number;
}

/** What a worker starts with. */
export interface WorkerStart {
  readonly snapshot: GraphSnapshot;
  readonly options: EvaluationOptions;
  /** The four words of `BEAT`. */
  readonly beat: Int32Array;
}

/** What a worker says: once that it is ready, then an answer a part, in order. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly seconds: number;
      readonly outcomes: readonly PackedOutcomes[];
      /** Seconds by function, where they are measured. */
      readonly functions: ReadonlyMap<string, number>;
    }
  /** An error that is no program's: a fault of ours. */
  | { readonly type: 'fault'; readonly error: unknown };

/** Words of a heartbeat: number of beats, part (-1: none), its sample, and the reader being run. */
export const BEATS = 0;
export const PART = 1;
export const SAMPLE = 2;
export const READER = 3;
export const BEAT_WORDS = 4;
