// The name of the CPU.
import { cpus } from 'node:os';

let known: string | undefined;

/** The model name of the CPU; asked for once, since that takes milliseconds. */
export function cpuDevice(): string {
  known ??= cpus()[0]?.model.trim() || 'unknown CPU';
  return known;
}
