// Real ARC data for tests: $ARC_DATA, else the shared folder beside the repository.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/arc/bundled.ts';

const root = process.env.ARC_DATA || join(packageFolder(), '..', 'shared', 'arc');

/** The folder of a set such as `agi1/training`, or undefined where it is not there; that is said on the console. */
export function sharedSet(set: string, leavesOut: string): string | undefined {
  const folder = join(root, set);
  if (existsSync(folder)) return folder;
  console.warn(`left out: ${leavesOut} (no ${set} in ${root}; set ARC_DATA)`);
  return undefined;
}
