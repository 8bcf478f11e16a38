// Writes what was measured on a machine into the user's cache folder.
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Crossover } from '../score/crossover.ts';
import { crossoverText } from '../score/crossoverFile.ts';
import { storeError } from '../store/error.ts';
import { makeFolder } from '../store/folders.ts';
import { temporaryPath } from '../store/temporary.ts';

/**
 * Writes the file of a machine, and its folder where that lacks. Who reads it meanwhile finds the old file or the new one.
 * @throws StoreError where it cannot be written
 */
export async function saveCrossover(path: string, traits: readonly string[], crossover: Crossover): Promise<void> {
  const temporary = temporaryPath(dirname(path));
  try {
    await makeFolder(dirname(path), new Set());
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(crossoverText(traits, crossover));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw await storeError(error, path, 'keep what was measured');
  }
}
