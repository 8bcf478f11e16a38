// Which backends there are to check, and on how many GPUs, from what `batt doctor` found.

import type { BackendName } from '../../kernels/backend.ts';
import type { Subject } from './result.ts';

/** What is read of the output of `batt doctor --json`. */
export interface Doctor {
  readonly engine: string;
  readonly node: { readonly version: string };
  readonly cpu: { readonly model: string; readonly cores: number; readonly usable: number };
  readonly memory: { readonly total: number };
  readonly backends: readonly {
    readonly name: BackendName;
    readonly present: boolean;
    readonly device?: string;
    readonly reason?: string;
  }[];
  readonly gpus: {
    readonly nvidia_smi: {
      readonly present: boolean;
      readonly driver?: string;
      readonly cuda?: string;
      readonly gpus?: readonly { readonly name: string }[];
    };
    readonly nvidia_driver: { readonly present: boolean };
    readonly webgpu_adapters: { readonly present: boolean; readonly names?: readonly string[] };
  };
  readonly cuda: { readonly gpus: { readonly present: boolean; readonly gpus?: readonly { readonly name: string }[] } };
}

/** Devices that are no GPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|cpu/i;

/** Whether a backend's device is a GPU, as far as its name says. */
function isGpu(device: string): boolean {
  return !SOFTWARE.test(device);
}

const GPU_BACKENDS: readonly BackendName[] = ['cuda', 'webgpu', 'tensorflow'];
const SPREADING: readonly BackendName[] = ['cuda', 'tensorflow'];

/** Whether the machine has a GPU, used by a backend or not. */
export function hasGpu({ gpus, cuda }: Doctor): boolean {
  const { nvidia_smi, nvidia_driver, webgpu_adapters } = gpus;
  const isThere = [nvidia_smi, nvidia_driver, cuda.gpus].some(({ present }) => present);
  return isThere || (webgpu_adapters.names ?? []).some(isGpu);
}

/** The GPU backends that are there, each on one GPU, and on all where it spreads over several. */
export function subjectsOf(doctor: Doctor, anyDevice: boolean): Subject[] {
  // nvidia-smi is not everywhere, and shows those that CUDA_VISIBLE_DEVICES hides, too
  const count = (doctor.cuda.gpus.gpus ?? doctor.gpus.nvidia_smi.gpus)?.length ?? 1;
  return GPU_BACKENDS.flatMap((name): Subject[] => {
    const found = doctor.backends.find((backend) => backend.name === name);
    if (found?.device === undefined || !(anyDevice || isGpu(found.device))) return [];
    if (!SPREADING.includes(name)) return [{ backend: name }];
    return [1, ...(count > 1 && isGpu(found.device!) ? [count] : [])].map((gpus) => ({ backend: name, gpus }));
  });
}

/** The GPU backends that are not there, or are on no GPU, with the reason. */
export function leftOut(doctor: Doctor, anyDevice: boolean): { backend: BackendName; reason: string }[] {
  return GPU_BACKENDS.flatMap((name) => {
    const found = doctor.backends.find((backend) => backend.name === name);
    if (found?.device === undefined) return [{ backend: name, reason: found?.reason ?? 'batt does not know it' }];
    return anyDevice || isGpu(found.device)
      ? []
      : [{ backend: name, reason: `it is on ${found.device}, which is no GPU` }];
  });
}

/** A subject in words. */
export function nameOf({ backend, gpus = 1 }: Subject): string {
  return gpus > 1 ? `${backend}, ${gpus} GPUs` : backend;
}
