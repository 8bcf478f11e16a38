// How the command ends: exit codes, and errors in words.
import { ArcError } from '../arc/error.ts';
import { BatteryError } from '../lang/errors.ts';
import { AccountsError } from '../pipeline/accounts.ts';

/** A check failed, or a task of `verify` is unsolved. */
export const EXIT_FAILED = 1;
/** Wrong usage; input missing or damaged; no valid candidate; a backend that is not there. */
export const EXIT_USAGE = 2;
/** Stopped by SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** The command was called wrongly, or there is nothing that it could do. The message names the flag or file. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says on stderr what went wrong and returns the exit code. */
export function report(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  const debug = Boolean(process.env.BATT_DEBUG);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  if (error instanceof UsageError || error instanceof ArcError || error instanceof BatteryError) {
    process.stderr.write(`batt: ${message}\n`);
    return EXIT_USAGE;
  }
  if (error instanceof AccountsError) {
    process.stderr.write(`batt: the accounts do not add up, so no result is given: ${message}\n`);
    return EXIT_FAILED;
  }
  const pointer = debug ? '' : '; run again with BATT_DEBUG=1 for the stack';
  process.stderr.write(`batt: unexpected error: ${message} (a fault of batt itself${pointer})\n`);
  return EXIT_FAILED;
}
