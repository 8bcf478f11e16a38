// Where the shared data are: programs to run, and the tasks of ARC.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageFolder } from '../src/arc/bundled.ts';

/** The folder with `dsl/` and `arc/`, beside `$ARC_DATA` or beside the repository; undefined where it is not there. */
export const shared: string | undefined = [
  ...(process.env.ARC_DATA ? [dirname(resolve(process.env.ARC_DATA))] : []),
  join(packageFolder(), '../shared'),
].find((folder) => existsSync(join(folder, 'dsl/vectors/programs.jsonl')));

/** The answer of a benchmark that needs them. */
export const NO_SHARED = { skipped: 'the shared folder with dsl/vectors and arc is not there; set ARC_DATA' } as const;

/** Folder of the ARC-AGI-1 training tasks. */
export function trainingFolder(folder: string): string {
  return join(folder, 'arc/agi1/training');
}
