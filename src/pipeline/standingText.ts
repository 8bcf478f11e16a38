// A text that stands under the md5 of a candidate and is another one: the same program, stored in another form.
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storeError } from '../store/error.ts';
import { temporaryPath } from '../store/temporary.ts';

/** The text of a file, or undefined if it cannot be read. */
export async function standingText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

/**
 * Puts a text in the place of another, in one step: readers find the old one or the new one, whole.
 * @throws StoreError where it cannot be written
 */
export async function replaceText(path: string, text: string): Promise<void> {
  const temporary = temporaryPath(dirname(path));
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw await storeError(error, path, 'replace the file');
  }
}
