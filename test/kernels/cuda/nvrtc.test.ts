// The kernels through NVIDIA's own compiler, which needs no GPU: every nvrtc of Python's wheels that is found.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CUDA_SOURCE } from '../../../kernels/cuda/cudaOps.ts';
import { loadKoffi } from '../../../kernels/cuda/driver.ts';
import { packageFolders, wheelFolders } from '../../../kernels/cuda/libraries.ts';
import { Nvrtc } from '../../../kernels/cuda/nvrtc.ts';

const EM_CUDA = 190;
const files = wheelFolders(packageFolders()).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /^libnvrtc\.so\.\d+$/.test(name))
    .map((name) => join(folder, name)),
);
if (files.length === 0) {
  const why = 'no wheel nvidia-cuda-nvrtc in PYTHONPATH or where Python has its packages';
  console.warn(`left out: the kernels through nvrtc: ${why}`);
  test.skip(why, () => {});
}

describe.each(files)('%s', (file) => {
  let nvrtc: Nvrtc;
  beforeAll(async () => {
    nvrtc = new Nvrtc((await loadKoffi()).load(file), file);
  });

  test.each([75, 80, 89, 90, 100, 120])('machine code for sm_%i', (capability) => {
    const image = Buffer.from(nvrtc.compile(CUDA_SOURCE, capability));
    expect(image.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(image.readUInt16LE(18)).toBe(EM_CUDA);
    for (const kernel of ['gridMatch', 'scoreSums', 'scoreRank']) expect(image.includes(kernel)).toBe(true);
  });

  test('PTX for a GPU that is newer than it; gridMatch loads records by 16 bytes, and keeps nothing in memory', () => {
    const image = Buffer.from(nvrtc.compile(CUDA_SOURCE, 999));
    expect(image.at(-1)).toBe(0);
    const ptx = image.toString();
    expect(ptx).toContain(`.target sm_${nvrtc.capabilities.at(-1)}`);
    const [, gridMatch] = /\.entry gridMatch\(([\s\S]*?)\.entry/.exec(ptx)!;
    expect(gridMatch!.match(/ld\.global\.nc\.v4\.[bu]32/g)).toHaveLength(8);
    expect(gridMatch!.match(/st\.global\.v4\.[bu]32/g)).toHaveLength(1);
    expect(gridMatch).not.toContain('.local');
  });

  test('a mistake in a kernel is told with line and words', () => {
    const words =
      /^backend cuda is absent: nvrtc \d+\.\d+ for sm_80: nvrtcCompileProgram gave 6, .*batt\.cu\(2\): error/s;
    expect(() => nvrtc.compile('\nnonsense;', 80)).toThrow(words);
  });

  test('a GPU that is too old for it', () => {
    expect(() => nvrtc.compile(CUDA_SOURCE, 35)).toThrow(/knows no sm_35, only \d+, .*\d+$/);
  });
});
