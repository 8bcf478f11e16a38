// The optional packages that the backend is made of.
import { BackendAbsentError } from '../backend.ts';

const INSTALL = 'npm install webgpu @tensorflow/tfjs-core @tensorflow/tfjs-backend-webgpu';

/**
 * The value of an `import()` of a package.
 * @throws BackendAbsentError where it is not installed, or is and does not load
 */
export async function loaded<T>(name: string, module: Promise<T>): Promise<T> {
  try {
    return await module;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    throw new BackendAbsentError(
      'webgpu',
      `the package ${name} ${missing ? 'is not installed' : 'does not load'} (${message.split('\n', 1)}); ${INSTALL}`,
    );
  }
}
