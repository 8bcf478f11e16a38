// Where the time went: seconds of wall clock by key.

/** Seconds by key, keys as in the original's timing summary where it has one. */
export type Timing = ReadonlyMap<string, number>;

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

  book(key: string, seconds: number): void {
    this.#seconds.set(key, (this.#seconds.get(key) ?? 0) + seconds);
  }

  /** Adds the times of another. */
  add(timing: Timing): void {
    for (const [key, seconds] of timing) this.book(key, seconds);
  }
}
