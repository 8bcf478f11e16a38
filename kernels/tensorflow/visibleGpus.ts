// The NVIDIA GPUs of this machine, as far as this process may use them.
import { execFileSync } from 'node:child_process';
import { readNvidiaDriver } from '../nvidiaDriver.ts';

/** The driver's command; with -L it lists GPUs. */
const LIST_GPUS = 'nvidia-smi';

export interface Gpu {
  /** For `CUDA_VISIBLE_DEVICES`. */
  readonly id: string;
  readonly name: string;
}

/** The GPUs that `CUDA_VISIBLE_DEVICES` leaves visible, all where it is not set. */
export function visibleGpus(env: NodeJS.ProcessEnv = process.env): Gpu[] {
  const { CUDA_VISIBLE_DEVICES: visible } = env;
  if (visible?.trim() === '') return [];
  const gpus = installedGpus(env);
  return visible === undefined ? gpus : chosenGpus(gpus, visible);
}

/** Those of `gpus` that a value of `CUDA_VISIBLE_DEVICES` names, by number or start of the UUID; the first that is none ends it. */
export function chosenGpus(gpus: readonly Gpu[], visible: string): Gpu[] {
  const chosen = visible.split(',').map((entry) => {
    const id = entry.trim();
    const gpu = /^\d+$/.test(id) ? gpus[Number(id)] : gpus.find((one) => id !== '' && one.id.startsWith(id));
    return gpu && { id, name: gpu.name };
  });
  const end = chosen.indexOf(undefined);
  return chosen.slice(0, end < 0 ? chosen.length : end).filter((gpu) => gpu !== undefined);
}

/** By `nvidia-smi`, which knows what a container was given; else by the driver's files. */
function installedGpus(env: NodeJS.ProcessEnv): Gpu[] {
  try {
    const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore'];
    return parseGpuList(execFileSync(LIST_GPUS, ['-L'], { env, stdio, timeout: 20_000 }).toString());
  } catch {
    return readNvidiaDriver().gpus.map(({ name = 'NVIDIA GPU' }, k) => ({ id: String(k), name }));
  }
}

/** Reads what `nvidia-smi -L` prints. */
export function parseGpuList(text: string): Gpu[] {
  return Array.from(text.matchAll(/^GPU \d+: (.+) \(UUID: (\S+)\)$/gm), ([, name, id]) => ({ id: id!, name: name! }));
}
