// The p-queue that candidates go through: a few at a time, the most important first, and never many waiting.

/** How a queue treats its items. */
export interface QueueOptions<T> {
  /** Items at work at a time. Default 1: the work of this thread gains nothing from more. */
  readonly concurrency?: number;
  /** Items with more go first, among those that wait. */
  readonly priority: (item: T) => number;
}

/** Items that wait at a time: the rest are not asked for yet, so that memory does not grow with their number. */
const MOST_WAITING = 256;

/**
 * Does some work for each item. There is no time-out: work in this thread cannot be left to itself, so what may take long has
 * to end of its own.
 * @throws what `work` throws, when the others are done
 */
export async function forEachQueued<T>(
  items: Iterable<T>,
  work: (item: T) => void | Promise<void>,
  { concurrency = 1, priority }: QueueOptions<T>,
): Promise<void> {
  const { default: PQueue } = await import('p-queue');
  const queue = new PQueue({ concurrency });
  const failures: unknown[] = [];
  for (const item of items) {
    await queue.onSizeLessThan(MOST_WAITING);
    queue.add(async () => work(item), { priority: priority(item) }).catch((error: unknown) => failures.push(error));
  }
  await queue.onIdle();
  if (failures.length > 0) throw failures[0];
}
