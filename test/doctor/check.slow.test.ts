// `batt doctor --check` as it is built, on whatever devices there are, and what it makes of machines that are not at hand.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPassed } from '../../src/doctor/check/checkMachine.ts';
import { CheckSteps } from '../../src/doctor/check/checkSteps.ts';
import type { MachineCheck } from '../../src/doctor/check/machineCheck.ts';
import { hasGpu, leftOut, nameOf, subjectsOf } from '../../src/doctor/check/subjects.ts';
import { timePython } from '../../src/doctor/check/timePython.ts';
import type { Diagnosis } from '../../src/doctor/diagnose.ts';
import { jsonLines, runProcess } from '../../src/doctor/runCommand.ts';
import { checkText } from '../../src/report/checkText.ts';
import { useBatt } from '../cli/command.ts';
import { doubleEnvironment, doubleFolder } from '../kernels/cuda/double.ts';

const python = process.env.PYTHON || 'python3';

/** What is read here of the JSON document. */
type CheckDocument = Pick<MachineCheck, 'complete' | 'conformance' | 'runs' | 'timings'> & {
  readonly doctor: { readonly backends: readonly { readonly name: string; readonly reason?: string }[] };
};

describe('batt doctor --check', () => {
  const { folder, file } = useBatt();

  function check(args: readonly string[], env: NodeJS.ProcessEnv) {
    const all = [file, 'doctor', '--check', ...args];
    return spawnSync(process.execPath, all, { cwd: folder, env: { XDG_CACHE_HOME: folder, ...env }, encoding: 'utf8' });
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
    const { status, stdout, stderr } = check(['--any-device', '--quick', '-o', 'check.json'], twoGpus());
    const result = JSON.parse(readFileSync(join(folder, 'check.json'), 'utf8')) as CheckDocument;
    const there = result.conformance.map(({ backend }) => backend);
    for (const { name, reason } of result.doctor.backends) {
      if (reason !== undefined) console.warn(`left out: batt doctor --check on ${name}: ${reason}`);
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
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('JSON: check.json');
  });

  test('names the file that it cannot write, before it checks anything', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = check(['--any-device', '--out', 'nowhere/result.json'], process.env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^batt: .*nowhere\/result\.json/);
  });

  test.skipIf(existsSync('/proc/driver/nvidia/version'))('says that there is no GPU', { timeout: 60_000 }, () => {
    const { PATH = '', HOME = '' } = process.env;
    const { status, stdout, stderr } = check([], { PATH, HOME });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('there is no GPU on this machine: nothing to check');
  });

  test('refuses its flags without it, and a limit that is no number', () => {
    const doctor = (...args: string[]) => spawnSync(process.execPath, [file, 'doctor', ...args], { encoding: 'utf8' });
    expect(doctor('--quick')).toMatchObject({ status: 2, stderr: expect.stringContaining('--quick is for --check') });
    expect(doctor('--check', '--limit', 'long')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('found long, expected seconds'),
    });
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
  ] as const)('$library', { timeout: 60_000 }, async ({ library, version }) => {
    const found = await timePython(library, { sizes: [10, 3000], rounds: 1 }, 50);
    expect(found.version).toMatch(version);
    expect(found.sizes.map(({ comparisons, steps }) => [comparisons, steps !== undefined])).toEqual([
      [10, true],
      [3000, true],
    ]);
  });
});

describe('a process', () => {
  const node = (code: string, limit = 20) => runProcess(process.execPath, ['-e', code], process.env, limit);

  test('that crashes, fails or hangs says so, and keeps the lines that it has written', async () => {
    expect(await node('console.log("{}"); process.exitCode = 0')).toEqual({ code: 0, stdout: '{}\n' });
    expect((await node('process.abort()')).failure).toContain('ended with SIGABRT');
    expect(await node('console.error("out of memory"); process.exit(3)')).toMatchObject({
      code: 3,
      failure: 'ended with exit code 3: out of memory',
    });
    const failing = await node('throw new RangeError("too large")');
    expect(failing.failure).toBe('ended with exit code 1: RangeError: too large');
    const hanging = await node('process.stdout.write("{}\\n{"); setInterval(() => {}, 1000)', 1);
    expect(hanging.failure).toBe('gave no answer within 1 s');
    expect(jsonLines(hanging)).toEqual([{}]);
    expect((await runProcess('/nosuch', [], process.env, 1)).failure).toBe('is not on PATH');
  });
});

describe('a step', () => {
  test('that fails becomes its reason', async () => {
    const told: string[] = [];
    const steps = new CheckSteps(600, (line) => told.push(line));
    expect(await steps.do('one', async () => ({ a: 1 }))).toEqual({ a: 1, seconds: expect.any(Number) });
    const failing = async () => {
      throw new Error('no\ndriver');
    };
    expect(await steps.do('two', failing)).toEqual({ reason: 'no; driver', seconds: expect.any(Number) });
    expect(told).toEqual([expect.stringMatching(/^one: .* s$/), 'two: no; driver']);
  });

  test('is left out when no time is left', async () => {
    const late = new CheckSteps(0.5, () => {});
    expect(await late.do('a step', async () => ({}))).toMatchObject({
      reason: 'left out: no time is left, see --limit',
    });
  });
});

