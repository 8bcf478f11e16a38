// Writes what was measured on a machine into the user's cache folder.
import { dirname } from 'node:path';
import type { Crossover } from '../backend/crossover.ts';
import { crossoverText } from '../backend/crossoverFile.ts';
import { makeFolder } from '../files/folders.ts';
import { storeError } from '../files/storeError.ts';
import { replaceFile } from '../files/wholeFile.ts';

/**
 * Writes the file of a machine, and its folder where that lacks. Who reads it meanwhile finds the old file or the new one.
 * @throws StoreError where it cannot be written
 */
export async function saveCrossover(path: string, traits: readonly string[], crossover: Crossover): Promise<void> {
  try {
    await makeFolder(dirname(path), new Set());
    await replaceFile(path, crossoverText(traits, crossover));
  } catch (error) {
    throw await storeError(error, path, 'write the file');
  }
}
