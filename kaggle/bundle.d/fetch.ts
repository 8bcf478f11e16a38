// Fetches the pinned packages once, into a cache folder, and unpacks what is asked of them; damaged ones are refused.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { DebianPart, NpmPart } from './parts.ts';

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'batt', 'bundle-parts');
/** Debian's archive, and the one that keeps every version there ever was. */
const DEBIAN_ARCHIVES = [
  'http://deb.debian.org/debian/',
  'https://snapshot.debian.org/archive/debian/20250520T000000Z/',
];

/**
 * Unpacks a package of npm into `folder`.
 * @throws Error that names the package, when it cannot be fetched or has another digest
 */
export function unpackNpm(part: NpmPart, folder: string): void {
  const file = join(CACHE, `${part.name.replace('/', '-').replace('@', '')}-${part.version}.tgz`);
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', CACHE, `${part.name}@${part.version}`];
    execFileSync('npm', pack, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== part.integrity) throw damaged(file, `${part.name} ${part.version}`, found, part.integrity);
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
}

/**
 * Unpacks a package of Debian into `folder`.
 * @throws Error that names the package and what to do, when it cannot be fetched or has another digest
 */
export async function unpackDebian(part: DebianPart, folder: string): Promise<void> {
  const file = join(CACHE, basename(part.path));
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, await download(part));
    renameSync(partial, file);
  }
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found !== part.sha256) throw damaged(file, `${part.name} ${part.version}`, found, part.sha256);
  mkdirSync(folder, { recursive: true });
  execFileSync('dpkg-deb', ['--extract', file, folder]);
}

async function download(part: DebianPart): Promise<Buffer> {
  const reasons: string[] = [];
  for (const archive of DEBIAN_ARCHIVES) {
    const url = archive + part.path;
    try {
      const response = await fetch(url);
      if (response.ok) return Buffer.from(await response.arrayBuffer());
      reasons.push(`  ${url}: ${response.status} ${response.statusText}`);
    } catch (error) {
      const { message, cause } = error as Error;
      reasons.push(`  ${url}: ${cause instanceof Error ? cause.message : message}`);
    }
  }
  throw new Error(
    `${part.name} ${part.version} is not to be had:\n${reasons.join('\n')}\n` +
      'when Debian has replaced it, pin the version that it has now in kaggle/bundle.d/parts.ts',
  );
}

function damaged(file: string, what: string, found: string, expected: string): Error {
  rmSync(file);
  return new Error(`${file} (${what}): found ${found}, expected ${expected}; it is removed, try again`);
}
