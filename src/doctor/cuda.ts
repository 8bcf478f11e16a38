// The libraries of CUDA: the driver's own, and the compiler nvrtc.
import { join } from 'node:path';
import { driverFolders, toolkitFolders, wheelFolders } from '../../kernels/cuda/libraries.ts';
import { findLibraries, type Library } from './libraries.ts';
import type { Surroundings } from './surroundings.ts';

/** Finds `libcuda.so.1`, which belongs to the driver. */
export async function findCudaDriver(surroundings: Surroundings): Promise<Library> {
  const [first] = await findLibraries(/^libcuda\.so\.1$/, driverFolders(surroundings.root), surroundings);
  return first;
}

/**
 * Finds every nvrtc: that of the CUDA toolkit, and those that Python's wheels bring.
 * @param packages folders with Python's packages
 */
export function findNvrtc(packages: readonly string[], surroundings: Surroundings): Promise<Library[]> {
  const toolkits = toolkitFolders(surroundings.root);
  const wheels = wheelFolders(packages);
  return findLibraries(
    /^libnvrtc\.so(\.\d+)*$/,
    [
      ...(toolkits.length > 0 ? toolkits : [join(surroundings.root, 'usr/local/cuda*/lib64')]),
      ...(wheels.length > 0 ? wheels : packages.map((folder) => join(folder, 'nvidia/cuda_nvrtc/lib'))),
    ],
    surroundings,
  );
}
