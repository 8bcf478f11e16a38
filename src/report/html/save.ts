// Writes a file whole or not at all, in the place of an older one.
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeError } from '../../store/error.ts';
import { temporaryPath } from '../../store/temporary.ts';

/** @throws StoreError where it cannot be written */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = temporaryPath(dirname(path));
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // it was never made
    }
    throw await storeError(error, path, 'write the file');
  }
}
