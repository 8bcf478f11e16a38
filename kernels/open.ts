// Opens a backend by name; the code of each is loaded only then.
import type { Backend, BackendName } from './backend.ts';

/** All names, in the order in which they are listed. */
export const BACKENDS: readonly BackendName[] = ['cpu', 'wasm', 'webgpu', 'tensorflow', 'cuda'];

export interface OpenOptions {
  /**
   * A part of a name, whatever the case. `webgpu`: of the adapter; default the fastest that is there. `cuda`: of the GPUs;
   * default all of them.
   */
  readonly device?: string;
  /** GPUs to spread over. `tensorflow`: one process each; default 1. `cuda`: one thread each; default all of them. */
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
      return (await import('./cpu/openCpu.ts')).openCpu();
    case 'wasm':
      return (await import('./wasm/openWasm.ts')).openWasm(options);
    case 'webgpu':
      return (await import('./webgpu/openWebGpu.ts')).openWebGpu(options);
    case 'tensorflow':
      return (await import('./tensorflow/openTensorFlow.ts')).openTensorFlow(options);
    case 'cuda':
      return (await import('./cuda/openCuda.ts')).openCuda(options);
  }
}
