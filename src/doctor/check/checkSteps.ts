// Steps of a check: each is told of, and may fail by itself; all of them share a limit of time.
import { reasonOf } from '../answer.ts';
import type { Outcome } from './machineCheck.ts';

export class CheckSteps {
  readonly #end: number;
  readonly #telling: (line: string) => void;

  /**
   * @param limit seconds for all steps
   * @param telling is told of each step
   */
  constructor(limit: number, telling: (line: string) => void) {
    this.#end = performance.now() + 1000 * limit;
    this.#telling = telling;
  }

  /** Does a step; an error of it becomes the reason, and the next step may go on. */
  async do<T extends object>(what: string, step: () => Promise<T>): Promise<Outcome<T>> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      if (this.#left() < 1) throw new Error('left out: no time is left, see --limit');
      const result = { ...(await step()), seconds: seconds() };
      this.#telling(`${what}: ${result.seconds.toFixed(1)} s`);
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      this.#telling(`${what}: ${reason}`);
      return { seconds: seconds(), reason };
    }
  }

  /** The seconds of a limit, or those that are left when they are fewer: a whole number. */
  within(limit: number): number {
    return Math.max(1, Math.ceil(Math.min(limit, this.#left())));
  }

  #left(): number {
    return (this.#end - performance.now()) / 1000;
  }
}
