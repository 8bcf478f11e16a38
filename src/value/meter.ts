// The deterministic cost of evaluation: every function charges for the items it touches, and for the memory of what it
// builds before it builds it.
import { BUDGET_STOP, MEMORY_STOP, RECURSION_ERROR, TIMEOUT_STOP } from './errors.ts';

/** Charges between two looks at the clock. */
const SLICE = 1 << 22;

/** Most items of one value, whatever the budget: no array holds more. */
const LONGEST_ARRAY = 2 ** 32 - 1;

/** Words of 8 bytes that may be allocated, where there is no budget, until `room` is asked again: 4 MB. */
export const ROOM_STEP: number = 1 << 19;

/** Words of 8 bytes that a container takes beside its items. */
const HEADER_WORDS = 12;

/** Python's recursion limit, less the frames its own caller takes (docs/spec/dsl.md 1.5: 980 works, 1000 fails). */
const MAX_DEPTH = 990;

class Meter {
  /** Units left in this slice; below zero the slow path decides. */
  left: number = SLICE;
  /** Units handed out to slices since `start`, this slice included. */
  granted: number = SLICE;
  /** Most units that one evaluation may use. */
  budget: number = Number.POSITIVE_INFINITY;
  /** Most items of a single value. */
  largest: number = LONGEST_ARRAY;
  /** Words of 8 bytes allocated since `start`, and the most that one evaluation may allocate. */
  held = 0;
  mostHeld: number = Number.POSITIVE_INFINITY;
  /** `performance.now()` at which the wall clock stops the evaluation. */
  deadline: number = Number.POSITIVE_INFINITY;
  /** Calls of function values in progress. */
  depth = 0;
  /** Function values made since `start`. */
  functions = 0;

  /** Begins a new evaluation with `budget` units, in ms of `performance.now()` until `deadline`. */
  start(budget: number, deadline: number): void {
    this.budget = budget;
    this.deadline = deadline;
    this.granted = Math.min(SLICE, budget);
    this.left = this.granted;
    // without a budget what is left until `room` is asked again goes on from evaluation to evaluation
    if (this.room !== undefined && budget === Number.POSITIVE_INFINITY) this.mostHeld -= this.held;
    this.held = 0;
    this.depth = 0;
    this.functions = 0;
  }

  /** Sets the limits of memory: items of a single value, words of 8 bytes of all values of an evaluation. */
  limit(largest: number, mostHeld: number): void {
    this.largest = Math.min(largest, LONGEST_ARRAY);
    this.mostHeld = mostHeld;
  }

  /** Whether this thread has memory for a large value of some words of 8 bytes; asked where there is no budget. */
  room: ((words: number) => boolean) | undefined = undefined;

  /** Decides on a value over the limits of memory: throws, or lets it be built. */
  overLimit(words: number): void {
    if (this.room === undefined || this.budget !== Number.POSITIVE_INFINITY) throw BUDGET_STOP;
    if (!this.room(words + ROOM_STEP)) throw MEMORY_STOP;
    this.mostHeld = this.held + ROOM_STEP;
  }

  /** Units used since `start`. */
  used(): number {
    return this.granted - this.left;
  }

  refill(): void {
    if (!(this.used() <= this.budget)) throw BUDGET_STOP; // also when a charge was no number
    lookAtClock();
    const more = Math.min(Math.max(SLICE, SLICE - this.left), this.budget - this.granted);
    this.granted += more;
    this.left += more;
  }
}

export const meter: Meter = new Meter();

/** Throws the clock's stop when the evaluation has no time left; for work whose charge cannot be known before. */
export function lookAtClock(): void {
  if (meter.deadline !== Number.POSITIVE_INFINITY && performance.now() > meter.deadline) throw TIMEOUT_STOP;
}

/** Charges `units` (one is an item touched or a word built); throws the budget's or the clock's stop. */
export function charge(units: number): void {
  meter.left -= units;
  if (!(meter.left >= 0)) meter.refill();
}

/**
 * Charges the building of a value of `items` items before it is built; `words` (of 8 bytes) is what it will take. Writing,
 * hashing and collecting a value takes time by its words, so each is a unit.
 */
export function allocate(items: number, words: number = items + HEADER_WORDS): void {
  meter.held += words;
  if (items > meter.largest || meter.held > meter.mostHeld) meter.overLimit(words);
  charge(Math.max(items, words));
}

/** Enters a call of a function value; `leave` must follow when it returns (a raised error ends the statement anyway). */
export function enter(): void {
  if (++meter.depth > MAX_DEPTH) throw RECURSION_ERROR;
}

export function leave(): void {
  meter.depth--;
}
