// The libraries of CUDA: the driver's own, and the compiler nvrtc.
import { join } from 'node:path';
import { namesIn } from './files.ts';
import { findLibraries, type Library } from './libraries.ts';
import type { Surroundings } from './surroundings.ts';

/** Finds `libcuda.so.1`, which belongs to the driver. */
export async function findCudaDriver(surroundings: Surroundings): Promise<Library> {
  const { root } = surroundings;
  const folders = ['usr/local/nvidia/lib64', 'usr/lib/wsl/lib'].map((folder) => join(root, folder));
  const [first] = await findLibraries(/^libcuda\.so\.1$/, folders, surroundings);
  return first;
}

/**
 * Finds every nvrtc: that of the CUDA toolkit, and those that Python's wheels bring.
 * @param packages folders with Python's packages
 */
export async function findNvrtc(packages: readonly string[], surroundings: Surroundings): Promise<Library[]> {
  const local = join(surroundings.root, 'usr/local');
  const toolkits = (await namesIn(local, /^cuda/)).map((name) => join(local, name, 'lib64'));
  const wheels: string[] = [];
  for (const folder of packages) {
    // `cuda_nvrtc` up to CUDA 12, `cu13` and so on since
    for (const name of await namesIn(join(folder, 'nvidia'), /^cu(da_nvrtc|\d+)$/)) {
      wheels.push(join(folder, 'nvidia', name, 'lib'));
    }
  }
  return findLibraries(
    /^libnvrtc\.so(\.\d+)*$/,
    [
      ...(toolkits.length > 0 ? toolkits : [join(local, 'cuda*/lib64')]),
      ...(wheels.length > 0 ? wheels : packages.map((folder) => join(folder, 'nvidia/cuda_nvrtc/lib'))),
    ],
    surroundings,
  );
}
