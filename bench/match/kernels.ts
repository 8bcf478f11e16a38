// The backends as contenders, and the plain reference.
import { type Backend, BackendAbsentError, type BackendName, type OpenOptions } from '../../kernels/backend.ts';
import { MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import { openBackend } from '../../kernels/open.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import { seconds } from '../stats.ts';
import type { Contender } from './contender.ts';
import type { Comparisons } from './data.ts';

/** The backend, or why it is absent. */
export async function opened(name: BackendName, options?: OpenOptions): Promise<Backend | string> {
  try {
    return await openBackend(name, options);
  } catch (error) {
    if (error instanceof BackendAbsentError) return error.message;
    throw error;
  }
}

/** The plain reference on one thread. */
export function referenceContender(data: Comparisons): Contender {
  return contenderOf('plain TypeScript', { gridMatch: gridMatchReference }, data);
}

/** A backend on ordinary storage: it copies, or uploads, what it is given. */
export function backendContender(name: string, backend: Backend, data: Comparisons): Contender {
  return contenderOf(name, backend, data);
}

/** A backend on records of its own storage. */
export function inPlaceContender(name: string, backend: Backend, { outputs, expected, index }: Comparisons): Contender {
  return contenderOf(name, backend, {
    outputs: stored(backend, outputs),
    expected: stored(backend, expected),
    index,
  });
}

/** The records in storage of the backend. */
function stored(backend: Backend, records: Int32Array): Int32Array {
  const storage = backend.records(records.length / RECORD_WORDS);
  storage.set(records);
  return storage;
}

function contenderOf(name: string, backend: Pick<Backend, 'gridMatch'>, data: Comparisons): Contender {
  const { outputs, expected, index } = data;
  let result: Int32Array = new Int32Array(index.length * MATCH_WORDS);
  return {
    name,
    seconds: (times) => {
      const start = performance.now();
      for (let k = 0; k < times; k++) {
        const found = backend.gridMatch(outputs, expected, index, result);
        if (found instanceof Promise) return rest(found, times - k - 1, start);
      }
      return (performance.now() - start) / 1000;
    },
    result: () => result,
  };

  async function rest(first: Promise<Int32Array>, times: number, start: number): Promise<number> {
    result = await first;
    for (let k = 0; k < times; k++) result = await backend.gridMatch(outputs, expected, index, result);
    return (performance.now() - start) / 1000;
  }
}

/** Seconds of a call that is repeated until it has taken a while, a time. */
export function secondsOf(call: () => void): number {
  const once = Math.max(seconds(call), 1e-6);
  const times = Math.max(1, Math.ceil(0.02 / once));
  return (
    seconds(() => {
      for (let k = 0; k < times; k++) call();
    }) / times
  );
}
