// Where nvrtc is looked for, in folders that stand in for machines.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { driverFolders, nvrtcFolders, packageFolders } from '../../../kernels/cuda/libraries.ts';

const root = mkdtempSync(join(tmpdir(), 'batt-libraries-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = (name: string): string => {
  mkdirSync(join(root, name), { recursive: true });
  return join(root, name);
};

test('toolkits, the wheels of every Python, and the folders that go with PATH, in that order', () => {
  const toolkits = ['cuda', 'cuda-12.4'].map((name) => folder(`usr/local/${name}/lib64`));
  const listed = folder('listed/nvidia/cu13/lib');
  const venv = folder('venv/lib/python3.12/site-packages/nvidia/cuda_nvrtc/lib');
  const system = folder('usr/local/lib/python3.11/dist-packages/nvidia/cuda_nvrtc/lib');
  const home = folder('home/.local/lib/python3.11/site-packages/nvidia/cuda_nvrtc/lib');
  folder('usr/local/lib/python3.11/dist-packages/nvidia/cublas/lib');
  const env = { PYTHONPATH: join(root, 'listed'), PATH: `${root}/venv/bin:${root}/games`, HOME: join(root, 'home') };
  const libraries = ['venv/lib', 'usr/local/lib', 'usr/lib', 'opt/conda/lib', 'home/.local/lib'];
  expect(nvrtcFolders(root, env)).toEqual([
    ...toolkits,
    ...[listed, venv, system, home],
    ...libraries.map((name) => join(root, name)),
  ]);
});

test('a machine with nothing', () => {
  expect(packageFolders(join(root, 'nowhere'), {})).toEqual([]);
  expect(driverFolders(root)).toEqual([join(root, 'usr/local/nvidia/lib64'), join(root, 'usr/lib/wsl/lib')]);
});
