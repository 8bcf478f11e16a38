// Where the time of a device goes, step by step.

/** Steps of the work with a device, in their order. */
export const STEPS = ['load', 'compile', 'upload', 'compute', 'readback'] as const;
type Step = (typeof STEPS)[number];

/**
 * Seconds by step since a backend was asked for: of its libraries and devices until they are open (`load`), of its kernels
 * (`compile`), of arguments on their way to a device, of the kernels' work, and of results on their way back. Calls that
 * overlap and devices side by side count each for itself.
 */
export type StepSeconds = Readonly<Record<Step, number>>;

/** Adds up seconds by step. */
export class StepClock {
  readonly #seconds: Record<Step, number> = { load: 0, compile: 0, upload: 0, compute: 0, readback: 0 };

  get seconds(): StepSeconds {
    return { ...this.#seconds };
  }

  book(step: Step, seconds: number): void {
    this.#seconds[step] += seconds;
  }

  /** Runs `work` and books its time. */
  time<T>(step: Step, work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.book(step, (performance.now() - start) / 1000);
    }
  }

  /** Adds the seconds of another. */
  add(seconds: StepSeconds): void {
    for (const step of STEPS) this.book(step, seconds[step]);
  }
}
