// The ways a program can stop: Python's exceptions, and the engine's own stops (budget, deadline).

/** Names of the Python exception classes that DSL programs can raise. */
export type ErrorName =
  | 'TypeError'
  | 'IndexError'
  | 'ValueError'
  | 'ZeroDivisionError'
  | 'AttributeError'
  | 'KeyError'
  | 'StopIteration'
  | 'RuntimeError'
  | 'RecursionError'
  | 'OverflowError'
  | 'MemoryError';

/**
 * A raised Python exception. No stack trace is taken: programs raise by the thousand, and the place that matters is the
 * statement of the program, which the engine knows. Hence one frozen instance a class.
 */
export class PyError {
  readonly name: ErrorName;
  constructor(name: ErrorName) {
    this.name = name;
  }
}

export const TYPE_ERROR: PyError = new PyError('TypeError');
export const INDEX_ERROR: PyError = new PyError('IndexError');
export const VALUE_ERROR: PyError = new PyError('ValueError');
export const ZERO_DIVISION_ERROR: PyError = new PyError('ZeroDivisionError');
export const ATTRIBUTE_ERROR: PyError = new PyError('AttributeError');
export const KEY_ERROR: PyError = new PyError('KeyError');
export const STOP_ITERATION: PyError = new PyError('StopIteration');
export const RUNTIME_ERROR: PyError = new PyError('RuntimeError');
export const RECURSION_ERROR: PyError = new PyError('RecursionError');
export const OVERFLOW_ERROR: PyError = new PyError('OverflowError');
export const MEMORY_ERROR: PyError = new PyError('MemoryError');

/**
 * Thrown when a candidate has used up its budget or its wall clock, or, without a budget, the memory of its worker. Not a
 * Python exception: no program sees it.
 */
export class Stop {
  readonly verdict: 'budget' | 'timeout' | 'crash';
  constructor(verdict: 'budget' | 'timeout' | 'crash') {
    this.verdict = verdict;
  }
}

export const BUDGET_STOP: Stop = new Stop('budget');
export const TIMEOUT_STOP: Stop = new Stop('timeout');
export const MEMORY_STOP: Stop = new Stop('crash');

/**
 * What a lazy sequence makes of an exception raised by its callback: StopIteration becomes RuntimeError (PEP 479).
 * Source: docs/spec/dsl.md 1.5.
 */
export function fromLazy(error: unknown): unknown {
  return error === STOP_ITERATION ? RUNTIME_ERROR : error;
}
