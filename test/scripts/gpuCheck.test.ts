// gpu-check as it runs from the bundle, on whatever devices there are, and what it makes of machines that are not at hand.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPassed } from '../../scripts/gpu-check/check.ts';
import { parseFlags } from '../../scripts/gpu-check/flags.ts';
import { jsonLines, runProcess } from '../../scripts/gpu-check/process.ts';
import { timePython } from '../../scripts/gpu-check/python.ts';
import type { GpuCheck } from '../../scripts/gpu-check/result.ts';
import { Steps } from '../../scripts/gpu-check/steps.ts';
import { type Doctor, hasGpu, leftOut, nameOf, subjectsOf } from '../../scripts/gpu-check/subjects.ts';
import { tableOf } from '../../scripts/gpu-check/table.ts';
import { packageFolder } from '../../src/arc/bundled.ts';
import { doubleEnvironment, doubleFolder } from '../kernels/cuda/double.ts';

const root = packageFolder();
const python = process.env.PYTHON || 'python3';

describe('scripts/gpu-check.sh', () => {
  let folder: string;
  beforeAll(() => {
    mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
    folder = mkdtempSync(join(root, 'node_modules/.cache/batt-gpu-check-'));
    mkdirSync(join(folder, 'scripts'));
    copyFileSync(join(root, 'scripts/gpu-check.sh'), join(folder, 'scripts/gpu-check.sh'));
    execFileSync(process.execPath, ['scripts/build.mjs', join(folder, 'dist'), '--scripts'], { cwd: root });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function gpuCheck(args: readonly string[], env: NodeJS.ProcessEnv) {
    return spawnSync('bash', [join(folder, 'scripts/gpu-check.sh'), ...args], { cwd: folder, env, encoding: 'utf8' });
  }

  /** The environment of a machine with two GPUs: test doubles of nvidia-smi and of the libraries of CUDA. */
  function twoGpus(): NodeJS.ProcessEnv {
    const libraries = doubleFolder();
    if (libraries === undefined) return process.env;
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'nvidia-smi'), 'printf "double, 1000, 550.1\\ndouble, 1000, 550.1\\n"\n', { mode: 0o755 });
    return { ...process.env, ...doubleEnvironment(libraries, 'devices=2'), PATH: `${bin}:${process.env.PATH}` };
  }

  test('checks, times and runs every backend that is there', { timeout: 300_000 }, () => {
    const { status, stdout, stderr } = gpuCheck(['--any-device', '--quick'], twoGpus());
    const result = JSON.parse(readFileSync(join(folder, 'gpu-check.json'), 'utf8')) as GpuCheck;
    const there = result.conformance.map(({ backend }) => backend);
    for (const { backend, reason } of leftOut(result.doctor as Doctor, true)) {
      console.warn(`left out: gpu-check on ${backend}: ${reason}`);
    }
    expect(result.complete).toBe(true);
    expect(status, stderr).toBe(there.length > 0 ? 0 : 1);
    expect(stderr.includes('no GPU backend is there')).toBe(there.length === 0);
    expect(result.conformance.filter(({ result }) => !('passed' in result && result.passed >= 35))).toEqual([]);
    expect(result.runs.map(({ backend, result }) => [backend, 'same' in result && result.same])).toEqual(
      ['wasm', ...there].map((backend) => [backend, true]),
    );
    for (const { backend, result: timed } of result.timings) {
      const sizes = 'sizes' in timed ? timed.sizes : [];
      expect(sizes.map(({ comparisons }) => comparisons)).toEqual([1000, 10_000]);
      expect(sizes.every(({ steps }) => (steps !== undefined) === (backend !== 'wasm'))).toBe(true);
      expect(stdout).toContain(backend);
    }
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('JSON: gpu-check.json');
  });

  test('names the file that it cannot write, before it checks anything', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = gpuCheck(['--any-device', '--out', 'nowhere/result.json'], process.env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^doctor: .*\ngpu-check: nowhere\/result\.json: /);
  });

  test.skipIf(existsSync('/proc/driver/nvidia/version'))('says that there is no GPU', { timeout: 60_000 }, () => {
    const { PATH = '', HOME = '' } = process.env;
    const { status, stdout, stderr } = gpuCheck([], { PATH, HOME, XDG_CACHE_HOME: folder });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('there is no GPU on this machine: nothing to check');
  });
});

