// Folders of the store: made where they lack, synced to the disk, removed when empty.
import { mkdir, open, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './storeError.ts';

/**
 * Makes a folder and those above it that lack, as often as another process removes one in between.
 * Not Node's own `recursive`, which in Node 20 never returns where the system answers ENOENT below a folder that exists.
 * @param changed the folders that got an entry are added to this set
 */
export async function makeFolder(path: string, changed: Set<string>): Promise<void> {
  const above = dirname(path);
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(path);
      changed.add(above);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EEXIST' && (await isFolder(path))) return;
      if (code !== 'ENOENT' || above === path || tries === 5) throw error;
    }
    await makeFolder(above, changed);
  }
}

/** Whether a folder, or a link to one, is there. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Waits until the entries of a folder are on the disk. One that is gone meanwhile, or that cannot be synced at all, is passed. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Removes the folder of a t_log and the folder of a score around it, if they are empty; left where that cannot be. */
export async function removeEmpty(tLogFolder: string): Promise<void> {
  try {
    await rmdir(tLogFolder);
    await rmdir(dirname(tLogFolder));
  } catch {
    // Not empty, or gone, or not ours to remove: an empty folder does no harm.
  }
}
