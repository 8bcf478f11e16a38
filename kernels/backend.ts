// What a backend is: a device that computes the ops, and the errors of one that is absent or lost.
import type { GridMatch } from './gridMatch/op.ts';
import type { ScoreTable, ScoreTableResult } from './scoreTable/op.ts';
import type { StepSeconds } from './stepClock.ts';

/** Those that compute in the calling thread, with no device whose memory is filled and read. */
export type HostName = 'cpu' | 'wasm';

/** What can be asked for. */
export type BackendName = HostName | 'webgpu' | 'tensorflow' | 'cuda';

/** What a backend may be told when it is opened. */
export interface OpenOptions {
  /**
   * A part of a name, whatever the case. `webgpu`: of the adapter; default the fastest that is there. `cuda`: of the GPUs;
   * default all of them.
   */
  readonly device?: string | undefined;
  /** GPUs to spread over. `tensorflow`: one process each; default 1. `cuda`: one thread each; default all of them. */
  readonly gpus?: number | undefined;
  /** `wasm`: threads for large batches, the caller among them; default 1. */
  readonly threads?: number | undefined;
}

/** What a backend holds at a moment: 0 of each between calls, but for what {@link Backend.records} gave. */
export interface Held {
  readonly tensors: number;
  readonly buffers: number;
}

/**
 * The ops gridMatch and scoreTable on one device. All backends agree to the bit. Calls check their arguments as the ops say and throw (or reject
 * with) RangeError; a device that is lost, or whose memory does not suffice, rejects with {@link BackendLostError}. Calls may
 * overlap; the arguments must not change before a call has returned or its promise has settled.
 */
export interface Backend {
  readonly name: BackendName;
  /** The device in words, as its driver names it. */
  readonly device: string;
  /** Rows of a batch from which larger ones gain little. */
  readonly batchRows: number;
  gridMatch(...args: Parameters<GridMatch>): Int32Array | Promise<Int32Array>;
  scoreTable(...args: Parameters<ScoreTable>): ScoreTableResult | Promise<ScoreTableResult>;
  /** Zeroed words for `count` records that live as long as the backend; reading them costs it no copy where that is possible. */
  records(count: number): Int32Array;
  held(): Held;
  /** Where its time went; undefined of one that computes in the calling thread, whose time is that of the calls. */
  steps(): StepSeconds | undefined;
  /** Gives everything back; no call may follow. */
  close(): Promise<void>;
}

/** A backend whose calls are done when they return. */
export interface SyncBackend extends Backend {
  gridMatch: GridMatch;
  scoreTable: ScoreTable;
}

/** A backend that was asked for is not there. */
export class BackendAbsentError extends Error {
  override readonly name = 'BackendAbsentError';
  readonly backend: BackendName;
  readonly reason: string;

  /** @param reason why, and what would help */
  constructor(backend: BackendName, reason: string) {
    super(`backend ${backend} is absent: ${reason}`);
    this.backend = backend;
    this.reason = reason;
  }
}

/** A backend was lost in the middle: its device is gone, or out of memory. What was not computed yet has no result. */
export class BackendLostError extends Error {
  override readonly name = 'BackendLostError';
  readonly backend: BackendName;
  readonly reason: string;

  constructor(backend: BackendName, reason: string) {
    super(`backend ${backend} was lost: ${reason}`);
    this.backend = backend;
    this.reason = reason;
  }
}

/** What an error says, without the words that the errors of an absent or lost backend begin with. */
export function reasonOf(error: unknown): string {
  if (error instanceof BackendAbsentError || error instanceof BackendLostError) return error.reason;
  return error instanceof Error ? error.message : String(error);
}
