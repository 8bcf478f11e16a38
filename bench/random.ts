// Choices by a seeded generator, so that benchmarks repeat.

/** The items in random order (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = items.slice();
  for (let k = result.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [result[k], result[other]] = [result[other]!, result[k]!];
  }
  return result;
}

/** A whole number from 0 to below `end`. */
export function below(random: () => number, end: number): number {
  return Math.floor(random() * end);
}

/** One of the items. */
export function pick<T>(random: () => number, items: readonly T[]): T {
  return items[below(random, items.length)]!;
}
