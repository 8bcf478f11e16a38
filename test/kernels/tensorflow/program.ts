// The program of the processes that compute, bundled for the tests, as they run from the sources.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { afterAll } from 'vitest';
import { packageFolder } from '../../../src/arc/bundled.ts';

const root = packageFolder();
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'batt-tensorflow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let programs = 0;

/**
 * Bundles a program that is there while the tests of a file run.
 * @param entry file or text of it
 * @param before JavaScript that runs before it, for faults that no call can cause
 */
export async function programOf(entry: URL | string, before = ''): Promise<URL> {
  const outfile = join(folder, `program${programs++}.js`);
  const source: BuildOptions =
    typeof entry === 'string'
      ? { stdin: { contents: entry, resolveDir: root, loader: 'ts' } }
      : { entryPoints: [entry.pathname] };
  const banner = { js: before };
  const options: BuildOptions = {
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['koffi'],
  };
  await build({ ...source, ...options, outfile, banner });
  return pathToFileURL(outfile);
}

/** `child.ts` as it is in the sources. */
export const CHILD: URL = new URL('../../../kernels/tensorflow/child.ts', import.meta.url);

/** Environments of processes that see no GPU. */
export function withoutGpu(count: number): NodeJS.ProcessEnv[] {
  return Array.from({ length: count }, () => ({ ...process.env, CUDA_VISIBLE_DEVICES: '' }));
}
