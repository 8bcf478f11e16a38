// How far a run is: a live line on a terminal, a plain line now and then elsewhere, both on stderr.
import type { RunWork } from '../pipeline/run.ts';
import { duration, grouped, rate } from '../report/numbers.ts';
import type { TaskLine } from '../results/lines.ts';
import { hasDemosRight, isSolved } from '../results/rows.ts';
import { log } from './output.ts';

/** Milliseconds between two lines on a terminal; the first one comes after a second, so that a short run shows none. */
const LIVE = 100;
const FIRST = 1000;
/** The same where stderr is none. */
const PLAIN = 10_000;

export class Progress {
  readonly #work: RunWork;
  readonly #begun: number = performance.now();
  readonly #live: boolean = process.stderr.isTTY;
  readonly #timer: NodeJS.Timeout | undefined;
  #samples = 0;
  #tasks = 0;
  #right = 0;
  #shown = false;

  /** @param quiet whether nothing is to be shown */
  constructor(work: RunWork, quiet: boolean) {
    this.#work = work;
    if (!quiet) this.#timer = setInterval(() => this.#show(), this.#live ? LIVE : PLAIN).unref();
  }

  /** So many samples are done. */
  at(samples: number): void {
    this.#samples = samples;
  }

  /** A task is done and about to be printed. Right is one that is solved or, where that is not known, has all demos right. */
  task(line: TaskLine): void {
    this.#clear();
    this.#tasks++;
    if (this.#work.testsKnown ? isSolved(line) : hasDemosRight(line)) this.#right++;
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
