// The GPUs that the driver knows, and the choice of some.
import { BackendAbsentError } from '../backend.ts';
import type { Driver } from './driver.ts';
import { absent } from './driver.ts';

const CAPABILITY_MAJOR = 75;
const CAPABILITY_MINOR = 76;

/** A GPU as the driver describes it. */
export interface CudaGpu {
  /** The driver's number of it, among those that `CUDA_VISIBLE_DEVICES` leaves visible. */
  readonly ordinal: number;
  readonly name: string;
  readonly memoryBytes: number;
  /** What it can: 89 is 8.9. */
  readonly capability: number;
}

/**
 * All GPUs.
 * @throws BackendAbsentError where there is none
 */
export function listGpus(driver: Driver): CudaGpu[] {
  try {
    const number = (made: bigint) => Number(BigInt.asIntN(32, made));
    const count = number(driver.made('cuDeviceGetCount'));
    if (count === 0) throw new BackendAbsentError('cuda', 'the driver is there and no GPU that it drives');
    return Array.from({ length: count }, (_, k) => {
      const ordinal = number(driver.made('cuDeviceGet', k));
      const name = new Uint8Array(256);
      driver.call('cuDeviceGetName', name, name.length, ordinal);
      const attribute = (which: number) => number(driver.made('cuDeviceGetAttribute', which, ordinal));
      return {
        ordinal,
        name: Buffer.from(name).toString().replace(/\0.*/s, ''),
        memoryBytes: Number(driver.made('cuDeviceTotalMem_v2', ordinal)),
        capability: 10 * attribute(CAPABILITY_MAJOR) + attribute(CAPABILITY_MINOR),
      };
    });
  } catch (error) {
    throw absent(error);
  }
}

/**
 * Those that are to be used: all in whose names `device` occurs, whatever the case, and the first `count` of them.
 * @throws BackendAbsentError where there are fewer
 */
export function chooseGpus(gpus: readonly CudaGpu[], device = '', count?: number): CudaGpu[] {
  const names = gpus.map(({ name }) => name).join(', ');
  const called = gpus.filter(({ name }) => name.toLowerCase().includes(device.toLowerCase()));
  if (called.length === 0) {
    throw new BackendAbsentError('cuda', `no GPU is called ${device}, expected one of: ${names}`);
  }
  if (count !== undefined && called.length < count) {
    const which = device === '' ? '' : ` called ${device}`;
    throw new BackendAbsentError('cuda', `expected ${count} GPUs${which}, found ${called.length} (${names})`);
  }
  return called.slice(0, count);
}

/** The GPUs in words: `4 × NVIDIA L4`. */
export function namesOf(gpus: readonly CudaGpu[]): string {
  const counts = new Map<string, number>();
  for (const { name } of gpus) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(', ');
}
