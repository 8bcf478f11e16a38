// What can go wrong with the files of the store, said with the path, what was being done to it, and why not.
import { lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file, link or folder of the store that could not be made, read or removed. What was there is still there. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly path: string;
  /** What was to be done, such as `write the file`. */
  readonly operation: string;
  /** Why that failed, in words. */
  readonly reason: string;

  constructor(path: string, operation: string, reason: string, options?: ErrorOptions) {
    super(`${path}: cannot ${operation}: ${reason}`, options);
    this.path = path;
    this.operation = operation;
    this.reason = reason;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'something else stands there',
  EIO: 'the device reports an error',
  EISDIR: 'a folder stands there',
  ELOOP: 'its symbolic links go in a circle',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the path or a name in it is too long',
  ENFILE: 'too many open files',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EPERM: 'not permitted, or not possible on this file system',
  EROFS: 'the file system is read-only',
};

/** The code of a system error, such as `ENOENT`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/**
 * The error of a file system call in words. A file or a dead link in the place of a folder is looked for and named.
 * @param folder the folder that the call needed: that of the path, or the path
 */
export async function storeError(
  error: unknown,
  path: string,
  operation: string,
  folder: string = dirname(path),
): Promise<StoreError> {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (code === 'ENOTDIR' || code === 'ENOENT' || code === 'EEXIST') {
    const inTheWay = await findInTheWay(folder);
    if (inTheWay !== undefined) return new StoreError(path, operation, inTheWay, options);
  }
  const reason = code === undefined ? undefined : REASONS[code];
  return new StoreError(path, operation, reason ?? (error instanceof Error ? error.message : String(error)), options);
}

/** The part of a folder's path that is there and is no folder, in words. */
async function findInTheWay(folder: string): Promise<string | undefined> {
  try {
    const link = await lstat(folder);
    if (link.isDirectory()) return undefined;
    if (!link.isSymbolicLink()) return `${folder} is a file, not a folder`;
    const end = await stat(folder);
    return end.isDirectory() ? undefined : `${folder} is a link to a file, not to a folder`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && (await isLink(folder))) return `${folder} is a link that leads nowhere`;
    return folder === dirname(folder) ? undefined : findInTheWay(dirname(folder));
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
