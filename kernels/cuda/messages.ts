// What goes between the thread that asks and the thread of a GPU.
import type { GridMatchTimes } from '../gridMatch/times.ts';
import type { Ops } from '../spread.ts';
import type { StepSeconds } from '../stepClock.ts';

/** What a thread of a GPU begins with. */
export interface ThreadData {
  /** The driver's library, as it was found. */
  readonly file: string;
  readonly ordinal: number;
}

/** What it is asked for; all but `pin` and `close` have one answer. Arrays come as shared or transferred memory. */
export type Request =
  /** The kernels. */
  | { readonly type: 'load'; readonly image: Uint8Array }
  | { readonly type: 'pin'; readonly words: Int32Array }
  | {
      readonly type: 'call';
      readonly op: keyof Ops;
      readonly arrays: readonly Int32Array[];
      readonly numbers: readonly number[];
    }
  /** Times gridMatch. */
  | { readonly type: 'time'; readonly arrays: readonly Int32Array[] }
  | { readonly type: 'close' };

export type Answer =
  | { readonly type: 'ready'; readonly partRecords: number }
  /** `held` blocks of device memory are still taken; `steps` are the times of all calls. */
  | {
      readonly type: 'done';
      readonly arrays: readonly Int32Array[];
      readonly held: number;
      readonly steps: StepSeconds;
    }
  | { readonly type: 'timed'; readonly times: GridMatchTimes }
  | { readonly type: 'failed'; readonly reason: string };
