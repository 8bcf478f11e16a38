// What a run is asked to do.
import type { BackendChoice } from '../backend/openRunBackend.ts';
import type { Dialect } from '../lang/battery.ts';
import type { RunLine } from '../results/lines.ts';
import type { RunRequest } from './read/prepareRun.ts';
import type { SaveChoice } from './save/saver.ts';

/** The options that decide what the results of a run are, beside its batteries, its tasks and its shard. */
export interface DecidingOptions {
  /** Seconds of wall clock that one candidate may take on one sample. */
  readonly timeout: number;
  /** Units of work that one candidate may do on one sample, 0 = no limit; default `DEFAULT_BUDGET`. */
  readonly budget?: number | undefined;
  /** Forces a dialect on all programs; left out, each has that of its form. */
  readonly dialect?: Dialect | undefined;
  /** `p4`: texts, md5s and links as the original wrote them at that version. */
  readonly compat?: 'p4' | undefined;
  /** Whether a candidate that fails a sample is not run on those after it. */
  readonly firstMismatch: boolean;
  /** Which candidates get a file; default `right`, with `compat` `all`, as the original has it. */
  readonly save?: SaveChoice | undefined;
}

/** Part `index` (from 1) of `of` parts of the tasks: those at places k with k mod `of` = `index` − 1. */
export type Shard = RunLine['shard'];

/** A run: what it reads, what decides its results, and how it is done. */
export interface RunPlan extends RunRequest, DecidingOptions {
  /** Default: all tasks. */
  readonly shard?: Shard | undefined;
  /** What compares the outputs. */
  readonly backend: BackendChoice;
  /** Threads that score, at most, and as many that validate what is kept while others score; default one a core. */
  readonly jobs?: number | undefined;
  /** Whether the functions that candidates call are timed. */
  readonly timing?: boolean | undefined;
  /** The folder that keeps the run: files of the best programs, and `runs/<id>/`. Left out, nothing is written. */
  readonly out?: string | undefined;
  /** Whether a run in `out` is gone on with: the one of an id, or the latest, if there is one. */
  readonly resume?: boolean | string | undefined;
  /** Seconds after `start` at which the run is to be over, the end of it included. */
  readonly deadline?: number | undefined;
  /** `performance.now()` from which the time of the run counts; default: now. */
  readonly start?: number | undefined;
  /** Interrupts the run: what is done is kept. */
  readonly signal?: AbortSignal | undefined;
}

/** The names of the deciding options in the results. An option without one does not compile. */
const NAMES: { readonly [option in keyof DecidingOptions]-?: string } = {
  timeout: 'timeout',
  budget: 'budget',
  dialect: 'dialect',
  compat: 'compat',
  firstMismatch: 'first-mismatch',
  save: 'save',
};

/** Which candidates get a file. */
export function saveChoice({ save, compat }: Pick<DecidingOptions, 'save' | 'compat'>): SaveChoice {
  return save ?? (compat === undefined ? 'right' : 'all');
}

/** What the first line of the results says of a plan, so that a run is gone on with under equal options only. */
export function decidingFlags(options: DecidingOptions): RunLine['flags'] {
  const keys = Object.keys(NAMES) as (keyof DecidingOptions)[];
  const flags = { ...options, save: saveChoice(options) };
  return Object.fromEntries(keys.map((key) => [NAMES[key], flags[key] ?? null]));
}
