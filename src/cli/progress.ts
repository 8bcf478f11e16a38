// A line on the terminal that says how far a long run is.

/** Milliseconds before the first line, so that a short run shows none, and between two lines. */
const FIRST = 1000;
const NEXT = 100;

/** Shows `done` of `total` on stderr when that is a terminal. */
export class Progress {
  readonly #total: number;
  readonly #label: string;
  #next: number = performance.now() + FIRST;
  #shown = false;

  constructor(total: number, label: string) {
    this.#total = total;
    this.#label = label;
    if (!process.stderr.isTTY) this.#next = Number.POSITIVE_INFINITY;
  }

  /** Says how much is done; writes when it is time to. */
  at(done: number): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + NEXT;
    this.#shown = true;
    process.stderr.write(
      `\r\x1b[K${done} of ${this.#total} ${this.#label} (${Math.floor((100 * done) / this.#total)} %)`,
    );
  }

  /** Takes the line away, before anything else is written to the terminal. */
  clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K');
    this.#shown = false;
  }
}
