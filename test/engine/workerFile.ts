// The worker threads' program, bundled for the tests of one file, as they run from the sources.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';

/**
 * The file of the worker; it is there while the tests run.
 * @param before JavaScript that runs in the worker before its own program, for faults that no battery can cause
 * @param source its program, below `src`
 */
export function useWorkerFile(before = '', source = 'engine/worker.ts'): URL {
  const root = packageFolder();
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'batt-worker-'));
  const outfile = join(folder, 'worker.js');
  beforeAll(async () => {
    const entry = join(root, 'src', source);
    const banner = { js: before };
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      banner,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return pathToFileURL(outfile);
}
