// What a benchmark ran on.
import { cpus, loadavg, totalmem } from 'node:os';
import { cpuDevice } from '../kernels/cpu/cpuDevice.ts';
import { engineVersion } from '../src/arc/bundled.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  readonly v8: string;
  readonly batt: string;
}

export function machine(): Machine {
  return {
    cpu: cpuDevice(),
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    v8: process.versions.v8,
    batt: engineVersion(),
  };
}

/** Load average of the last minute. */
export function load(): number {
  return loadavg()[0]!;
}
