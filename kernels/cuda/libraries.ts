// Where the libraries of CUDA lie, and loading them.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LibraryHandle } from 'koffi';
import { namesIn } from '../namesIn.ts';

// Of dlopen, on Linux.
const RTLD_LAZY = 1;
const RTLD_NODELETE = 0x1000;

/** Folders where `libcuda.so.1` may be, besides those that the loader knows: of containers, and of Windows' Linux. */
export function driverFolders(root = '/'): string[] {
  return ['usr/local/nvidia/lib64', 'usr/lib/wsl/lib'].map((folder) => join(root, folder));
}

/** The library folders of the CUDA toolkits, the one without a version in its name first. */
export function toolkitFolders(root = '/'): string[] {
  const local = join(root, 'usr/local');
  return namesIn(local, /^cuda/).map((name) => join(local, name, 'lib64'));
}

/**
 * The folders that NVIDIA's wheels for Python put nvrtc into.
 * @param packages folders with Python's packages
 */
export function wheelFolders(packages: readonly string[]): string[] {
  // `cuda_nvrtc` up to CUDA 12, `cu13` and so on since
  return packages.flatMap((folder) =>
    namesIn(join(folder, 'nvidia'), /^cu(da_nvrtc|\d+)$/).map((name) => join(folder, 'nvidia', name, 'lib')),
  );
}

/** Folders with Python's packages: those of `PYTHONPATH`, and where they usually lie; no Python is asked. */
export function packageFolders(root = '/', env: NodeJS.ProcessEnv = process.env): string[] {
  const usual = libraryFolders(root, env).flatMap((library) =>
    namesIn(library, /^python3/).flatMap((python) =>
      ['dist-packages', 'site-packages'].map((packages) => join(library, python, packages)),
    ),
  );
  return [...listed(env.PYTHONPATH), ...usual];
}

/** All folders where an nvrtc may be, besides those that the loader knows. */
export function nvrtcFolders(root = '/', env: NodeJS.ProcessEnv = process.env): string[] {
  const wheels = wheelFolders(packageFolders(root, env));
  return [...toolkitFolders(root), ...wheels, ...libraryFolders(root, env)];
}

/** The library folders that go with those of `PATH`, as of Python's and conda's environments, and usual ones. */
function libraryFolders(root: string, env: NodeJS.ProcessEnv): string[] {
  const beside = listed(env.PATH)
    .filter((folder) => basename(folder) === 'bin')
    .map((folder) => join(folder, '../lib'));
  const usual = ['usr/local/lib', 'usr/lib', 'opt/conda/lib'].map((folder) => join(root, folder));
  const home = env.HOME ? [join(env.HOME, '.local/lib')] : [];
  return [...new Set([...beside, ...usual, ...home])];
}

function listed(folders = ''): string[] {
  return folders.split(':').filter((folder) => folder !== '');
}

/** A library that was loaded, or why none was: `isThere` says whether there was one that did not do. */
type Loaded<T> = { readonly made: T } | { readonly reason: string; readonly isThere: boolean };

/**
 * Loads the first of several libraries that is there: of each name, the one of `LD_LIBRARY_PATH` as it is now, else the one
 * that the loader finds, else one of further folders.
 * @param make what is made of it; where that throws, the next one is tried
 * @param file in place of all others
 */
export function loadLibrary<T>(
  koffi: typeof import('koffi'),
  names: readonly string[],
  folders: readonly string[],
  make: (library: LibraryHandle, file: string) => T,
  file?: string,
): Loaded<T> {
  const failures: string[] = [];
  const first = listed(process.env.LD_LIBRARY_PATH);
  const filesIn = (places: readonly string[], name: string) =>
    places.map((folder) => join(folder, name)).filter((path) => existsSync(path));
  const files = names.flatMap((name) => [...filesIn(first, name), name, ...filesIn(folders, name)]);
  for (const each of file === undefined ? files : [file]) {
    let library: LibraryHandle | undefined;
    try {
      library = koffi.load(each);
      keepLoaded(koffi, each);
      return { made: make(library, each) };
    } catch (error) {
      // a bare name that is not found is no failure of its own
      if (library !== undefined || each.includes('/')) failures.push(`${each}: ${(error as Error).message}`);
    }
  }
  if (failures.length > 0) return { reason: failures.join('; '), isThere: true };
  const places = [...first, "the loader's folders", ...folders];
  return { reason: `${names.join(', ')}: not found in ${places.join(', ')}`, isThere: false };
}

/** So that the end of a thread or of the process does not unload a library that may have threads of its own. */
function keepLoaded(koffi: typeof import('koffi'), file: string): void {
  const open: (file: string, flags: number) => unknown = koffi
    .load(null)
    .func('void *dlopen(const char *file, int flags)');
  open(file, RTLD_LAZY | RTLD_NODELETE);
}
