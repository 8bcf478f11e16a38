// Holds a backend against the plain references, case by case.
import type { Backend } from '../../../kernels/backend.ts';
import type { Case } from '../../../kernels/suite/case.ts';
import type { Conformance } from './machineCheck.ts';

/**
 * Runs the cases on a backend that was just opened, and closes it.
 * @param found is told after each case what there is so far
 */
export async function checkConformance(
  backend: Backend,
  cases: readonly Case[],
  found: (result: Conformance) => void,
): Promise<void> {
  const { device } = backend;
  const failures: string[] = [];
  const closing: Case = { name: 'closes', run: (opened) => opened.close() };
  for (const [k, { name, run }] of [...cases, closing].entries()) {
    try {
      await run(backend);
    } catch (error) {
      failures.push(`${name}: ${reasonOf(error)}`);
    }
    found({ device, passed: k + 1 - failures.length, failed: failures.length, failures });
  }
}

/** In one line; the cause of a random case's failure is what the case says. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.split(/\s*\n\s*/).join('; ');
  return error.cause === undefined ? message : `${message}: ${reasonOf(error.cause)}`;
}
