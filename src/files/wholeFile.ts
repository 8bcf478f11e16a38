// Files that are there whole or not at all: written under a temporary name beside their own, synced, then named.
import { closeSync, fdatasync, openSync, realpathSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { storeError } from './storeError.ts';
import { temporaryPath } from './temporary.ts';

const synced = promisify(fdatasync);

/**
 * Writes a file, also in the place of another one: who reads it meanwhile finds the old text or the new one. A link is
 * followed; what is neither file nor folder, such as a pipe or a device, is written to as it is.
 * @throws StoreError where it cannot be written; what was there is still there
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there === undefined || there.isDirectory()) await writeWhole(path, text, renameSync);
    else if (there.isFile()) await writeWhole(realpathSync(path), text, renameSync);
    else writeFileSync(path, text);
  } catch (error) {
    throw await storeError(error, path, 'write the file');
  }
}

/**
 * Writes a file with a name of its own in the folder of `path`, through to the disk, has it named, and removes it if it was not.
 * @throws what the system says, and what `name` throws
 */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  name: (temporary: string, path: string) => void,
): Promise<void> {
  const temporary = temporaryPath(dirname(path));
  try {
    await writeSynced(temporary, content);
    name(temporary, path);
  } finally {
    removeTemporary(temporary);
  }
}

// The calls that only touch memory are made synchronously: 128 files cost a third of the time so, and the syncs go side by side.
async function writeSynced(path: string, content: string | Buffer): Promise<void> {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, content);
    await synced(file);
  } finally {
    closeSync(file);
  }
}

function removeTemporary(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It has its name, or was never made, or the device has failed: the error that led here says more.
  }
}
