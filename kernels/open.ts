// Opens a backend by name; the code of each is loaded only then.
import { type Backend, BackendAbsentError, type BackendName } from './backend.ts';

/** All names, in the order in which they are listed. */
export const BACKENDS: readonly BackendName[] = ['cpu', 'wasm', 'webgpu', 'tensorflow', 'cuda'];

export interface OpenOptions {
  /** `webgpu`: the adapter, by a part of its name, whatever the case; default the fastest that is there. */
  readonly device?: string;
  /** `tensorflow`: GPUs to spread over, one process each; default 1. */
  readonly gpus?: number;
  /** `wasm`: threads for large batches, the caller among them; default 1. */
  readonly threads?: number;
}

/**
 * Opens a backend.
 * @throws BackendAbsentError where it is not there, with the reason
 */
export async function openBackend(name: BackendName, options: OpenOptions = {}): Promise<Backend> {
  switch (name) {
    case 'cpu':
      return (await import('./cpu/backend.ts')).openCpu();
    case 'wasm':
      return (await import('./wasm/backend.ts')).openWasm(options);
    case 'webgpu':
      return (await import('./webgpu/backend.ts')).openWebGpu(options);
    case 'tensorflow':
      return (await import('./tensorflow/backend.ts')).openTensorFlow(options);
    default:
      throw new BackendAbsentError(name, 'it is not built yet');
  }
}
