// Builds the WASM kernels, then dist/: the command, the library and the scripts as bundles (few files start fast), then the
// declarations. With the name of a folder: the command alone, into that folder, with `--scripts` the scripts, too (for the tests).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import './build-kernels.mjs';
import { rawText } from './raw-text.mjs';

const folder = process.argv[2] ?? 'dist';
if (folder === 'dist') rmSync(folder, { recursive: true, force: true });
const common = {
  outdir: folder,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [rawText],
  // optional packages: loaded only when asked for
  external: ['webgpu', '@tensorflow/*', '@duckdb/*', 'koffi'],
};
// commander requires it for commands that are programs of their own, which we have not; it takes 2 ms to load.
const lateChildProcess = {
  name: 'late-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'late' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'late' }, () => ({
      contents: "module.exports = { get spawn() { return require('node:child_process').spawn; } };",
    }));
  },
};
// The command is one script, commander in it, that batt.js loads with its compiled form (see src/cli/code.ts): as modules
// it took twice as long to start. A script made from its compiled form cannot import() (Node 20), so it requires what is
// loaded late.
await build({
  ...common,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  outdir: undefined,
  outfile: join(folder, 'command.cjs'),
  entryPoints: ['src/cli/program.ts'],
  plugins: [rawText, lateChildProcess],
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: '(function (module, require, moduleUrl) {' },
  footer: { js: '})' },
});
// The programs of worker threads and of TensorFlow's processes stand alone, too.
await build({
  ...common,
  entryPoints: {
    batt: 'src/cli/main.ts',
    worker: 'src/engine/worker.ts',
    validator: 'src/pipeline/save/validationWorker.ts',
    tensorflow: 'kernels/tensorflow/child.ts',
    cuda: 'kernels/cuda/worker.ts',
  },
});
await precompile();
if (folder !== 'dist' && process.argv[3] !== '--scripts') process.exit();
// The program of `batt doctor --check` has two packages in it, whose licences go with it.
await build({
  ...common,
  entryPoints: { check: 'src/doctor/check/program.ts' },
  banner: { js: ['fast-check', 'pure-rand'].map(licenceOf).join('\n') },
});
const others = {
  index: 'src/index.ts',
  tfjs: 'kernels/tfjs/index.ts',
  'scripts/conformance': 'scripts/conformance.ts',
  'scripts/bench': 'bench/main.ts',
  'scripts/setup-gpu': 'scripts/setup-gpu.ts',
  'scripts/soak': 'bench/soak.ts',
  'scripts/precompile': 'scripts/precompile.ts', // for the bundle's own Node
};
await build({
  ...common,
  splitting: true,
  entryPoints: Object.fromEntries(Object.entries(others).filter(([, file]) => existsSync(file))),
  // what the package depends on; fast-check, which the scripts have in them, it does not
  external: [...common.external, 'commander', 'p-queue'],
});
if (folder !== 'dist') process.exit();
execFileSync('node_modules/.bin/tsc', ['--noEmit', 'false', '--emitDeclarationOnly'], { stdio: 'inherit' });

/** The licence of a package, as a comment. */
function licenceOf(name) {
  return `/* ${name}:\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim()}\n*/`;
}

/** Runs the command on the bundled tasks, and keeps the compiled form of the functions that were used. */
async function precompile() {
  for (const file of readdirSync(folder)) if (/^command-.*\.cache$/.test(file)) rmSync(join(folder, file));
  const scratch = mkdtempSync(join(tmpdir(), 'batt-build-'));
  try {
    const script = join(scratch, 'precompile.mjs');
    await build({
      ...common,
      outdir: undefined,
      outfile: script,
      entryPoints: ['scripts/precompile.ts'],
      sourcemap: false,
    });
    execFileSync(process.execPath, [script, folder, scratch], { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
