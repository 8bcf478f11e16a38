// Where the time went: seconds of wall clock by key.
import type { Backend } from '../../kernels/backend.ts';

/** Seconds by key, keys as in the original's timing summary where it has one. */
export type Timing = ReadonlyMap<string, number>;

/** Keys of busy time: sums over what may have run at the same time, of which wall time has no share. */
export const BUSY_KEYS: ReadonlySet<string> = new Set([
  'run_batt.phase4_demo_cpu',
  'run_batt.phase4_test_cpu',
  'run_batt.check_solver_speed',
]);

/** Begins the keys of the functions that candidates called, such as `dsl.objects`: busy time, measured with `--timing`. */
export const FUNCTION = 'dsl.';

/** Begins the keys of a backend's steps, such as `backend.upload`: busy time, of backends that have a device. */
export const BACKEND = 'backend.';

/** Whether the seconds of a key are busy time: summed over what may have run at the same time, such as the steps of a GPU. */
export function isBusy(key: string): boolean {
  return BUSY_KEYS.has(key) || key.startsWith(BACKEND) || key.startsWith(FUNCTION);
}

/** The steps of a backend, none of one that computes in the threads of the run. */
export function backendTiming(backend: Backend): Timing {
  return new Map(Object.entries(backend.steps() ?? {}).map(([step, seconds]) => [`${BACKEND}${step}`, seconds]));
}

/** Adds up seconds by key. */
export class Clock {
  readonly #seconds = new Map<string, number>();

  get timing(): Timing {
    return this.#seconds;
  }

  /** Runs `work` and books its time. */
  time<T>(key: string, work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.book(key, (performance.now() - start) / 1000);
    }
  }

  /** The same for work that waits. */
  async timeAsync<T>(key: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.book(key, (performance.now() - start) / 1000);
    }
  }

  book(key: string, seconds: number): void {
    this.#seconds.set(key, (this.#seconds.get(key) ?? 0) + seconds);
  }

  /** Adds the times of another. */
  add(timing: Timing): void {
    for (const [key, seconds] of timing) this.book(key, seconds);
  }
}
