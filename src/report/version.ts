// Which batt this is, and what it runs on.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../arc/bundled.ts';

/** The version in package.json. */
export function engineVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** The model name of the CPU. */
export function cpuName(): string {
  return cpus()[0]?.model.trim() || 'unknown CPU';
}
