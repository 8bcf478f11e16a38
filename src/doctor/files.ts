// Folders and small files that may be absent, unreadable, or something else than they should be.
import { readdir, readFile, stat } from 'node:fs/promises';

/** Bytes of the largest file that is read. */
const MOST_BYTES = 1 << 20;

/**
 * Names in a folder that fit a pattern, in order; none where it cannot be read. Awaited, so that a folder of a file system that does not
 * answer holds up one probe alone.
 */
export async function listNames(folder: string, pattern: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name)).sort();
  } catch {
    return [];
  }
}

/**
 * The text of a small file.
 * @throws Error where it is none: a pipe or a device could keep its reader waiting forever
 */
export async function smallText(file: string): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error(`${file}: found something else than a file`);
  if (found.size > MOST_BYTES) throw new Error(`${file}: found ${found.size} bytes, expected ${MOST_BYTES} at most`);
  return readFile(file, 'utf8');
}

/** Whether a path leads to a file. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
