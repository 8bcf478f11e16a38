// Ends a run early, by a deadline or an interruption: what is done by then is kept.

/** The run is to end now: what is under way is given up. */
export class RunOver extends Error {
  override readonly name = 'RunOver';
}

export class RunStop {
  /**
   * `performance.now()` from which nothing is run any more. Tasks that are under way are ended, their other pairs being
   * `not_run`; the rest is left out.
   */
  readonly deadline: number;
  readonly #listeners = new Set<() => void>();
  #interrupted = false;

  constructor(deadline: number = Number.POSITIVE_INFINITY) {
    this.deadline = deadline;
  }

  /** Whether the run is to end now: tasks that are not done are left out. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** Whether it was interrupted, or its deadline has come. */
  get isOver(): boolean {
    return this.#interrupted || performance.now() >= this.deadline;
  }

  /** @throws RunOver once {@link isOver} */
  throwIfOver(): void {
    if (this.isOver) throw new RunOver();
  }

  /** Calls a listener when the run is interrupted, until what is returned is called. */
  onInterrupt(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  interrupt(): void {
    this.#interrupted = true;
    for (const listener of this.#listeners) listener();
  }
}
