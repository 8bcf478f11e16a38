// The folder that becomes the archive: every file with the part that it belongs to.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One file of the bundle. */
export interface BundleFile {
  readonly path: string;
  /** The name of the part that it belongs to. */
  readonly part: string;
  readonly size: number;
  readonly sha256: string;
}

export class Tree {
  readonly files: BundleFile[] = [];
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Adds a file. @throws Error where there is one of that path, or the path is none that sha256sum takes as it is */
  add(path: string, part: string, content: Buffer | string): void {
    if (!/^[\w@.+/-]+$/.test(path)) throw new Error(`found the path ${path}, expected letters, digits and @ . + - _ /`);
    if (this.files.some((file) => file.path === path))
      throw new Error(`${path} comes twice, the second time from ${part}`);
    const bytes = Buffer.from(content);
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    chmodSync(file, isProgram(path) ? 0o755 : 0o644);
    this.files.push({ path, part, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }

  /** Adds files of a folder, each under its own path below `to`. */
  copy(from: string, names: readonly string[], to: string, part: string): void {
    for (const name of names) this.add(to === '' ? name : `${to}/${name}`, part, readFileSync(join(from, name)));
  }

  /** The files in the order of the archive. */
  sorted(): BundleFile[] {
    return this.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** All files below a folder, as paths from there. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function isProgram(path: string): boolean {
  return path === 'bin/node' || path === 'run.sh' || /^scripts\/[^/]+$/.test(path);
}
