// gridMatch on a GPU with each step timed by itself.
import { launchGridMatch } from '../gridMatch/cuda.ts';
import { MATCH_WORDS, prepareGridMatch } from '../gridMatch/op.ts';
import type { GridMatchTimes } from '../gridMatch/times.ts';
import { RECORD_WORDS } from '../record.ts';
import type { Driver } from './driver.ts';
import { quietly } from './errors.ts';
import type { Gpu } from './gpu.ts';
import { pageWords, pin, unpin } from './pinned.ts';
import type { Work } from './work.ts';

/**
 * Times gridMatch on arguments that keep its contract, all in one part; none may be empty. What is uploaded and read back is
 * pinned, as `records` of the backend gives it. All is timed by the GPU's own clock, after a first time that is not.
 * @throws RangeError, CudaError where the memory does not suffice or the GPU is lost
 */
export function timeGridMatch(gpu: Gpu, outputs: Int32Array, expected: Int32Array, index: Int32Array): GridMatchTimes {
  const rows = index.length;
  const matches = prepareGridMatch(outputs, expected, index, undefined);
  return gpu.timed((work, driver) => {
    const pinned: Int32Array[] = [];
    const events: bigint[] = [];
    try {
      const host = [outputs, expected, index, matches].map((words) => {
        // what threads share is of `records` and pinned already, and may be large
        if (words.buffer instanceof SharedArrayBuffer) return words;
        const own = pageWords(driver.koffi, words.length);
        own.set(words);
        if (pin(driver, own)) pinned.push(own);
        return own;
      });
      while (events.length < 2) events.push(driver.made('cuEventCreate', 0));
      const addresses = host.map((words) => work.take(words.length));
      const copied = work.take(rows * RECORD_WORDS);
      const bytes = 4 * RECORD_WORDS * rows;
      const steps = {
        upload: () => {
          for (const [k, words] of host.slice(0, 3).entries()) work.copy(words, addresses[k]!);
        },
        kernel: () => launchGridMatch(work, addresses, rows, expected.length / RECORD_WORDS),
        readback: () => work.readDirectly(addresses[3]!, host[3]!.subarray(0, rows * MATCH_WORDS)),
        copy: () => driver.call('cuMemcpyDtoDAsync_v2', copied, addresses[0]!, bytes, work.stream),
      };
      const time = (step: () => void) => {
        step();
        return milliseconds(driver, work, [events[0]!, events[1]!], step);
      };
      return {
        upload: time(steps.upload),
        kernel: time(steps.kernel),
        readback: time(steps.readback),
        copy: time(steps.copy),
        byDevice: true,
      };
    } finally {
      // the memory may be in use until all is done
      quietly(() => work.abandon());
      for (const words of pinned) quietly(() => unpin(driver, words));
      for (const event of events) quietly(() => driver.call('cuEventDestroy_v2', event));
    }
  });
}

/** What a step takes, by the GPU's clock, resolved to half a microsecond. */
function milliseconds(driver: Driver, work: Work, [start, end]: readonly [bigint, bigint], step: () => void): number {
  driver.call('cuEventRecord', start, work.stream);
  step();
  driver.call('cuEventRecord', end, work.stream);
  driver.call('cuEventSynchronize', end);
  const taken = new Float32Array(1);
  driver.call('cuEventElapsedTime', taken, start, end);
  return taken[0]!;
}
