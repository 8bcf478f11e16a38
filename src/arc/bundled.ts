// The package's own folder and version, from the sources and from the built bundles alike.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArcError } from './error.ts';

/**
 * The folder of this package: the nearest one upwards whose package.json is called `arc-batt`.
 * @param from a file in it; this module when left out
 * @throws ArcError where there is none (the package was taken apart)
 */
export function packageFolder(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && isOurs(manifest)) return folder;
    if (dirname(folder) === folder) throw new ArcError(`no folder above it is the package arc-batt`, { file: from });
  }
}

/** The version in package.json. */
export function engineVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

function isOurs(manifest: string): boolean {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown } | null)?.name === 'arc-batt';
  } catch {
    return false; // somebody else's broken manifest on the way
  }
}
