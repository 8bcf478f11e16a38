// Builds dist/: the command, the library and the scripts as bundles (few files start fast), then the declarations.
// With the name of a folder: the command alone, into that folder (for the tests).
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const folder = process.argv[2] ?? 'dist';
if (folder === 'dist') rmSync(folder, { recursive: true, force: true });
const common = {
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
};
// The command has bundles of its own, commander among them: shared with the others it would be in many small files, and
// each file costs a start about a millisecond.
await build({
  ...common,
  entryPoints: { batt: 'src/cli/main.ts' },
  // commander is CommonJS and requires what Node has built in
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
// The worker threads' program stands alone: shared with the command, both would be in many small files.
await build({ ...common, splitting: false, entryPoints: { worker: 'src/engine/worker.ts' } });
if (folder !== 'dist') process.exit();
const others = {
  index: 'src/index.ts',
  'scripts/conformance': 'scripts/conformance.ts',
  'scripts/bench': 'scripts/bench/main.ts',
};
await build({
  ...common,
  entryPoints: Object.fromEntries(Object.entries(others).filter(([, file]) => existsSync(file))),
  packages: 'external',
});
execFileSync('node_modules/.bin/tsc', ['--noEmit', 'false', '--emitDeclarationOnly'], { stdio: 'inherit' });
