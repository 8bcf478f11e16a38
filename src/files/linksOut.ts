// Refuses an output folder whose parts are links to elsewhere: files would land where nobody looks for them.
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { StoreError } from './storeError.ts';

/** The folders that a run makes below its output folder. */
const PARTS = ['runs', 'solver_dir', 'solver_md5', 'differ_dir', 'differ_md5'];

/** @throws StoreError for the first part of an output folder that lies outside of it */
export async function refuseLinksOut(out: string): Promise<void> {
  const home = await realpath(out).catch(() => undefined);
  if (home === undefined) return; // nothing is there yet
  for (const part of PARTS) {
    const path = join(out, part);
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || real.startsWith(home.endsWith(sep) ? home : home + sep)) continue;
    throw new StoreError(path, 'write into the folder', `it is a link to ${real}, outside of the output folder`);
  }
}
