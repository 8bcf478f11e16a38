// The tfjs kernels for tfjs's backend `cpu`: the ops in TypeScript.
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { openCpu } from '../cpu/openCpu.ts';
import { registerHostKernels } from './host.ts';

/** Registers the three kernels. */
export function registerCpu(): void {
  registerHostKernels<MathBackendCPU>('cpu', openCpu(), {
    read: (backend, { dataId }) => backend.readSync(dataId) as Int32Array,
    make: (backend, shape, values) => backend.makeTensorInfo(shape, 'int32', values),
  });
}
