// Lets signals, timers and output have their turn in the midst of long work of this thread.
import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which they have it. */
export const TURN = 20;

export class Turns {
  #last: number = performance.now();

  /** Whether the last turn is so many milliseconds ago. */
  areDue(milliseconds: number = TURN): boolean {
    return performance.now() - this.#last >= milliseconds;
  }

  async give(): Promise<void> {
    await setImmediate();
    this.#last = performance.now();
  }
}
