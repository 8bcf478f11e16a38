// The backends as contenders, and the plain reference.
import { type Backend, BackendAbsentError, type BackendName, type OpenOptions } from '../../kernels/backend.ts';
import { gridMatchReference } from '../../kernels/gridMatch/reference.ts';
import { openBackend } from '../../kernels/open.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import { backendContender } from '../../src/doctor/check/backendContender.ts';
import type { Contender } from '../../src/doctor/check/contender.ts';
import { seconds } from '../stats.ts';
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
  return backendContender('plain TypeScript', { gridMatch: gridMatchReference }, data);
}

/** A backend on records of its own storage. */
export function inPlaceContender(name: string, backend: Backend, { outputs, expected, index }: Comparisons): Contender {
  return backendContender(name, backend, {
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
