// How far a run is: a live line on a terminal, a plain line now and then elsewhere, both on stderr.
import { duration, grouped, rate } from '../report/numbers.ts';
import { log } from './output.ts';

/** Milliseconds before the first line, so that a short run shows none, and between two lines, on a terminal. */
const FIRST = 1000;
const NEXT = 100;
/** The same where stderr is none. */
const PLAIN = 10_000;

/** What there is to do. */
export interface Work {
  readonly tasks: number;
  readonly samples: number;
  /** Candidates run on each sample. */
  readonly candidates: number;
}

export class Progress {
  readonly #work: Work;
  readonly #begun: number = performance.now();
  readonly #live: boolean;
  #next: number;
  #tasks = 0;
  #solved = 0;
  #shown = false;

  /** @param quiet whether nothing is to be shown */
  constructor(work: Work, quiet: boolean) {
    this.#work = work;
    this.#live = process.stderr.isTTY;
    this.#next = quiet ? Number.POSITIVE_INFINITY : this.#begun + (this.#live ? FIRST : PLAIN);
  }

  /** A task is done. */
  task(solved: boolean): void {
    this.#tasks++;
    if (solved) this.#solved++;
  }

  /** So many samples are done; writes when it is time to. */
  at(samples: number): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + (this.#live ? NEXT : PLAIN);
    const line = this.#line(samples, (now - this.#begun) / 1000);
    if (!this.#live) {
      log(line);
      return;
    }
    this.#shown = true;
    process.stderr.write(`\r\x1b[K${line}`);
  }

  #line(samples: number, seconds: number): string {
    const { tasks, samples: all, candidates } = this.#work;
    const left = (seconds / samples) * (all - samples);
    return [
      `${grouped(this.#tasks)} of ${grouped(tasks)} tasks`,
      `${Math.floor((100 * samples) / all)} %`,
      `${rate((samples * candidates) / seconds)} runs/s`,
      `${grouped(this.#solved)} solved`,
      `${duration(left)} left`,
    ].join(' · ');
  }

  /** Takes the live line away, before anything else is written to the terminal. */
  clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K');
    this.#shown = false;
  }
}
