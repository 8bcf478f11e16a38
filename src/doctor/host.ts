// Node, the CPU and the memory.
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { cpuDevice } from '../../kernels/cpu/cpuDevice.ts';
import { engineVersion, packageFolder } from '../arc/bundled.ts';

export interface Host {
  /** Version of batt. */
  readonly engine: string;
  readonly node: {
    /** With the leading `v`. */
    readonly version: string;
    readonly path: string;
    readonly platform: string;
    readonly arch: string;
    /** The versions that batt is for, as package.json says. */
    readonly expected: string;
    readonly supported: boolean;
  };
  /** `cores`: of the machine; `usable`: by this process. */
  readonly cpu: { readonly model: string; readonly cores: number; readonly usable: number };
  /** Bytes; `limit` where a container allows less than the machine has. */
  readonly memory: { readonly total: number; readonly available: number; readonly limit?: number };
}

export function describeHost(): Host {
  const manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const { version, execPath: path, platform, arch } = process;
  const expected = manifest.engines.node;
  const total = totalmem();
  const limit = process.constrainedMemory() ?? 0; // some huge number where there is none
  return {
    engine: engineVersion(),
    node: { version, path, platform, arch, expected, supported: isFrom(version, expected) },
    cpu: { model: cpuDevice(), cores: cpus().length, usable: availableParallelism() },
    memory: { total, available: freemem(), ...(limit > 0 && limit < total ? { limit } : {}) },
  };
}

/** Whether a version such as `v20.19.0` is in a range such as `>=20.19`. */
export function isFrom(version: string, range: string): boolean {
  const found = numbers(version);
  const least = numbers(range);
  const at = least.findIndex((part, k) => part !== (found[k] ?? 0));
  return at < 0 || (found[at] ?? 0) > least[at]!;
}

function numbers(text: string): number[] {
  return (/\d[\d.]*/.exec(text)?.[0] ?? '').split('.').map(Number);
}
