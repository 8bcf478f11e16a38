// Builds dist/: the command, the library and the scripts as bundles (few files start fast), then the declarations.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
const entryPoints = {
  batt: 'src/cli/main.ts',
  index: 'src/index.ts',
  'scripts/conformance': 'scripts/conformance.ts',
  'scripts/bench': 'scripts/bench/main.ts',
};
await build({
  entryPoints: Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
execFileSync('node_modules/.bin/tsc', ['--noEmit', 'false', '--emitDeclarationOnly'], { stdio: 'inherit' });
