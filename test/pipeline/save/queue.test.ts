import { expect, test } from 'vitest';
import { forEachQueued } from '../../../src/pipeline/save/queue.ts';

test('the most important of those that wait go first', async () => {
  const order: number[] = [];
  await forEachQueued([1, 5, 3, 4], (n) => void order.push(n), { priority: (n) => n });
  expect(order[0]).toBe(1); // nothing else was there yet
  expect(order.slice(1)).toEqual([5, 4, 3]);
});

test('no more items are asked for than can wait', async () => {
  let asked = 0;
  let done = 0;
  let most = 0;
  function* items(): Generator<number> {
    for (let n = 0; n < 100_000; n++) {
      asked++;
      most = Math.max(most, asked - done);
      yield n;
    }
  }
  await forEachQueued(items(), () => void done++, { priority: () => 0 });
  expect(done).toBe(100_000);
  expect(most).toBeLessThan(300);
});

test('an error of the work is thrown when the others are done', async () => {
  const done: number[] = [];
  const work = (n: number): void => {
    if (n === 1) throw new Error('one');
    done.push(n);
  };
  await expect(forEachQueued([1, 2, 3], work, { priority: () => 0, concurrency: 2 })).rejects.toThrow('one');
  expect(done).toEqual([2, 3]);
});