describe("Python's results are ours to the bit", () => {
  const { PYTHONPATH } = process.env;
  const doubles = fileURLToPath(new URL('cupy-double', import.meta.url));
  beforeAll(() => {
    process.env.PYTHONPATH = [doubles, PYTHONPATH].filter(Boolean).join(':');
  });
  afterAll(() => {
    if (PYTHONPATH === undefined) delete process.env.PYTHONPATH;
    else process.env.PYTHONPATH = PYTHONPATH;
  });
  const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0;
  if (!hasNumpy) console.warn(`left out: the comparisons in Python: ${python} has no numpy`);

  test.skipIf(!hasNumpy).each([
    { library: 'numpy', version: /^numpy \d/ },
    // a test double, where there is no GPU
    { library: 'cupy', version: /^cupy double$/ },
  ] as const)('$library', { timeout: 60_000 }, ({ library, version }) => {
    const found = timePython(library, { sizes: [10, 3000], rounds: 1 }, 50);
    expect(found.version).toMatch(version);
    expect(found.sizes.map(({ comparisons, steps }) => [comparisons, steps !== undefined])).toEqual([
      [10, true],
      [3000, true],
    ]);
  });
});

describe('a process', () => {
  const node = (code: string, limit = 20) => runProcess(process.execPath, ['-e', code], limit);

  test('that crashes, fails or hangs says so, and keeps the lines that it has written', () => {
    expect(node('console.log("{}"); process.exitCode = 0')).toEqual({ code: 0, stdout: '{}\n' });
    expect(node('process.abort()').failure).toContain('its process ended with SIGABRT');
    expect(node('console.error("out of memory"); process.exit(3)')).toMatchObject({
      code: 3,
      failure: 'it ended with exit code 3: out of memory',
    });
    expect(node('throw new RangeError("too large")').failure).toBe('it ended with exit code 1: RangeError: too large');
    const hanging = node('process.stdout.write("{}\\n{"); setInterval(() => {}, 1000)', 1);
    expect(hanging.failure).toBe('it was not done within 1 s');
    expect(jsonLines(hanging)).toEqual([{}]);
    expect(runProcess('/nosuch', [], 1).failure).toContain('ENOENT');
  });
});

describe('a step', () => {
  test('that fails becomes its reason', () => {
    const told: string[] = [];
    const steps = new Steps(600, (line) => told.push(line));
    expect(steps.do('one', () => ({ a: 1 }))).toEqual({ a: 1, seconds: expect.any(Number) });
    const failing = () => {
      throw new Error('no\ndriver');
    };
    expect(steps.do('two', failing)).toEqual({ reason: 'no; driver', seconds: expect.any(Number) });
    expect(told).toEqual([expect.stringMatching(/^one: .* s$/), 'two: no; driver']);
  });

  test('is left out when no time is left', () => {
    const late = new Steps(0.5, () => {});
    expect(late.do('a step', () => ({}))).toMatchObject({ reason: 'left out: no time is left, see --limit' });
  });
});

/** What doctor says of a machine with four GPUs. */
const FOUR: Doctor = {
  engine: '0.1.0',
  node: { version: 'v24.0.0' },
  cpu: { model: 'some CPU', cores: 48, usable: 48 },
  memory: { total: 2 ** 37 },
  backends: [
    { name: 'wasm', present: true, device: 'some CPU' },
    { name: 'webgpu', present: false, reason: 'no loader' },
    { name: 'tensorflow', present: true, device: 'some CPU (CPU), TensorFlow 2.18.0' },
    { name: 'cuda', present: true, device: '4 × NVIDIA L4, CUDA 12.4' },
  ],
  gpus: {
    nvidia_smi: { present: true, driver: '550.1', cuda: '12.4', gpus: Array(4).fill({ name: 'NVIDIA L4' }) },
    nvidia_driver: { present: true },
    webgpu_adapters: { present: false },
  },
  cuda: { gpus: { present: true, gpus: Array(4).fill({ name: 'NVIDIA L4' }) } },
};

