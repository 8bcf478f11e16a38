// The steps of what a stream is asked for, by the GPU's own clock.
import type { StepClock } from '../stepClock.ts';
import type { Driver } from './driver.ts';
import { quietly } from './errors.ts';

const STEPS = ['upload', 'compute', 'readback'] as const;

/** Marks in a stream where steps begin, and where the last one ends. What comes again of an earlier step is of the last one begun. */
export class Marks {
  readonly #driver: Driver;
  readonly #stream: bigint;
  readonly #clock: StepClock;
  readonly #events: bigint[] = [];
  /** In the order of their marks. */
  #begun: (typeof STEPS)[number][] = [];

  /** @param clock to which the steps are booked */
  constructor(driver: Driver, stream: bigint, clock: StepClock) {
    this.#driver = driver;
    this.#stream = stream;
    this.#clock = clock;
    while (this.#events.length <= STEPS.length) this.#events.push(driver.made('cuEventCreate', 0));
  }

  /** Says that what is asked for next is of a step. */
  begin(step: (typeof STEPS)[number]): void {
    if (this.#begun.includes(step)) return;
    this.#mark();
    this.#begun.push(step);
  }

  /** Says that all was asked for. */
  end(): void {
    if (this.#begun.length > 0) this.#mark();
  }

  /** Books the steps up to `end`, all of which the stream has done. */
  book(): void {
    const milliseconds = new Float32Array(1);
    for (const [k, step] of this.#begun.entries()) {
      this.#driver.call('cuEventElapsedTime', milliseconds, this.#events[k]!, this.#events[k + 1]!);
      this.#clock.book(step, milliseconds[0]! / 1000);
    }
    this.forget();
  }

  /** Books nothing. */
  forget(): void {
    this.#begun = [];
  }

  /** Gives the events back. */
  close(): void {
    for (const event of this.#events) quietly(() => this.#driver.call('cuEventDestroy_v2', event));
  }

  #mark(): void {
    this.#driver.call('cuEventRecord', this.#events[this.#begun.length]!, this.#stream);
  }
}
