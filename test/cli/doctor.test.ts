// `batt doctor` as a user calls it. Files and commands stand in for the drivers of machines that are not at hand.
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type JsonLine, useBatt } from './command.ts';

const batt = useBatt();

interface Found {
  readonly present: boolean;
  readonly reason?: string;
}

interface DoctorLine extends JsonLine {
  readonly node: { readonly version: string; readonly path: string; readonly supported: boolean };
  readonly backends: readonly (Found & { readonly name: string; readonly device?: string })[];
  readonly gpus: Readonly<Record<'nvidia_smi' | 'nvidia_driver' | 'webgpu_adapters', Found>>;
  readonly vulkan: { readonly loader: Found; readonly drivers: Found };
  readonly crossover: {
    readonly path?: string;
    readonly measured: string;
    readonly notes: readonly string[];
    readonly backends: readonly {
      readonly backend: string;
      readonly open_seconds: number;
      readonly points: readonly Readonly<Record<'comparisons' | 'seconds' | 'per_second', number>>[];
    }[];
  };
  readonly auto: readonly { readonly comparisons: number; readonly backend: string; readonly why: string }[];
}

function doctor(env: Readonly<Record<string, string>>, ...args: string[]): DoctorLine {
  const lines = batt.json(['doctor', ...args], env);
  expect(lines.length).toBe(1);
  return lines[0] as DoctorLine;
}

/** A cache folder of its own. */
function newCache(): { readonly XDG_CACHE_HOME: string } {
  return { XDG_CACHE_HOME: mkdtempSync(join(batt.folder, 'cache-')) };
}

/** One that was measured into; nothing is measured anew where it is. */
const measured = newCache();
let before: DoctorLine;
beforeAll(() => {
  before = doctor(measured);
});

/** A copy of it, to be damaged or measured into. */
function measuredCopy(): ReturnType<typeof newCache> {
  const cache = newCache();
  cpSync(measured.XDG_CACHE_HOME, cache.XDG_CACHE_HOME, { recursive: true });
  return cache;
}

function filesOf({ XDG_CACHE_HOME: cache }: ReturnType<typeof newCache>): string[] {
  return readdirSync(join(cache, 'batt')).map((name) => join(cache, 'batt', name));
}

/** Puts a shell script of that name before all others on PATH. */
function pathWith(name: string, script: string): { readonly PATH: string } {
  const folder = mkdtempSync(join(batt.folder, 'bin-'));
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return { PATH: `${folder}:${process.env.PATH}` };
}

describe('doctor', () => {
  test('says what is there, each backend with its device or why it is absent, and keeps what it measured', () => {
    const line = doctor(measured, '--measure');
    expect(line).toMatchObject({ schema: 1, type: 'doctor', engine: expect.stringMatching(/^\d/) });
    expect(line.node).toMatchObject({ version: process.version, path: process.execPath, supported: true });
    expect(line.backends.map(({ name }) => name)).toEqual(['cpu', 'wasm', 'webgpu', 'tensorflow', 'cuda']);
    for (const { name, present, device, reason } of line.backends) {
      expect([name, typeof device, typeof reason]).toEqual([
        name,
        ...(present ? ['string', 'undefined'] : ['undefined', 'string']),
      ]);
    }
    expect(line.backends[0]!.present).toBe(true);

    const { crossover } = line;
    const there = line.backends.filter(({ present }) => present).map(({ name }) => name);
    expect(crossover.backends.map(({ backend }) => backend)).toEqual(there);
    for (const { points, open_seconds } of crossover.backends) {
      expect(open_seconds).toBeGreaterThan(0);
      expect(points.map(({ comparisons }) => comparisons)).toEqual([1e3, 1e4, 1e5, 1e6].slice(0, points.length));
      for (const { comparisons, seconds, per_second } of points) expect(per_second).toBe(comparisons / seconds);
    }
    expect(line.auto.map(({ comparisons }) => comparisons)).toEqual([1e3, 1e5, 1e7]);
    for (const { backend } of line.auto) expect(there).toContain(backend);
    expect([crossover.notes, filesOf(measured)]).toEqual([[], [crossover.path]]);

    // kept in place of what was, and shown by the next call
    expect(Date.parse(crossover.measured)).toBeGreaterThan(Date.parse(before.crossover.measured));
    expect(doctor(measured).crossover).toEqual(crossover);
  });

  test('as text, in sections, without colour where there is no terminal', () => {
    for (const env of [{}, { NO_COLOR: '1' }, { FORCE_COLOR: '1' }]) {
      const { code, stdout, stderr } = batt.run(['doctor'], { ...measured, ...env });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain('\x1b');
      const titles = stdout.split('\n').filter((row) => /^\S/.test(row));
      expect(titles).toEqual([
        expect.stringMatching(/^batt \d+\.\d+\.\d+$/),
        'Backends',
        'GPUs',
        'CUDA',
        'TensorFlow',
        'Vulkan',
        'Measured: comparisons a second, with upload and readback',
        'What --backend auto chooses',
      ]);
      expect(stdout).toContain(
        `  Node           ${process.version} ${process.platform} ${process.arch}, in the supported`,
      );
      expect(stdout).toMatch(/^ {2}cpu {12}\S/m);
      expect(stdout).toMatch(/^ {2}comparisons +cpu/m);
      expect(stdout).toMatch(/^ {8}1,000 +[\d,]+/m);
      expect(stdout).toMatch(/^ {2}10,000,000 {2}\w+ +\S/m);
      for (const row of stdout.split('\n')) expect(row).toBe(row.trimEnd());
    }
  });

  test('wrong usage: exit 2', () => {
    for (const args of [['--nonsense'], ['surplus'], ['--json=5'], ['--probe', 'abacus']]) {
      const { code, stderr } = batt.run(['doctor', ...args]);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr).toMatch(/^batt: /);
    }
    expect(batt.run(['doctor', '--help'])).toMatchObject({ code: 0, stdout: expect.not.stringContaining('--probe') });
  });
});