const L4 = { ordinal: 0, name: 'NVIDIA L4', memoryBytes: 2 ** 34, capability: 89 };
const nvrtc = { reason: 'not looked for' };
const present = (device: string) => ({ found: { device, openSeconds: 1, points: [] } });

/** What the doctor found on a machine with four GPUs. */
const FOUR: Diagnosis = {
  host: {
    engine: '0.1.0',
    node: { version: 'v24.0.0', path: '/node', platform: 'linux', arch: 'x64', expected: '>=20', supported: true },
    cpu: { model: 'some CPU', cores: 48, usable: 48 },
    memory: { total: 2 ** 37, available: 2 ** 36 },
  },
  installed: {
    nvidiaSmi: { found: { driver: '550.1', cuda: '12.4', gpus: Array(4).fill({ name: 'NVIDIA L4' }) } },
    nvidiaDriver: { found: { version: '550.1', gpus: [] } },
    cudaDriver: nvrtc,
    nvrtc,
    pythonTensorFlow: nvrtc,
    nodeTensorFlow: nvrtc,
    vulkanLoader: nvrtc,
    vulkanDrivers: nvrtc,
  },
  adapters: { reason: 'no loader' },
  cuda: { found: { cuda: '12.4', library: 'libcuda.so.1', gpus: Array(4).fill(L4), nvrtc } },
  backends: [
    { name: 'cpu', state: present('some CPU') },
    { name: 'wasm', state: present('some CPU') },
    { name: 'webgpu', state: { reason: 'no loader' } },
    { name: 'tensorflow', state: present('some CPU (CPU), TensorFlow 2.18.0') },
    { name: 'cuda', state: present('4 × NVIDIA L4, CUDA 12.4') },
  ],
  crossover: { notes: [] },
  auto: [],
};

describe('a machine with four GPUs', () => {
  const absent = { reason: 'absent' };

  test('is checked on one of them, and on all', () => {
    expect(subjectsOf(FOUR, false).map(nameOf)).toEqual(['cuda', 'cuda, 4 GPUs']);
    expect(leftOut(FOUR, false)).toEqual([
      { backend: 'tensorflow', reason: 'it is on some CPU (CPU), TensorFlow 2.18.0, which is no GPU' },
      { backend: 'webgpu', reason: 'no loader' },
    ]);
    expect(hasGpu({ ...FOUR, installed: { ...FOUR.installed, nvidiaSmi: absent } })).toBe(true);
  });

  test('is checked on those that CUDA_VISIBLE_DEVICES leaves visible, also where there is no nvidia-smi', () => {
    const cuda = { found: { cuda: '12.4', library: 'libcuda.so.1', gpus: Array(3).fill(L4), nvrtc } };
    const three: Diagnosis = { ...FOUR, cuda };
    const bare = { ...three, installed: { ...FOUR.installed, nvidiaSmi: absent, nvidiaDriver: absent } };
    for (const diagnosis of [three, bare]) {
      expect(subjectsOf(diagnosis, false).map(nameOf)).toEqual(['cuda', 'cuda, 3 GPUs']);
      expect(hasGpu(diagnosis)).toBe(true);
    }
    expect(hasGpu({ ...bare, cuda: absent })).toBe(false);
    expect(hasGpu({ ...bare, cuda: absent, adapters: { found: ['llvmpipe'] } })).toBe(false);
    expect(hasGpu({ ...bare, cuda: absent, adapters: { found: ['llvmpipe', 'Radeon'] } })).toBe(true);
  });

  const [cuda, all] = subjectsOf(FOUR, false);
  const passed = { device: '4 × NVIDIA L4, CUDA 12.4', passed: 37, failed: 0, failures: [], seconds: 2 };
  const same = { run_seconds: [0.5], same: true, seconds: 1 };
  const result: MachineCheck = {
    date: '2026-01-01T00:00:00.000Z',
    complete: true,
    quick: false,
    anyDevice: false,
    run: [],
    diagnosis: FOUR,
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
    expect(checkText({ ...result, conformance: [{ ...all!, result: failing }] })).toMatchInlineSnapshot(`
      "check of batt 0.1.0, Node v24.0.0, 2026-01-01T00:00:00.000Z
      NVIDIA L4, NVIDIA L4, NVIDIA L4, NVIDIA L4, driver 550.1, CUDA 12.4
      some CPU, 48 cores

      Conformance, against the plain references to the bit
        cuda, 4 GPUs  37 passed, 1 failed, on 4 × NVIDIA L4, CUDA 12.4                       2 s
                      gridMatch: 64 rows: word 3 is 0 in place of 9
        tensorflow    left out: it is on some CPU (CPU), TensorFlow 2.18.0, which is no GPU
        webgpu        left out: no loader

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
