// A process of its own around the backend: how it ends, and what it says where something is not there.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BackendAbsentError } from '../../../kernels/backend.ts';
import { openWebGpu } from '../../../kernels/webgpu/openWebGpu.ts';

// in it the packages are found, in the other one they are not
mkdirSync('node_modules/.cache', { recursive: true });
const inside = mkdtempSync(join(process.cwd(), 'node_modules/.cache/batt-webgpu-'));
const outside = mkdtempSync(join(tmpdir(), 'batt-webgpu-'));

beforeAll(async () => {
  for (const outdir of [inside, outside]) {
    await build({
      entryPoints: ['kernels/webgpu/openWebGpu.ts'],
      outdir,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      outExtension: { '.js': '.mjs' },
    });
  }
});
afterAll(() => {
  for (const folder of [inside, outside]) rmSync(folder, { recursive: true, force: true });
});

function run(folder: string, program: string, env: NodeJS.ProcessEnv = {}) {
  const script = `import { openWebGpu } from ${JSON.stringify(join(folder, 'openWebGpu.mjs'))};\n${program}`;
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, ...env },
  });
  return { status, signal, stdout, stderr };
}

const SAY = 'await openWebGpu().then(({ device }) => console.log(device), ({ message }) => console.log(message));';

test('says which package is not installed, and how to install it', () => {
  const { status, stdout } = run(outside, SAY);
  expect(stdout).toMatch(/^backend webgpu is absent: the package webgpu is not installed \(.*\); npm install webgpu /);
  expect(status).toBe(0);
});

test.skipIf(process.platform !== 'linux')('says that there is no driver', () => {
  const { status, stdout } = run(inside, SAY, { VK_DRIVER_FILES: '/nowhere.json', VK_ICD_FILENAMES: '/nowhere.json' });
  expect(stdout).toMatch(/^backend webgpu is absent: the Vulkan loader (libvulkan.so.1 does not load|finds no driver)/);
  expect(status).toBe(0);
});

const adapter = await openWebGpu().then(
  (backend) => backend.close(),
  (error: unknown) => {
    if (!(error instanceof BackendAbsentError)) throw error;
    // CI looks for these words
    console.warn(`left out: how a process with webgpu ends: ${error.message}`);
    return 'absent';
  },
);

describe.skipIf(adapter === 'absent')('a process ends by itself, with its own exit code', () => {
  const compute = `
    const backend = await openWebGpu();
    const records = new Int32Array(1000 * 128);
    const call = backend.gridMatch(records, records, new Int32Array(1000));
    process.exitCode = 3;`;

  test.each([
    ['after close', 'await call; await backend.close();'],
    ['without close', 'await call;'],
    ['in a call', ''],
    ['by process.exit in a call', 'process.exit();'],
    ['after the device was destroyed', 'backend.gpu.destroy(); await call.catch(() => {});'],
  ])('%s', (_, program) => {
    expect(run(inside, compute + program)).toEqual({ status: 3, signal: null, stdout: '', stderr: '' });
  });

  test('of an error that nobody catches, while the device computes', () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const { status, signal, stderr } = run(inside, `${compute} throw new Error('nobody');`);
      expect([status, signal, stderr.includes('nobody')]).toEqual([1, null, true]);
    }
  });
});
