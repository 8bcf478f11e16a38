// How the command ends: exit codes, and errors in words.

/** A check failed, or a task of `verify` is unsolved. */
export const EXIT_FAILED = 1;
/** Wrong usage; input missing or damaged; no valid candidate; a backend that is not there. */
export const EXIT_USAGE = 2;
/** Done, but some candidates ended the worker they ran in. */
export const EXIT_CRASHED = 3;
/** Stopped by SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** Wrong usage, and input or a backend that is missing or damaged; by name, as the parts that throw them are loaded on demand. */
const USER_ERRORS: ReadonlySet<string> = new Set([
  'ArcError',
  'BackendAbsentError',
  'BatteryError',
  'CompareError',
  'DuckDbAbsentError',
  'PlanError',
  'ResultsError',
  'ResumeError',
  'RunNotFoundError',
  'SubmitError',
  'UsageError',
]);
/** What is around fails, through no fault of the caller or of batt. */
const OUTSIDE_ERRORS: ReadonlySet<string> = new Set(['BackendLostError', 'MemoryError', 'StoreError']);

/** The command was called wrongly, or there is nothing that it could do. The message names the flag or file. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * What to say on stderr about an error, and the exit code.
 * @param debug whether the stack is wanted (`BATT_DEBUG=1`)
 */
export function explain(error: unknown, debug: boolean): { readonly text: string; readonly code: number } {
  const { name, message, stack } = error instanceof Error ? error : { name: '', message: String(error) };
  const above = debug && stack !== undefined ? `${stack}\n` : '';
  if (USER_ERRORS.has(name)) return { text: `${above}batt: ${message}\n`, code: EXIT_USAGE };
  if (OUTSIDE_ERRORS.has(name)) return { text: `${above}batt: ${message}\n`, code: EXIT_FAILED };
  if (name === 'AccountsError') {
    const text = `${above}batt: the accounts do not add up, so there is no result: ${message}\n`;
    return { text, code: EXIT_FAILED };
  }
  const pointer = debug ? '' : '; BATT_DEBUG=1 shows the stack';
  return { text: `${above}batt: unexpected error, a fault of batt itself: ${message}${pointer}\n`, code: EXIT_FAILED };
}
