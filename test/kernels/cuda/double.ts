// The test doubles of libcuda and libnvrtc (double/), for machines without a GPU: built where there is a g++.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../../../src/arc/bundled.ts';

const COMPILER = 'g++';
const sources = fileURLToPath(new URL('double', import.meta.url));
const LIBRARIES = { 'driver.cpp': 'libcuda.so.1', 'nvrtc.cpp': 'libnvrtc.so.12' };
const OPTIONS = ['-std=c++17', '-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];

/**
 * The folder with both, for `LD_LIBRARY_PATH`; built once for all tests. Undefined where g++ does not build them here: not on
 * Linux, or there is none.
 */
export function doubleFolder(): string | undefined {
  if (process.platform !== 'linux' || spawnSync(COMPILER, ['--version']).status !== 0) return undefined;
  const digest = createHash('sha256');
  for (const name of readdirSync(sources).sort()) digest.update(readFileSync(join(sources, name)));
  const cache = join(packageFolder(), 'node_modules', '.cache');
  const folder = join(cache, `batt-cuda-double-${digest.update(OPTIONS.join()).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'batt-cuda-double-'));
  for (const [source, library] of Object.entries(LIBRARIES)) {
    execFileSync(COMPILER, [...OPTIONS, '-o', join(scratch, library), join(sources, source), '-ldl']);
  }
  copyFileSync(join(sources, 'device.h'), join(scratch, 'device.h'));
  try {
    renameSync(scratch, folder);
  } catch {
    // other tests have built it meanwhile
    rmSync(scratch, { recursive: true });
  }
  return folder;
}

/** Environment of a process in which the doubles are found first; `machine` is what `double/driver.cpp` knows as CUDA_DOUBLE. */
export function doubleEnvironment(folder: string, machine = ''): Record<string, string> {
  const before = process.env.LD_LIBRARY_PATH;
  return { LD_LIBRARY_PATH: before ? `${folder}:${before}` : folder, CUDA_DOUBLE: machine };
}
