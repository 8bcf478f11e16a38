// What NVIDIA's driver says of itself and its GPUs in small files of the kernel: no device is asked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from './namesIn.ts';

/** The kernel's driver. */
export interface NvidiaDriver {
  /** The file that names its version, and what is in it; undefined where that cannot be read. */
  readonly file: string;
  readonly text: string | undefined;
  readonly version: string | undefined;
  /** By address; a container may hide them. */
  readonly gpus: readonly NvidiaGpu[];
}

interface NvidiaGpu {
  readonly address: string;
  readonly name: string | undefined;
}

/** @param root a folder in place of `/` */
export function readNvidiaDriver(root = '/'): NvidiaDriver {
  const folder = join(root, 'proc/driver/nvidia');
  const file = join(folder, 'version');
  const text = textOf(file);
  const gpus = namesIn(join(folder, 'gpus'), /./).map((address) => {
    const information = textOf(join(folder, 'gpus', address, 'information')) ?? '';
    return { address, name: /^Model:\s*(.+?)\s*$/m.exec(information)?.[1] };
  });
  return { file, text, version: /Kernel Module(?: for \S+)?\s+(\d\S*)/.exec(text ?? '')?.[1], gpus };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
