// What `batt doctor --check` finds. Times are medians, in seconds where nothing else is said.
import type { BackendName } from '../../../kernels/backend.ts';
import type { Diagnosis } from '../diagnose.ts';

/** A backend on some GPUs. */
export interface Subject {
  readonly backend: BackendName;
  /** Only of backends that spread over GPUs. */
  readonly gpus?: number | undefined;
}

/** A step that came to its end, or why it did not. */
export type Outcome<T> = ({ readonly seconds: number } & T) | { readonly seconds: number; readonly reason: string };

export interface Conformance {
  /** As the backend names it when it is opened so. */
  readonly device: string;
  readonly passed: number;
  readonly failed: number;
  /** Of the cases that failed. */
  readonly failures: readonly string[];
}

/** Of a number of comparisons. */
export interface SizeTimes {
  readonly comparisons: number;
  /** From records in the backend's own storage to results on the host. */
  readonly end_to_end: number;
  readonly steps?: Steps;
  /** Why the steps could not be timed. */
  readonly no_steps?: string;
}

export interface Steps {
  readonly upload: number;
  readonly kernel: number;
  readonly readback: number;
  /** 10⁹ bytes a second of outputs that are uploaded. */
  readonly upload_gigabytes: number;
  /** 10⁹ bytes a second that the kernel reads and writes. */
  readonly kernel_gigabytes: number;
}

export interface BackendTimes {
  /** Opening the backend, in a process that has just started. */
  readonly open: number;
  /** Its first comparisons after that, 1,000 of them. */
  readonly first: number;
  readonly sizes: readonly SizeTimes[];
  /** Why larger sizes are missing. */
  readonly cut?: string | undefined;
}

/** The same comparisons in Python. */
export interface PythonTimes {
  /** The library with its version. */
  readonly version: string;
  readonly device: string;
  readonly sizes: readonly SizeTimes[];
  /** Why larger sizes are missing. */
  readonly cut?: string | undefined;
}

export interface RunResult {
  /** Of whole processes. */
  readonly run_seconds: readonly number[];
  /** Whether `batt compare` finds the results equal to those of wasm; of wasm itself true. */
  readonly same: boolean;
}

/** All that was checked; its lists grow while it goes on. */
export interface MachineCheck {
  readonly date: string;
  /** False while it goes on; what stays so was cut off. */
  complete: boolean;
  readonly quick: boolean;
  readonly anyDevice: boolean;
  /** Arguments of the runs. */
  readonly run: readonly string[];
  readonly diagnosis: Diagnosis;
  readonly conformance: (Subject & { readonly result: Outcome<Conformance> })[];
  readonly timings: (Subject & { readonly result: Outcome<BackendTimes> })[];
  readonly python: { readonly library: string; readonly result: Outcome<PythonTimes> }[];
  readonly runs: (Subject & { readonly result: Outcome<RunResult> })[];
}
