// How tests open a backend.
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { openBackend } from '../../kernels/open.ts';
import { doubleEnvironment, doubleFolder } from './cuda/double.ts';

/**
 * Opens a backend for tests. Where there is no GPU for `cuda`, that is one over test doubles of NVIDIA's libraries, whose device
 * says so.
 * @throws BackendAbsentError where it is not there
 */
export async function openForTest(name: BackendName): Promise<Backend> {
  try {
    return await openBackend(name);
  } catch (error) {
    const folder = name === 'cuda' && error instanceof BackendAbsentError ? doubleFolder() : undefined;
    if (folder === undefined) throw error;
    Object.assign(process.env, doubleEnvironment(folder));
    return openBackend(name);
  }
}
