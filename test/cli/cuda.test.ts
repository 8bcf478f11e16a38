// `batt` and a GPU that fails, or of which something is missing: test doubles of NVIDIA's libraries stand for it.
import { describe, expect, test } from 'vitest';
import { readNvidiaDriver } from '../../kernels/nvidiaDriver.ts';
import { crossoverPath, crossoverText } from '../../src/backend/crossoverFile.ts';
import { machineTraits } from '../../src/backend/machine.ts';
import { doubleEnvironment, doubleFolder } from '../kernels/cuda/double.ts';
import { batteryFile, type JsonLine, useBatt } from './command.ts';

const batt = useBatt();
const folder = doubleFolder();
if (folder === undefined) console.warn('left out: batt with a GPU that fails: no g++ on Linux');
const run = ['run', '-b', batteryFile, '--data', 'bundled'];
const on = (machine: string) => doubleEnvironment(folder!, machine);

/** The lines without what tells backends and times apart. */
function plain(lines: readonly JsonLine[]): string[] {
  return lines.map(({ backend: _, device: __, timing: ___, seconds: ____, fellBack: _____, ...line }) =>
    JSON.stringify(line).replaceAll(/"t_log":\d+/g, '"t_log":0'),
  );
}

describe.skipIf(folder === undefined)('a GPU', () => {
  test('four of them, and one of four: the same results', () => {
    const wanted = plain(batt.json([...run, '--backend', 'wasm']));
    for (const [flags, device] of [
      [[], '2 × an L4, 2 × a T4, CUDA 12.4'],
      [['--gpus', '1'], 'an L4, CUDA 12.4'],
      [['--device', 'T4'], '2 × a T4, CUDA 12.4'],
    ] as const) {
      const lines = batt.json([...run, '--backend', 'cuda', '--require-backend', ...flags], {
        ...on('devices=4;name=an L4,an L4,a T4;capability=89,89,75'),
      });
      expect(plain(lines)).toEqual(wanted);
      expect(lines.at(-1)).toMatchObject({ backend: 'cuda', device });
    }
  });

  test.each([
    ['out of memory', 'fail=cuMemAlloc_v2:4:2', 'cuMemAlloc_v2 gave 2, CUDA_ERROR_OUT_OF_MEMORY'],
    ['a kernel that fails', 'fail=cuStreamSynchronize:9:719', 'cuStreamSynchronize gave 719, CUDA_ERROR_LAUNCH_FAILED'],
    ['one of two is gone', 'devices=2;fail=cuMemcpyDtoHAsync_v2:2:700', 'cuMemcpyDtoHAsync_v2 gave 700'],
  ])('lost in the middle, %s: the run ends on wasm with the same results, or fails', (_, machine, words) => {
    const lines = batt.json([...run, '--backend', 'cuda'], on(machine));
    expect(plain(lines)).toEqual(plain(batt.json([...run, '--backend', 'wasm'])));
    const reason = expect.stringMatching(`^backend cuda was lost: GPU [01]: ${words}`);
    expect(lines.at(-1)).toMatchObject({ backend: 'wasm', fellBack: { from: 'cuda', to: 'wasm', reason } });
    const quiet = batt.run([...run, '--backend', 'cuda', '--quiet'], on(machine));
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(quiet.stdout).toMatch(new RegExp(`^backend {5}wasm, since backend cuda was lost: GPU [01]: ${words}`, 'm'));
    const required = batt.run([...run, '--backend', 'cuda', '--require-backend'], on(machine));
    expect([required.code, required.stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  test.each([
    ['no device', 'devices=0', 'cuInit gave 100, CUDA_ERROR_NO_DEVICE'],
    ['a driver that is too old', 'fail=cuModuleLoadData:1:209', 'it may be too old for this nvrtc'],
    ['no memory', 'fail=cuStreamCreate:1:2', 'the GPU has too little free memory'],
    ['no driver', undefined, 'no NVIDIA driver: libcuda.so.1: not found in'],
  ])('absent, %s: exit 2 where it was named, wasm where auto chose it', (_, machine, words) => {
    if (machine === undefined && readNvidiaDriver().version !== undefined) return; // it has one
    const env = machine === undefined ? {} : on(machine);
    const named = batt.run([...run, '--backend', 'cuda'], env);
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('batt: backend cuda is absent: ')]);
    expect(named.stderr).toContain(words);

    // what was measured when it was there
    const points = [{ comparisons: 1000, seconds: 1e-6 }];
    const backends = [{ backend: 'cuda', device: 'a GPU', openSeconds: 1e-6, points }] as const;
    const traits = machineTraits('/', batt.env(env)); // those of the process that is to run
    const name = crossoverPath(traits).split('/').at(-1)!;
    const file = `measured/batt/${name}`;
    batt.write(file, crossoverText(traits, { measured: '2026-01-02T03:04:05.000Z', backends }));
    const cache = { XDG_CACHE_HOME: `${batt.folder}/measured` };
    const auto = batt.run([...run, '--json'], { ...env, ...cache });
    expect([auto.code, auto.stderr]).toEqual([0, expect.stringMatching(/is absent: .*; the run goes on with wasm$/m)]);
    const summary = JSON.parse(auto.stdout.trimEnd().split('\n').at(-1)!) as JsonLine;
    const reason = expect.stringContaining(words);
    expect(summary).toMatchObject({ backend: 'wasm', fellBack: { from: 'cuda', to: 'wasm', reason } });
    expect(batt.run([...run, '--require-backend'], { ...env, ...cache })).toMatchObject({ code: 2 });
  });

  test('doctor: what it finds, and what of that can be used', () => {
    const machine = on('devices=2;name=an L4,a T4;capability=89,75;memory=8589934592');
    const [line] = batt.json(['doctor'], machine) as [
      JsonLine & { cuda: object; backends: object[]; preference: string[] },
    ];
    expect(line.cuda).toMatchObject({
      gpus: {
        present: true,
        cuda: '12.4',
        library: `${folder}/libcuda.so.1`,
        nvrtc: { present: true, version: '12.4', file: `${folder}/libnvrtc.so.12` },
        gpus: [
          { name: 'an L4', memory: 2 ** 33, capability: '8.9' },
          { name: 'a T4', memory: 2 ** 33, capability: '7.5' },
        ],
      },
    });
    expect(line.backends).toContainEqual(
      expect.objectContaining({ name: 'cuda', present: true, device: 'an L4, a T4, CUDA 12.4' }),
    );
    expect(line.preference).toEqual(['cuda', 'tensorflow', 'webgpu', 'wasm', 'cpu']);
    const section = /^CUDA$([\s\S]*?)^$/m.exec(batt.run(['doctor'], machine).stdout)![1]!;
    expect(section.split('\n').slice(-4, -1)).toEqual([
      '  GPUs           an L4, 8.0 GiB, compute capability 8.9',
      '                 a T4, 8.0 GiB, compute capability 7.5',
      `                 runs CUDA up to 12.4, kernels by nvrtc 12.4, ${folder}/libnvrtc.so.12`,
    ]);
    const none = batt.run(['doctor'], on('devices=0')).stdout;
    expect(none).toMatch(/^ {2}GPUs {11}absent: cuInit gave 100, CUDA_ERROR_NO_DEVICE/m);
  });
});
