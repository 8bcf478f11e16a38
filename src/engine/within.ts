// Ends a call of this thread from outside when it takes too long, whatever it is doing.
import { createContext, Script } from 'node:vm';

/** How long past its time a reader may go without a sign of life: this many ms, or this share of the time if more. */
export const GRACE = 1000;
export const GRACE_SHARE = 0.5;

/** Longer waits are not told apart: a timer holds 31 bits of milliseconds. */
const LONGEST = 2 ** 31 - 1;

const calls: { task: () => void } = { task: () => {} };
const context = createContext(calls);
const script = new Script('task()');

/**
 * Calls `task`; false when it was ended because it took longer than so many milliseconds. It is ended between any two
 * instructions, without its `catch` and `finally`. What it throws itself is thrown.
 */
export function within(milliseconds: number, task: () => void): boolean {
  calls.task = task;
  try {
    script.runInContext(context, { timeout: Math.min(Math.ceil(milliseconds), LONGEST) });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  } finally {
    calls.task = () => {};
  }
}

/** The error is one of the other context's, so no `Error` of this one. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
