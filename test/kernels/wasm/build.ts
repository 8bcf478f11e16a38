// Makes the module of the WASM kernels, which git ignores, where there is none of the sources as they are.
import { execFileSync } from 'node:child_process';
import { packageFolder } from '../../../src/arc/bundled.ts';

export function setup(): void {
  execFileSync(process.execPath, ['scripts/build-kernels.mjs'], {
    cwd: packageFolder(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
