// What tells one machine from another, as far as the speed of backends goes, at the cost of a few small files.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cpuDevice } from '../../kernels/cpu/cpuDevice.ts';
import { namesIn } from '../../kernels/namesIn.ts';
import { readNvidiaDriver } from '../../kernels/nvidiaDriver.ts';
import { engineVersion } from '../arc/bundled.ts';

/** Variables that change which devices a backend finds. */
const DEVICE_VARIABLES = ['CUDA_VISIBLE_DEVICES', 'VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];

/**
 * Traits of the machine, its graphics devices, Node and engine: measurements of one list hold for no other.
 *
 * Every `batt run` works them out, so no driver is asked. Two machines with equal CPUs, cores, device files, PCI ids and
 * NVIDIA driver are taken for one; a driver other than NVIDIA's that is updated goes unnoticed: `batt doctor --measure`.
 *
 * @param root a folder in place of `/`
 */
export function machineTraits(root = '/', env: Readonly<Record<string, string | undefined>> = process.env): string[] {
  return [
    `engine ${engineVersion()}`,
    `node ${Number.parseInt(process.versions.node, 10)}`,
    `${process.platform} ${process.arch}`,
    `cpu ${cpuDevice()}`,
    `cores ${availableParallelism()}`,
    ...namesIn(join(root, 'dev'), /^nvidia\d+$/).map((name) => `device ${name}`),
    ...nvidiaTraits(root),
    ...namesIn(join(root, 'dev/dri'), /^renderD\d+$/).map((name) => renderTrait(root, name)),
    ...DEVICE_VARIABLES.filter((name) => env[name] !== undefined).map((name) => `${name} ${env[name]}`),
  ];
}

function nvidiaTraits(root: string): string[] {
  const { version, gpus } = readNvidiaDriver(root);
  return [
    ...(version === undefined ? [] : [`nvidia driver ${version}`]),
    ...gpus.flatMap(({ name }) => (name === undefined ? [] : [`gpu ${name}`])),
  ];
}

function renderTrait(root: string, name: string): string {
  const device = join(root, 'sys/class/drm', name, 'device');
  return `device ${name} ${text(join(device, 'vendor')).trim()} ${text(join(device, 'device')).trim()}`.trim();
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
