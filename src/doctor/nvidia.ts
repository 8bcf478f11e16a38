// NVIDIA's GPUs, as `nvidia-smi` and the kernel's driver name them.
import { readNvidiaDriver } from '../../kernels/nvidiaDriver.ts';
import { runCommand } from './runCommand.ts';
import type { Surroundings } from './surroundings.ts';

interface SmiGpu {
  readonly name: string;
  /** Of its own; not known of a GPU that shares the machine's. */
  readonly memoryBytes?: number;
}

export interface NvidiaSmi {
  readonly driver: string;
  /** Newest CUDA version that the driver runs. */
  readonly cuda?: string;
  readonly gpus: readonly SmiGpu[];
}

/** The kernel's driver. */
export interface KernelDriver {
  readonly version: string;
  /** Names of its GPUs; a container may hide them. */
  readonly gpus: readonly string[];
}

/** Asks `nvidia-smi`. */
export async function askNvidiaSmi({ env, commandSeconds }: Surroundings): Promise<NvidiaSmi> {
  const fields = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'];
  const table = await runCommand('nvidia-smi', fields, env, commandSeconds);
  const rows = table
    .split('\n')
    .map((line) => /^(.+), ([^,]+), ([^,]+)$/.exec(line.trim()))
    .filter((row) => row !== null);
  if (rows.length === 0) throw new Error(`nvidia-smi listed no GPU: ${table.trim().split('\n')[0] || 'no output'}`);
  const overview = await runCommand('nvidia-smi', [], env, commandSeconds).catch(() => '');
  const cuda = /CUDA[^:|\n]*Version *: *(\d[\d.]*)/.exec(overview)?.[1];
  return {
    driver: rows[0]![3]!,
    ...(cuda === undefined ? {} : { cuda }),
    gpus: rows.map(([, name, mebibytes]) => {
      const memoryBytes = Number(mebibytes) * 2 ** 20;
      return { name: name!, ...(memoryBytes > 0 ? { memoryBytes } : {}) };
    }),
  };
}

/** Looks at what the kernel's driver says of itself. */
export async function findNvidiaDriver({ root }: Surroundings): Promise<KernelDriver> {
  const { file, text, version, gpus } = readNvidiaDriver(root);
  if (text === undefined) throw new Error(`${file} is not there`);
  if (version === undefined) throw new Error(`${file}: found ${text.trim().split('\n')[0]}, expected a version`);
  return { version, gpus: gpus.map(({ address, name }) => name ?? `unknown, at ${address}`) };
}
