// Where Python has its packages, found without starting it.
import { readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * The folders that the packages of `python3` may lie in, in the order in which it looks: those of `$PYTHONPATH`, of the virtual
 * environment, the user's own, and those beside the first `python3` on the `$PATH` and beside what that links to.
 */
export function sitePackages(env: Readonly<Record<string, string | undefined>>): string[] {
  const { PYTHONPATH = '', VIRTUAL_ENV, HOME, PATH = '' } = env;
  const listed = PYTHONPATH.split(delimiter).filter((path) => path !== '');
  const homes = [VIRTUAL_ENV, HOME && join(HOME, '.local'), ...pythonHomes(PATH)].filter((home) => !!home);
  return [...new Set([...listed, ...homes.flatMap((home) => packagesIn(home!))])];
}

/** The folders that hold the `bin/` of the first `python3`. */
function pythonHomes(path: string): string[] {
  for (const folder of path.split(delimiter)) {
    const python = folder === '' ? undefined : realPath(join(folder, 'python3'));
    if (python !== undefined) return [dirname(folder), dirname(dirname(python))];
  }
  return [];
}

function packagesIn(home: string): string[] {
  return [join(home, 'lib'), join(home, 'local', 'lib')].flatMap((lib) =>
    namesIn(lib)
      .filter((name) => /^python3(\.\d+)?$/.test(name))
      .flatMap((name) => ['site-packages', 'dist-packages'].map((packages) => join(lib, name, packages))),
  );
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // not there
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // not there, no folder, or not ours to read
  }
}
