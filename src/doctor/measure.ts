// Measures what comparisons take on a backend.
import type { Backend } from '../../kernels/backend.ts';
import { MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import type { CrossoverPoint } from '../backend/crossover.ts';
import { makeComparisons } from './comparisons.ts';
import { median } from './median.ts';

/** Numbers of comparisons that are measured, as long as there is time. */
const SIZES: readonly number[] = [1e3, 1e4, 1e5, 1e6];
/** Seconds for all sizes of a backend, about. */
const LIMIT = 2.5;
/** Rows of a batch at most, whatever the backend would like: 128 MiB of records. */
const MOST_ROWS = 1 << 18;

/**
 * Measures the sizes one after the other: batches as a run launches them, of records in the backend's own storage, each
 * awaited with its result. A size is the median of 3 repeats or more after one to warm up; one that would take too long,
 * and those after it, are left out.
 * @param measured is told each size
 */
export async function measure(backend: Backend, measured: (point: CrossoverPoint) => void): Promise<void> {
  const rows = Math.min(backend.batchRows, SIZES.at(-1)!, MOST_ROWS);
  const { outputs, expected, index, result } = makeComparisons(backend, rows);
  const started = performance.now();
  const compare = async (comparisons: number): Promise<number> => {
    const begun = performance.now();
    for (let left = comparisons; left > 0; left -= rows) {
      const count = Math.min(left, rows);
      await backend.gridMatch(
        outputs.subarray(0, count * RECORD_WORDS),
        expected,
        index.subarray(0, count),
        result.subarray(0, count * MATCH_WORDS),
      );
    }
    return (performance.now() - begun) / 1000;
  };
  for (const comparisons of SIZES) {
    const first = await compare(comparisons);
    if (isLate(started, 3 * first)) return;
    const repeats: number[] = [];
    let spent = 0;
    // as many as fit into a fifth of a second, which a small size needs to become warm
    while (repeats.length < 3 || (spent < 0.2 && repeats.length < 1000)) {
      const seconds = await compare(comparisons);
      repeats.push(seconds);
      spent += seconds;
    }
    measured({ comparisons, seconds: median(repeats) });
    if (isLate(started, 10 * 4 * median(repeats))) return;
  }
}

function isLate(started: number, more: number): boolean {
  return (performance.now() - started) / 1000 + more > LIMIT;
}
