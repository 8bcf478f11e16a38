// Which backends there are to check, and on how many GPUs, from what the doctor found.
import type { BackendName } from '../../../kernels/backend.ts';
import { backendsTaking, DEVICE_BACKENDS } from '../../../kernels/open.ts';
import type { BackendState } from '../backends.ts';
import type { Diagnosis } from '../diagnose.ts';
import type { Subject } from './machineCheck.ts';

/** Devices that are no GPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|cpu/i;

/** Whether a backend's device is a GPU, as far as its name says. */
function isGpu(device: string): boolean {
  return !SOFTWARE.test(device);
}

/** Names of the NVIDIA GPUs; those that CUDA sees where it sees some, as nvidia-smi may be missing, or list some that are hidden. */
export function nvidiaGpus({ cuda, installed: { nvidiaSmi } }: Diagnosis): readonly string[] {
  const list = 'found' in cuda ? cuda.found.gpus : 'found' in nvidiaSmi ? nvidiaSmi.found.gpus : [];
  return list.map(({ name }) => name);
}

/** Whether the machine has a GPU, used by a backend or not. */
export function hasGpu({ installed, adapters, cuda }: Diagnosis): boolean {
  const isThere = [installed.nvidiaSmi, installed.nvidiaDriver, cuda].some((answer) => 'found' in answer);
  return isThere || ('found' in adapters && adapters.found.some(isGpu));
}

/** The backends on devices that are there, each on one GPU, and on all where it spreads over several. */
export function subjectsOf(diagnosis: Diagnosis, anyDevice: boolean): Subject[] {
  const count = nvidiaGpus(diagnosis).length;
  return DEVICE_BACKENDS.flatMap((backend): Subject[] => {
    const found = stateOf(diagnosis, backend);
    if (!('found' in found)) return [];
    const { device } = found.found;
    if (!(anyDevice || isGpu(device))) return [];
    if (!backendsTaking('gpus').includes(backend)) return [{ backend }];
    return [1, ...(count > 1 && isGpu(device) ? [count] : [])].map((gpus) => ({ backend, gpus }));
  });
}

/** The backends on devices that are not there, or are on no GPU, with the reason. */
export function leftOut(diagnosis: Diagnosis, anyDevice: boolean): { backend: BackendName; reason: string }[] {
  return DEVICE_BACKENDS.flatMap((backend) => {
    const found = stateOf(diagnosis, backend);
    if ('reason' in found) return [{ backend, reason: found.reason }];
    const { device } = found.found;
    return anyDevice || isGpu(device) ? [] : [{ backend, reason: `it is on ${device}, which is no GPU` }];
  });
}

function stateOf({ backends }: Diagnosis, name: BackendName): BackendState['state'] {
  return backends.find((backend) => backend.name === name)!.state;
}

/** A subject in words. */
export function nameOf({ backend, gpus = 1 }: Subject): string {
  return gpus > 1 ? `${backend}, ${gpus} GPUs` : backend;
}
