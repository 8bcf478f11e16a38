// The timing summary of `--timing`, in the original's layout (FORMAT 7).
import type { Timing } from '../pipeline/timing.ts';

/** The summary, by falling time; begins with an empty line and ends with a line feed. */
export function timingSummary(timing: Timing): string {
  const lines = [...timing]
    .sort((a, b) => b[1] - a[1])
    .map(([key, seconds]) => `  ${key.padEnd(32)} ${seconds.toFixed(3).padStart(8)}`);
  return ['', 'Timing summary (seconds):', ...lines, ''].join('\n');
}
