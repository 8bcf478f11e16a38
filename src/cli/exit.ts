// How the command ends: exit codes, and errors in words.
import { BackendAbsentError, BackendLostError } from '../../kernels/backend.ts';
import { ArcError } from '../arc/error.ts';
import { BatteryError } from '../lang/errors.ts';
import { AccountsError } from '../pipeline/accounts.ts';

/** A check failed, or a task of `verify` is unsolved. */
export const EXIT_FAILED = 1;
/** Wrong usage; input missing or damaged; no valid candidate; a backend that is not there. */
export const EXIT_USAGE = 2;
/** Done, but some candidates ended the worker they ran in. */
export const EXIT_CRASHED = 3;
/** Stopped by SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** Errors of input, by name, of parts that are loaded only when they are used. */
const USER_ERRORS: ReadonlySet<string> = new Set(['ResumeError', 'ResultsError', 'RunNotFoundError']);

/** The command was called wrongly, or there is nothing that it could do. The message names the flag or file. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * What to say on stderr about an error, and the exit code.
 * @param debug whether the stack is wanted (`BATT_DEBUG=1`)
 */
export function explain(error: unknown, debug: boolean): { readonly text: string; readonly code: number } {
  const message = error instanceof Error ? error.message : String(error);
  const stack = debug && error instanceof Error ? `${error.stack}\n` : '';
  if (
    error instanceof UsageError ||
    error instanceof ArcError ||
    error instanceof BatteryError ||
    error instanceof BackendAbsentError ||
    (error instanceof Error && USER_ERRORS.has(error.name))
  ) {
    return { text: `${stack}batt: ${message}\n`, code: EXIT_USAGE };
  }
  if (error instanceof AccountsError) {
    const text = `${stack}batt: the accounts do not add up, so there is no result: ${message}\n`;
    return { text, code: EXIT_FAILED };
  }
  if (error instanceof BackendLostError || (error instanceof Error && error.name === 'StoreError'))
    return { text: `${stack}batt: ${message}\n`, code: EXIT_FAILED };
  const pointer = debug ? '' : '; BATT_DEBUG=1 shows the stack';
  return { text: `${stack}batt: unexpected error, a fault of batt itself: ${message}${pointer}\n`, code: EXIT_FAILED };
}
