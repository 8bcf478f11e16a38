// The tfjs kernels for tfjs's backend `wasm`: our own WASM SIMD, reading from tfjs's heap and writing into it.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { openWasm } from '../wasm/openWasm.ts';
import { registerHostKernels } from './host.ts';

/** Registers the three kernels. */
export function registerWasm(): void {
  registerHostKernels<BackendWasm>('wasm', openWasm(), {
    read: (backend, tensor) => backend.typedArrayFromHeap(tensor) as Int32Array,
    make: (backend, shape, values) => backend.makeOutput(shape, 'int32', undefined, values),
  });
}
