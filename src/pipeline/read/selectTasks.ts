// Which tasks of a data set a run takes.
import { seeded } from './seeded.ts';

/** The options `-i`, `-s`, `-c` and `--seed`. */
export interface TaskSelection {
  /** Wanted ids; all when left out or empty. */
  readonly only?: readonly string[];
  /** First place in the list, default 0. */
  readonly start?: number;
  /** Number of tasks, 0 (default) = all from `start` on; negative, with start 0: a random sample of that size. */
  readonly count?: number;
  /** Of the random sample, default 0. */
  readonly seed?: number;
}

/**
 * The ids selected from `ids`, in their order; an id of `only` that is not among them is returned too, for the reader to
 * refuse. A sample of more tasks than there are is all of them.
 * @throws RangeError for a negative start, and for a negative count with another start than 0
 */
export function selectIds(ids: readonly string[], selection: TaskSelection = {}): readonly string[] {
  const { only = [], start = 0, count = 0, seed = 0 } = selection;
  if (start < 0) throw new RangeError(`found a start of ${start}, expected 0 or more`);
  if (count < 0 && start > 0) throw new RangeError(`found a count of ${count} with start ${start}, expected start 0`);
  const wanted = new Set(only);
  const known = new Set(ids);
  const list = wanted.size === 0 ? ids : ids.filter((id) => wanted.has(id));
  const strangers = [...wanted].filter((id) => !known.has(id));
  if (strangers.length > 0) return [...list, ...strangers];
  if (count >= 0) return list.slice(start, count === 0 ? undefined : start + count);
  return sample(list, -count, seed);
}

/** `size` of the items, each set of that size as likely as any other, in their order. */
function sample(items: readonly string[], size: number, seed: number): string[] {
  const random = seeded(seed);
  let left = size;
  return items.filter((_, k) => {
    // takes item k with the chance that it is among those still to be taken
    const taken = random() * (items.length - k) < left;
    if (taken) left--;
    return taken;
  });
}