describe('a machine with four GPUs', () => {
  test('is checked on one of them, and on all', () => {
    expect(subjectsOf(FOUR, false).map(nameOf)).toEqual(['cuda', 'cuda, 4 GPUs']);
    expect(leftOut(FOUR, false)).toEqual([
      { backend: 'webgpu', reason: 'no loader' },
      { backend: 'tensorflow', reason: 'it is on some CPU (CPU), TensorFlow 2.18.0, which is no GPU' },
    ]);
    expect(hasGpu({ ...FOUR, gpus: { ...FOUR.gpus, nvidia_smi: { present: false } } })).toBe(true);
  });

  test('is checked on those that CUDA_VISIBLE_DEVICES leaves visible, also where there is no nvidia-smi', () => {
    const three = { ...FOUR, cuda: { gpus: { present: true, gpus: Array(3).fill({ name: 'NVIDIA L4' }) } } };
    const absent = { present: false };
    const bare = { ...three, gpus: { nvidia_smi: absent, nvidia_driver: absent, webgpu_adapters: absent } };
    for (const doctor of [three, bare]) {
      expect(subjectsOf(doctor, false).map(nameOf)).toEqual(['cuda', 'cuda, 3 GPUs']);
      expect(hasGpu(doctor)).toBe(true);
    }
    expect(hasGpu({ ...bare, cuda: { gpus: absent } })).toBe(false);
  });

  const [cuda, all] = subjectsOf(FOUR, false);
  const passed = { device: '4 × NVIDIA L4, CUDA 12.4', passed: 37, failed: 0, failures: [], seconds: 2 };
  const same = { run_seconds: [0.5], same: true, seconds: 1 };
  const result: GpuCheck = {
    schema: 1,
    type: 'gpu-check',
    date: '2026-01-01T00:00:00.000Z',
    complete: true,
    quick: false,
    any_device: false,
    run: [],
    doctor: FOUR,
    conformance: [
      { ...cuda!, result: passed },
      { ...all!, result: passed },
    ],
    runs: [{ ...cuda!, result: same }],
    timings: [
      {
        ...cuda!,
        result: {
          open: 0.5,
          first: 0.001,
          sizes: [{ comparisons: 1000, end_to_end: 0.0001 }],
          cut: 'it was not done within 90 s',
          seconds: 90,
        },
      },
      { ...all!, result: { reason: 'its process ended with SIGSEGV', seconds: 3 } },
    ],
    python: [],
  };

  test('has passed when all conform and all runs gave the same, whatever else failed', () => {
    expect(hasPassed(result)).toBe(true);
    expect(hasPassed({ ...result, conformance: [] })).toBe(false);
    expect(hasPassed({ ...result, runs: [{ ...cuda!, result: { ...same, same: false } }] })).toBe(false);
    expect(hasPassed({ ...result, conformance: [{ ...cuda!, result: { ...passed, failed: 1 } }] })).toBe(false);
    expect(hasPassed({ ...result, conformance: [{ ...cuda!, result: { reason: 'lost', seconds: 1 } }] })).toBe(false);
  });

  test('has what failed in the table', () => {
    const failing = { ...passed, failed: 1, failures: ['gridMatch: 64 rows: word 3 is 0 in place of 9'] };
    expect(tableOf({ ...result, conformance: [{ ...all!, result: failing }] })).toMatchInlineSnapshot(`
      "gpu-check of batt 0.1.0, Node v24.0.0, 2026-01-01T00:00:00.000Z
      NVIDIA L4, NVIDIA L4, NVIDIA L4, NVIDIA L4, driver 550.1, CUDA 12.4
      some CPU, 48 cores

      Conformance, against the plain references to the bit
        cuda, 4 GPUs  37 passed, 1 failed, on 4 × NVIDIA L4, CUDA 12.4                       2 s
                      gridMatch: 64 rows: word 3 is 0 in place of 9
        webgpu        left out: no loader
        tensorflow    left out: it is on some CPU (CPU), TensorFlow 2.18.0, which is no GPU

      batt run, whole processes, results compared with those of wasm
        cuda  same  0.5 s

      Comparisons a second, in millions, from own storage to results on the host
               open  first 1,000  1,000
        cuda  0.5 s      0.001 s     10
        cuda, larger ones: it was not done within 90 s
        cuda, 4 GPUs: its process ended with SIGSEGV

      Steps; GB/s of outputs uploaded, and of what the kernel reads and writes
          comparisons  upload  GB/s  readback  kernel  GB/s"
    `);
  });
});

test('flags', () => {
  expect(parseFlags(['--limit', '60', '-b', 'a.py', '--data', 'train', '--quick'])).toEqual({
    out: 'gpu-check.json',
    limit: 60,
    run: ['-b', 'a.py', '--data', 'train'],
    quick: true,
    anyDevice: false,
  });
  expect(parseFlags(['--help'])).toBe('help');
  expect(parseFlags(['--limit', 'long'])).toMatchObject({ message: '--limit: found "long", expected seconds' });
  expect(parseFlags(['--fast'])).toBeInstanceOf(Error);
});
