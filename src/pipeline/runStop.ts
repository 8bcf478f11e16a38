// Ends a run early, by a deadline or an interruption: what is done by then is kept.

export class RunStop {
  /**
   * `performance.now()` from which nothing is run any more. Tasks that are under way are ended, their other pairs being
   * `not_run`; the rest is left out.
   */
  readonly deadline: number;
  /** Is called by {@link interrupt}. */
  onInterrupt: () => void = () => {};
  #interrupted = false;

  constructor(deadline: number = Number.POSITIVE_INFINITY) {
    this.deadline = deadline;
  }

  /** Whether the run is to end now: tasks that are not done are left out. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  interrupt(): void {
    this.#interrupted = true;
    this.onInterrupt();
  }
}
