// The p-queue that candidates go through: a few at a time, the most important first, and never many waiting.
import { setImmediate } from 'node:timers/promises';

/** How a queue treats its items. */
export interface QueueOptions<T> {
  /** Items at work at a time. Default 1: the work of this thread gains nothing from more. */
  readonly concurrency?: number;
  /** Items with more go first, among those that wait. */
  readonly priority: (item: T) => number;
  /** Seconds that one item may take; then `work` is no longer waited for, and the item is `late`. Default: no limit. */
  readonly timeout?: number;
}

/** Items that wait at a time: the rest are not asked for yet, so that memory does not grow with their number. */
const MOST_WAITING = 256;

/** Milliseconds of the longest timer that Node sets. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds of work after which signals, timers and output have their turn. */
const TURN = 20;

/**
 * Does some work for each item.
 * @returns the items that took too long
 * @throws what `work` throws, when the others are done
 */
export async function forEachQueued<T>(
  items: Iterable<T>,
  work: (item: T) => void | Promise<void>,
  { concurrency = 1, priority, timeout = Number.POSITIVE_INFINITY }: QueueOptions<T>,
): Promise<T[]> {
  const { default: PQueue, TimeoutError } = await import('p-queue');
  const queue = new PQueue({
    concurrency,
    ...(Number.isFinite(timeout) ? { timeout: Math.min(timeout * 1000, LONGEST_TIMER) } : {}),
  });
  const late: T[] = [];
  const failures: unknown[] = [];
  let turn = performance.now();
  const one = async (item: T): Promise<void> => {
    if (performance.now() - turn > TURN) {
      await setImmediate();
      turn = performance.now();
    }
    await work(item);
  };
  for (const item of items) {
    await queue.onSizeLessThan(MOST_WAITING);
    queue
      .add(() => one(item), { priority: priority(item) })
      .catch((error: unknown) => (error instanceof TimeoutError ? late.push(item) : failures.push(error)));
  }
  await queue.onIdle();
  if (failures.length > 0) throw failures[0];
  return late;
}
