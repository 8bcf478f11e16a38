// Registers the ops with tfjs; the code of a backend is loaded only then.

/** The tfjs backends that the ops can be registered for. */
export type TfjsBackend = 'cpu' | 'wasm' | 'webgpu' | 'tensorflow';

/**
 * Registers the kernels GridMatch, ScoreTable and OutputKey for a backend of tfjs, by the name that tfjs gives it; from then on
 * the ops run on it whenever it is current. The backend's own package is to be imported as for any other op; for
 * `tensorflow`, tfjs-node is found where it was linked, too, and patched for Node 23 and newer.
 * @throws BackendAbsentError for `tensorflow` where tfjs-node is not there
 */
export async function registerKernels(backend: TfjsBackend): Promise<void> {
  switch (backend) {
    case 'cpu':
      return (await import('./cpu.ts')).registerCpu();
    case 'wasm':
      return (await import('./wasm.ts')).registerWasm();
    case 'webgpu':
      return (await import('./webgpu.ts')).registerWebGpu();
    case 'tensorflow':
      return (await import('./tensorflow.ts')).registerTensorFlow();
    default:
      throw new RangeError(
        `registerKernels: found backend ${backend satisfies never}, expected cpu, wasm, webgpu or tensorflow`,
      );
  }
}
