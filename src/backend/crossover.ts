// What the backends of this machine take for batches of several sizes, as measured by `batt doctor`.
import type { BackendName } from '../../kernels/backend.ts';

/** Seconds for a number of comparisons, upload and readback included: the median of several warm repeats. */
export interface CrossoverPoint {
  readonly comparisons: number;
  readonly seconds: number;
}

/** One backend on one device. */
export interface BackendTimes {
  readonly backend: BackendName;
  readonly device: string;
  /** From the call that opens it, in a fresh process, until its first comparison is done. */
  readonly openSeconds: number;
  /** By number of comparisons, the least first; at least one. */
  readonly points: readonly CrossoverPoint[];
}

/** All that could be measured on a machine. */
export interface Crossover {
  /** When, as ISO 8601 in UTC. */
  readonly measured: string;
  readonly backends: readonly BackendTimes[];
}

/**
 * Estimated seconds to open a backend and compare `comparisons` grids: linear between measured points, at the rate of the
 * largest beyond it, and as long as the smallest below it. Never less for more comparisons.
 */
export function estimateSeconds({ openSeconds, points }: BackendTimes, comparisons: number): number {
  let before = { comparisons: 0, seconds: points[0]!.seconds };
  for (const point of points) {
    // a larger batch that was measured faster than a smaller one was noise
    const seconds = Math.max(point.seconds, before.seconds);
    if (comparisons <= point.comparisons) {
      const share = (comparisons - before.comparisons) / (point.comparisons - before.comparisons);
      return openSeconds + before.seconds + share * (seconds - before.seconds);
    }
    before = { comparisons: point.comparisons, seconds };
  }
  return openSeconds + (before.seconds * comparisons) / before.comparisons;
}
