// Finds shared libraries where the dynamic loader would, and in further folders.
import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listNames } from './files.ts';
import { runCommand } from './runCommand.ts';
import { listedFolders, type Surroundings } from './surroundings.ts';

/** A shared library; the version is what follows `.so.` in the name of the file that it leads to. */
export interface Library {
  readonly file: string;
  readonly version?: string;
}

/** How `ldconfig -p` marks libraries of this architecture. */
const ARCHITECTURE: Readonly<Record<string, string>> = { x64: 'x86-64', arm64: 'AArch64' };

/** Folders in which loaders look without being told. */
const STANDARD = [`usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`, 'usr/lib64', 'usr/lib'];

/**
 * Libraries of a name, the one that the loader would take first, each once.
 * @param pattern what a whole file name must fit
 * @param folders to look in last
 * @throws Error that says where was looked, when there is none
 */
export async function findLibraries(
  pattern: RegExp,
  folders: readonly string[],
  surroundings: Surroundings,
): Promise<[Library, ...Library[]]> {
  if (process.platform !== 'linux') throw new Error('looked for on Linux only');
  const listed = listedFolders(surroundings, 'LD_LIBRARY_PATH');
  const cached = await loaderCache(surroundings);
  const further = [...STANDARD.map((folder) => join(surroundings.root, folder)), ...folders];
  const files = [
    ...(await filesIn(listed, pattern)),
    ...cached.filter((file) => pattern.test(basename(file))),
    ...(await filesIn(further, pattern)),
  ];
  const libraries = new Map<string, Library>();
  for (const file of files) {
    const real = await realpath(file).catch(() => undefined); // a link that leads nowhere is no library
    if (real === undefined || libraries.has(real)) continue;
    const version = /\.so\.([\d.]+)$/.exec(real)?.[1];
    libraries.set(real, version === undefined ? { file } : { file, version });
  }
  const [first, ...others] = libraries.values();
  if (first === undefined) {
    const places = [...listed, "the loader's cache (ldconfig -p)", ...further];
    throw new Error(`not found in ${places.join(', ')}`);
  }
  return [first, ...others];
}

async function filesIn(folders: readonly string[], pattern: RegExp): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => (await listNames(folder, pattern)).map((name) => join(folder, name))),
  );
  return lists.flat();
}

/** Files that the loader's cache lists for this architecture; none where there is no such cache. */
async function loaderCache({ root, env }: Surroundings): Promise<string[]> {
  const path = [env.PATH, '/sbin', '/usr/sbin'].filter(Boolean).join(':');
  const text = await runCommand('ldconfig', ['-p'], { ...env, PATH: path }).catch(() => '');
  const mark = ARCHITECTURE[process.arch] ?? '';
  return text
    .split('\n')
    .map((line) => /\((.*)\) => (.+)$/.exec(line))
    .filter((found) => found?.[1]?.includes(mark))
    .map((found) => join(root, found![2]!));
}
