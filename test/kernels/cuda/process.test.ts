// A process of its own around the backend, on test doubles of NVIDIA's libraries: how it ends, and what is not installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { readNvidiaDriver } from '../../../kernels/nvidiaDriver.ts';
import { packageFolder } from '../../../src/arc/bundled.ts';
import { programOf } from '../tensorflow/program.ts';
import { folder, program } from './machine.ts';

describe.skipIf(folder === undefined)('a process', () => {
  test.each([
    ['after close', 'await call; await backend.close();', 3],
    ['after close in a call', 'call.catch(() => {}); await backend.close(); process.exitCode = 4;', 4],
    ['without close', 'await call;', 3],
    ['in a call', '', 3],
    ['by process.exit in a call', 'process.exit();', 3],
    ['of an error that nobody catches, in a call', "throw new Error('nobody');", 1],
  ])('a process ends by itself, with its own exit code: %s', async (_, ending, code) => {
    const contents = `
      import { openCuda } from './kernels/cuda/openCuda.ts';
      const backend = await openCuda({}, new URL(process.argv[2]));
      const records = backend.records(2000);
      const call = backend.gridMatch(records, records, new Int32Array(2000));
      process.exitCode = 3;
      ${ending}`;
    const args = [fileURLToPath(await programOf(contents)), program.href];
    const { status, signal, stderr } = spawnSync(process.execPath, args, { timeout: 30_000, encoding: 'utf8' });
    expect([status, signal, stderr.includes('nobody')]).toEqual([code, null, code === 1]);
    expect(stderr).not.toContain('double of');
  });

  test('a process in which one of two GPUs does not open, before the other has, says so', async () => {
    const contents = `
      import { openCuda } from './kernels/cuda/openCuda.ts';
      await openCuda({ gpus: 2 }, new URL(process.argv[2])).catch((error) => console.log(error.message));
      process.exitCode = 3;`;
    const args = [fileURLToPath(await programOf(contents)), program.href];
    const env = { ...process.env, CUDA_DOUBLE: 'devices=2;fail=cuModuleLoadData:1:209' };
    const { status, stdout } = spawnSync(process.execPath, args, { env, timeout: 30_000, encoding: 'utf8' });
    expect(stdout).toMatch(/absent: GPU [01]: cuModuleLoadData gave 209/);
    expect(status).toBe(3);
  });

  test('the libraries stay, whatever is collected: they may have threads', async () => {
    const contents = `
      import { readFileSync } from 'node:fs';
      import { setTimeout } from 'node:timers/promises';
      import { openCuda } from './kernels/cuda/openCuda.ts';
      await (await openCuda({}, new URL(process.argv[2]))).close();
      for (let k = 0; k < 5; k++) await setTimeout(20).then(gc);
      const maps = readFileSync('/proc/self/maps', 'utf8');
      console.log(['libcuda.so.1', 'libnvrtc.so.12'].map((name) => maps.includes(name)).join());`;
    const args = ['--expose-gc', fileURLToPath(await programOf(contents)), program.href];
    expect(String(spawnSync(process.execPath, args, { timeout: 30_000 }).stdout)).toBe('true,true\n');
  });
});

describe.skipIf(folder === undefined)('what is not installed', () => {
  const CONTENTS = `
    import { openCuda } from './kernels/cuda/openCuda.ts';
    await openCuda().catch((error) => console.log(error.name, error.message));`;
  const bare = mkdtempSync(join(tmpdir(), 'batt-cuda-'));
  afterAll(() => rmSync(bare, { recursive: true, force: true }));

  async function said(libraries: string, script?: string): Promise<string> {
    const file = script ?? fileURLToPath(await programOf(CONTENTS));
    // no nvrtc of Python's either
    const env = { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries };
    return String(spawnSync(process.execPath, [file], { env, timeout: 30_000 }).stdout);
  }

  test('no koffi', async () => {
    const outfile = join(bare, 'program.mjs');
    const options: BuildOptions = { bundle: true, format: 'esm', platform: 'node', external: ['koffi'] };
    await build({ ...options, stdin: { contents: CONTENTS, resolveDir: packageFolder(), loader: 'ts' }, outfile });
    expect(await said(folder!, outfile)).toMatch(
      /backend cuda is absent: the package koffi is not installed \(.*\); npm install koffi$/m,
    );
  });

  test.skipIf(readNvidiaDriver().version !== undefined)('no driver', async () => {
    const words = await said(join(bare, 'nowhere'));
    expect(words).toContain(
      `BackendAbsentError backend cuda is absent: no NVIDIA driver: libcuda.so.1: not found in ${bare}/nowhere`,
    );
    expect(words).toContain('/usr/local/nvidia/lib64');
  });

  test('no nvrtc', async () => {
    const only = join(bare, 'driver');
    mkdirSync(only);
    symlinkSync(join(folder!, 'libcuda.so.1'), join(only, 'libcuda.so.1'));
    expect(await said(only)).toMatch(
      /backend cuda is absent: no nvrtc: libnvrtc\.so\.12, libnvrtc\.so\.11\.2, .*: not found in .* pip install nvidia-cuda-nvrtc-cu12$/m,
    );
  });

  test('libraries that are something else', async () => {
    const other = join(bare, 'other');
    mkdirSync(other);
    symlinkSync(join(folder!, 'libnvrtc.so.12'), join(other, 'libcuda.so.1'));
    expect(await said(other)).toContain(
      `no NVIDIA driver: ${other}/libcuda.so.1: too old, or no driver: Cannot find function`,
    );
    const swapped = join(bare, 'swapped');
    mkdirSync(swapped);
    symlinkSync(join(folder!, 'libcuda.so.1'), join(swapped, 'libcuda.so.1'));
    symlinkSync(join(folder!, 'libcuda.so.1'), join(swapped, 'libnvrtc.so.12'));
    expect(await said(swapped)).toContain(
      `no nvrtc that does: ${swapped}/libnvrtc.so.12: expected nvrtc of CUDA 11.2 or later: Cannot find function`,
    );
    // the next one does; it compiles with a header that lies beside it
    symlinkSync(join(folder!, 'device.h'), join(swapped, 'device.h'));
    symlinkSync(join(folder!, 'libnvrtc.so.12'), join(swapped, 'libnvrtc.so.11.2'));
    expect(await said(swapped)).toBe('');
  });
});
