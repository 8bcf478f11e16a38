// How tests open a backend.
import type { Backend, BackendName } from '../../kernels/backend.ts';
import { openBackend } from '../../kernels/open.ts';

/**
 * Opens a backend for tests.
 * @throws BackendAbsentError where it is not there
 */
export function openForTest(name: BackendName): Promise<Backend> {
  return openBackend(name);
}
