// Builds the command once for all tests of a run that start it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageFolder } from '../../src/arc/bundled.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the built command and scripts, as `dist`. */
    readonly dist: string;
  }
}

/** Runs for each project that asks for it, one after the other; the first one builds. */
export function setup({ vitest }: TestProject): (() => void) | undefined {
  const all = vitest.getRootProject();
  if ('dist' in all.getProvidedContext()) return undefined;
  const root = packageFolder();
  // inside the package, so that the command finds the bundled tasks as the installed one does
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const dist = mkdtempSync(join(cache, 'batt-dist-'));
  execFileSync(process.execPath, ['scripts/build.mjs', dist, '--scripts'], { cwd: root });
  all.provide('dist', dist);
  return () => rmSync(dist, { recursive: true, force: true });
}
