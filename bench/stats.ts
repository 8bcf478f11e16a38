// Medians and seconds.
import { performance } from 'node:perf_hooks';
import { median } from '../src/doctor/median.ts';

/** The value below which the share `q` of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * q), sorted.length - 1)]!;
}

/** The figures of repeated work, from the seconds that each repeat took: by their median, and by the least of them. */
export function figures(
  times: readonly number[],
  figure: (seconds: number) => number,
): { readonly value: number; readonly best: number } {
  return { value: figure(median(times)), best: figure(Math.min(...times)) };
}

/** Seconds that `work` takes. */
export function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