describe('drivers', () => {
  test('a GPU that nvidia-smi names', () => {
    const path = pathWith(
      'nvidia-smi',
      `case "$1" in --query*) echo 'NVIDIA L4, 23034, 550.54.15';; *) echo '| Driver Version: 550.54.15  CUDA Version: 12.4 |';; esac`,
    );
    const gpu = { name: 'NVIDIA L4', memory: 23034 * 2 ** 20 };
    expect(doctor({ ...measured, ...path }).gpus.nvidia_smi).toEqual({
      present: true,
      driver: '550.54.15',
      cuda: '12.4',
      gpus: [gpu],
    });
    const { stdout } = batt.run(['doctor'], { ...measured, ...path });
    expect(stdout).toMatch(/^ {2}nvidia-smi {5}NVIDIA L4, 22\.5 GiB\n {17}driver 550\.54\.15, runs CUDA up to 12\.4$/m);
  });

  test('an nvidia-smi that fails is reported', () => {
    const fails = doctor({
      ...measured,
      ...pathWith('nvidia-smi', 'echo "Failed to initialize NVML" ; exit 18'),
    });
    expect(fails.gpus.nvidia_smi.reason).toBe('nvidia-smi ended with exit code 18: Failed to initialize NVML');
  });

  test('python3 and ldconfig that fail', () => {
    const line = doctor({ ...measured, ...pathWith('python3', 'echo broken >&2; exit 1') });
    expect(line.tensorflow).toMatchObject({
      python: { present: false, reason: 'python3 ended with exit code 1: broken' },
    });
  });

  test('Vulkan drivers that a variable names and that are not there', () => {
    const env = { ...measuredCopy(), VK_ICD_FILENAMES: '/nowhere/icd.json' };
    const manifest = { manifest: '/nowhere/icd.json', present: false, reason: 'no file is there' };
    const line = doctor(env);
    expect(line.vulkan.drivers).toEqual({ present: true, variable: 'VK_ICD_FILENAMES', manifests: [manifest] });
    const missing = line.vulkan.loader.present ? 'VK_ICD_FILENAMES' : 'libvulkan.so.1';
    expect(line.gpus.webgpu_adapters).toEqual({ present: false, reason: expect.stringContaining(missing) });
  });
});

describe('the file of what was measured', () => {
  test('damaged: noted, and measured anew', () => {
    const cache = measuredCopy();
    const [damaged] = filesOf(cache);
    writeFileSync(damaged!, readFileSync(damaged!, 'utf8').slice(0, 200));
    const { crossover } = doctor(cache);
    expect(crossover.notes).toEqual([expect.stringContaining(`${damaged}: `)]);
    expect(JSON.parse(readFileSync(damaged!, 'utf8'))).toMatchObject({ schema: 1, measured: crossover.measured });
    expect(doctor(cache).crossover.notes).toEqual([]);
  });

  test('a backend that was not there is measured with the others', () => {
    const cache = measuredCopy();
    const [path] = filesOf(cache);
    const document = JSON.parse(readFileSync(path!, 'utf8')) as { backends: object[]; measured: string };
    writeFileSync(path!, JSON.stringify({ ...document, backends: [] }));
    const { crossover } = doctor(cache);
    expect(crossover.notes).toEqual(['measured anew: other backends or devices are there than were measured']);
    expect(crossover.measured).not.toBe(document.measured);
  });

  test('a cache that cannot be written: said, and what was measured is shown', () => {
    const file = join(batt.folder, batt.write('a-file', 'mine'));
    const line = doctor({ XDG_CACHE_HOME: file });
    expect(line.crossover.notes).toEqual([
      expect.stringMatching(/^not kept, so that runs do not know of it: .*cannot write the file/),
    ]);
    expect(line.crossover.backends[0]!.points.length).toBeGreaterThan(0);
    // as a run that finds nothing kept
    expect(line.auto.map(({ backend }) => backend)).toEqual(['wasm', 'wasm', 'wasm']);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
