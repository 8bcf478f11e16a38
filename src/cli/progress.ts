// How far a run is: a live line on a terminal, a plain line now and then elsewhere, both on stderr.
import { duration, grouped, rate } from '../report/numbers.ts';
import { log } from './output.ts';

/** Milliseconds between two lines on a terminal; the first one comes after a second, so that a short run shows none. */
const LIVE = 100;
const FIRST = 1000;
/** The same where stderr is none. */
const PLAIN = 10_000;

/** What there is to do. */
export interface Work {
  readonly tasks: number;
  readonly samples: number;
  /** Candidates run on each task. */
  readonly candidates: number;
  /** Whether some test output is known, so that a task can be solved. */
  readonly testsKnown: boolean;
}

export class Progress {
  readonly #work: Work;
  readonly #begun: number = performance.now();
  readonly #live: boolean = process.stderr.isTTY;
  readonly #timer: NodeJS.Timeout | undefined;
  #samples = 0;
  #tasks = 0;
  #right = 0;
  #shown = false;

  /** @param quiet whether nothing is to be shown */
  constructor(work: Work, quiet: boolean) {
    this.#work = work;
    if (!quiet) this.#timer = setInterval(() => this.#show(), this.#live ? LIVE : PLAIN).unref();
  }

  /** So many samples are done. */
  at(samples: number): void {
    this.#samples = samples;
  }

  /** A task is done and about to be printed. @param right whether it is solved or, where that is not known, has all demos right */
  task(right: boolean): void {
    this.#clear();
    this.#tasks++;
    if (right) this.#right++;
  }

  /** All is done. */
  end(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #show(): void {
    const milliseconds = performance.now() - this.#begun;
    if (milliseconds < FIRST) return;
    const line = this.#line(milliseconds / 1000);
    if (!this.#live) {
      log(line);
      return;
    }
    this.#shown = true;
    process.stderr.write(`\r\x1b[K${line}`);
  }

  #line(seconds: number): string {
    const { tasks, samples, candidates, testsKnown } = this.#work;
    const share = this.#samples / samples;
    const left = share < 1 ? [`${duration(seconds / share - seconds)} left`] : ['saving'];
    return [
      `${grouped(this.#tasks)} of ${grouped(tasks)} tasks`,
      `${Math.floor(100 * share)} %`,
      `${rate((share * tasks * candidates) / seconds)} candidates/s`,
      `${grouped(this.#right)} ${testsKnown ? 'solved' : 'with all demos right'}`,
      ...(share > 0 ? left : []),
    ].join(' · ');
  }

  #clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K');
    this.#shown = false;
  }
}
