// What of a folder may be tasks.
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemError } from './error.ts';

/** Paths in a folder, in the order of their names; names that begin with a dot are left out. */
export interface FolderContent {
  /** Files `*.json`. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** @throws ArcError where the folder cannot be read */
export function readFolder(path: string): FolderContent {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw systemError(error, path);
  }
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const paths = (wanted: readonly Dirent[]): string[] =>
    wanted
      .map(({ name }) => name)
      .sort()
      .map((name) => join(path, name));
  const isFolder = (entry: Dirent): boolean =>
    entry.isDirectory() ||
    (entry.isSymbolicLink() && statSync(join(path, entry.name), { throwIfNoEntry: false })?.isDirectory() === true);
  return {
    files: paths(shown.filter((entry) => entry.name.endsWith('.json') && !entry.isDirectory())),
    folders: paths(shown.filter((entry) => entry.name !== 'node_modules' && isFolder(entry))),
  };
}
