// The deterministic cost of evaluation: every function charges for the items it touches or builds, before it allocates.
import { BUDGET_STOP, RECURSION_ERROR, TIMEOUT_STOP } from './errors.ts';

/** Charges between two looks at the clock. */
const SLICE = 1 << 22;

/** Most units of one charge, whatever the budget: no array holds more. */
const LONGEST_ARRAY = 2 ** 32 - 1;

/** Python's recursion limit, less the frames its own caller takes (SPEC 1.5: 980 works, 1000 fails). */
const MAX_DEPTH = 990;

class Meter {
  /** Units left in this slice; below zero the slow path decides. */
  left: number = SLICE;
  /** Units handed out to slices since `start`, this slice included. */
  granted: number = SLICE;
  /** Most units that one evaluation may use. */
  budget: number = Number.POSITIVE_INFINITY;
  /** Most units that may be charged at once: the largest single value. */
  largest: number = Number.POSITIVE_INFINITY;
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
    this.depth = 0;
    this.functions = 0;
  }

  /** Units used since `start`. */
  used(): number {
    return this.granted - this.left;
  }

  refill(units: number): void {
    if (units > this.largest || units > LONGEST_ARRAY || this.used() > this.budget) throw BUDGET_STOP;
    if (this.deadline !== Number.POSITIVE_INFINITY && performance.now() > this.deadline) throw TIMEOUT_STOP;
    const more = Math.min(Math.max(SLICE, -this.left), this.budget - this.granted);
    this.granted += more;
    this.left += more;
  }
}

export const meter: Meter = new Meter();

/** Charges `units` (one is an item touched or built); throws the budget's or the clock's stop. */
export function charge(units: number): void {
  meter.left -= units;
  if (meter.left < 0) meter.refill(units);
}

/** Enters a call of a function value; `leave` must follow when it returns (a raised error ends the statement anyway). */
export function enter(): void {
  if (++meter.depth > MAX_DEPTH) throw RECURSION_ERROR;
}

export function leave(): void {
  meter.depth--;
}
