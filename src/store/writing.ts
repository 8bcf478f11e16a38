// The two ways in which something gets its name in the store: a text whole or not at all, a link at once.
import { linkSync, lstatSync, readFileSync, renameSync } from 'node:fs';
import { lstat, readFile, readlink, rename, symlink, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../files/folders.ts';
import { codeOf, StoreError, storeError } from '../files/storeError.ts';
import { temporaryPath } from '../files/temporary.ts';
import { writeWhole } from '../files/wholeFile.ts';

/** `made`: it was not there, or was another link; `there`: it was there already and was not touched. */
export type Written = 'made' | 'there';

// Other processes may remove the folder or the file between two calls of ours; more often than this it is something else.
const TRIES = 20;

/**
 * Writes a text under its name unless it is there: to a temporary file in the same folder, synced (`fdatasync`), then named. The
 * name never refers to a part of a text, and never (where the file system has hard links) comes to refer to another text. The
 * folder is made, and not synced.
 * @param changed the folders that got an entry are added to this set
 * @throws StoreError where it cannot be written, or a text that differs has this name
 */
export async function writeText(path: string, text: string, changed: Set<string>): Promise<Written> {
  const bytes = Buffer.from(text);
  const folder = dirname(path);
  const operation = 'write the file';
  for (let tries = 1; ; tries++) {
    try {
      if (isThere(path, bytes)) return 'there';
      await writeWhole(path, bytes, nameFile);
      changed.add(folder);
      return 'made';
    } catch (error) {
      const code = codeOf(error);
      if ((code !== 'ENOENT' && code !== 'EEXIST') || tries === TRIES) throw await storeError(error, path, operation);
    }
    try {
      await makeFolder(folder, changed);
    } catch (error) {
      throw await storeError(error, path, operation);
    }
  }
}

function isThere(path: string, bytes: Buffer): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
  let found: Buffer;
  try {
    found = readFileSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || !lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw error;
    throw new StoreError(path, 'write the file', 'a link that leads nowhere stands in its place', { cause: error });
  }
  if (found.equals(bytes)) return true;
  throw new StoreError(path, 'write the file', 'a file with another content has this md5 for its name already');
}

/** Names a file as `rename` does, but fails with EEXIST where the name is taken. */
function nameFile(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    // A file system without hard links: there a text of the same name that appears just now is replaced.
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) throw error;
    renameSync(temporary, path);
  }
}

/**
 * Makes a symbolic link. Another link of this name is replaced in one step; a plain copy of the text (as archives without
 * links leave) counts as the link.
 * @param target what the link says, as it is
 * @param text the path of the file at its end
 * @param changed the folders that got an entry are added to this set
 * @throws StoreError where it cannot be made, or something that is no link has this name
 */
export async function placeLink(path: string, target: string, text: string, changed: Set<string>): Promise<Written> {
  const folder = dirname(path);
  for (let tries = 1; ; tries++) {
    try {
      const written = await tryLink(path, target, text);
      if (written === 'made') changed.add(folder);
      return written;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || tries === TRIES) throw await storeError(error, path, 'make the link');
    }
    try {
      await makeFolder(folder, changed);
    } catch (error) {
      throw await storeError(error, path, 'make the link');
    }
  }
}

async function tryLink(path: string, target: string, text: string): Promise<Written> {
  try {
    await symlink(target, path); // one step, so no temporary name is needed
    return 'made';
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  try {
    if ((await readlink(path)) === target) return 'there';
  } catch (error) {
    if (codeOf(error) !== 'EINVAL') throw error;
    if ((await lstat(path)).isDirectory()) {
      throw new StoreError(path, 'make the link', 'a folder stands in its place', { cause: error });
    }
    if ((await readFile(path)).equals(await readFile(text))) return 'there';
    throw new StoreError(path, 'make the link', 'a file with another content stands in its place', { cause: error });
  }
  const temporary = temporaryPath(dirname(path));
  await symlink(target, temporary);
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  return 'made';
}

/**
 * Removes a link; one that is gone is no error. A plain copy in the place of a link is removed only if `text` holds the same.
 * @throws StoreError where it cannot be removed, or would be lost with its content
 */
export async function removeLink(path: string, text: string): Promise<void> {
  const operation = 'remove the link';
  try {
    if (!(await lstat(path)).isSymbolicLink()) {
      const kept = await readFile(text).catch(() => undefined);
      if (kept === undefined || !(await readFile(path)).equals(kept)) {
        throw new StoreError(path, operation, `it is a file, and ${text} does not hold the same`);
      }
    }
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw await storeError(error, path, operation);
  }
}
