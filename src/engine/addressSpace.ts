// How much address space the process may have (`ulimit -v`): V8 ends a process that runs out of it, without a word to us.
import { readFileSync } from 'node:fs';
import { MemoryError } from './memoryError.ts';

/** Bytes that the process takes with one thread and the largest values of candidates, and each further thread. */
const FIRST_THREAD = 1_500_000 * 1024;
const NEXT_THREAD = 1_000_000 * 1024;

/** The limit in bytes; infinite where there is none, or none is known. */
function limit(): number {
  let limits: string;
  try {
    limits = readFileSync('/proc/self/limits', 'latin1');
  } catch {
    return Number.POSITIVE_INFINITY; // not Linux
  }
  const [, soft] = /^Max address space +(\d+) /m.exec(limits) ?? [];
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
}

/**
 * Threads that fit into the address space, infinitely many where it has no limit.
 * @throws MemoryError where not even one does
 */
export function threadsThatFit(bytes: number = limit()): number {
  if (bytes < FIRST_THREAD) {
    const [is, needs] = [bytes, FIRST_THREAD].map((n) => Math.floor(n / 1024));
    throw new MemoryError(`the address space is limited to ${is} kB (ulimit -v); a run needs ${needs} kB`);
  }
  return 1 + Math.floor((bytes - FIRST_THREAD) / NEXT_THREAD);
}
