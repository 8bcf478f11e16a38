// What is found of drivers and libraries, in folders that stand in for machines with and without them.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerOf } from '../../src/doctor/answer.ts';
import { findCudaDriver, findNvrtc } from '../../src/doctor/cuda.ts';
import { findInstalled } from '../../src/doctor/diagnose.ts';
import { findNodeTensorFlow } from '../../src/doctor/nodeTensorFlow.ts';
import { askNvidiaSmi, findNvidiaDriver } from '../../src/doctor/nvidia.ts';
import { askPython, findPythonTensorFlow } from '../../src/doctor/python.ts';
import { runCommand } from '../../src/doctor/runCommand.ts';
import type { Surroundings } from '../../src/doctor/surroundings.ts';
import { findVulkanDrivers, findVulkanLoader } from '../../src/doctor/vulkan.ts';
import { type Folder, useFolder } from './folders.ts';

const machine = useFolder();
const empty = useFolder();

function at(folder: Folder, env: NodeJS.ProcessEnv = {}): Surroundings {
  return { root: folder.path, env: { PATH: `${folder.path}/bin:/usr/bin:/bin`, HOME: `${folder.path}/home`, ...env } };
}

/** The loader's cache of this machine knows nothing of the folder's. */
const noCache = (folder: Folder) => folder.command('bin/ldconfig', 'exit 1');
noCache(machine);
noCache(empty);

describe('nvidia-smi', () => {
  const answers = (table: string, overview = '') =>
    machine.command(
      'bin/nvidia-smi',
      `case "$1" in --query-gpu=name,memory.total,driver_version) cat <<'END'\n${table}\nEND\n;; *) cat <<'END'\n${overview}\nEND\n;; esac`,
    );

  test('names, memory, driver and CUDA', async () => {
    answers(
      'NVIDIA L4, 23034, 550.54.15\nNVIDIA L4, 23034, 550.54.15',
      '| NVIDIA-SMI 550.54.15     Driver Version: 550.54.15      CUDA Version: 12.4     |',
    );
    const l4 = { name: 'NVIDIA L4', memoryBytes: 23034 * 2 ** 20 };
    expect(await askNvidiaSmi(at(machine))).toEqual({ driver: '550.54.15', cuda: '12.4', gpus: [l4, l4] });
  });

  test('memory that is not known, a comma in a name, no CUDA', async () => {
    answers('NVIDIA A, B, [N/A], 580.1');
    expect(await askNvidiaSmi(at(machine))).toEqual({ driver: '580.1', gpus: [{ name: 'NVIDIA A, B' }] });
  });

  test('one that hangs is cut off', async () => {
    machine.command('bin/nvidia-smi', 'sleep 613');
    const asked = askNvidiaSmi({ ...at(machine), commandSeconds: 0.2 });
    await expect(asked).rejects.toThrow('nvidia-smi gave no answer within 0.2 s');
  });

  test('no GPU', async () => {
    answers('No devices were found');
    await expect(askNvidiaSmi(at(machine))).rejects.toThrow('nvidia-smi listed no GPU: No devices were found');
  });
});

describe("the kernel's NVIDIA driver", () => {
  const closed =
    'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\nGCC version:\n';
  const open = 'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build  (dvs-builder)\n';

  test('version and GPUs', async () => {
    machine.write('proc/driver/nvidia/version', closed);
    machine.write('proc/driver/nvidia/gpus/0000:00:04.0/information', 'Model: \t\t NVIDIA L4\nIRQ:   \t\t 30\n');
    machine.write('proc/driver/nvidia/gpus/0000:00:05.0/information', '');
    const gpus = ['NVIDIA L4', 'unknown, at 0000:00:05.0'];
    expect(await findNvidiaDriver(at(machine))).toEqual({ version: '535.104.05', gpus });
    machine.write('proc/driver/nvidia/version', open);
    expect(await findNvidiaDriver(at(machine))).toEqual({ version: '550.54.15', gpus });
    machine.write('proc/driver/nvidia/version', 'garbage\n');
    await expect(findNvidiaDriver(at(machine))).rejects.toThrow('found garbage, expected a version');
  });
});

describe('libraries', () => {
  test('the driver of CUDA, and every nvrtc once', async () => {
    const driver = machine.write('usr/lib64/libcuda.so.535.104.05');
    symlinkSync(driver, join(machine.path, 'usr/lib64/libcuda.so.1'));
    symlinkSync(join(machine.path, 'nowhere'), machine.write('usr/lib/x').replace(/x$/, 'libcuda.so.1'));
    const found = { file: join(machine.path, 'usr/lib64/libcuda.so.1'), version: '535.104.05' };
    expect(await findCudaDriver(at(machine))).toEqual(found);

    const toolkit = machine.write('usr/local/cuda-12.2/lib64/libnvrtc.so.12.2.140');
    symlinkSync(toolkit, join(machine.path, 'usr/local/cuda-12.2/lib64/libnvrtc.so.12'));
    machine.write('usr/local/cuda-12.2/lib64/libnvrtc-builtins.so.12.2');
    const wheel = machine.write('packages/nvidia/cuda_nvrtc/lib/libnvrtc.so.12');
    const wheel13 = machine.write('packages/nvidia/cu13/lib/libnvrtc.so.13');
    const own = machine.write('own/libnvrtc.so.11.8');
    const surroundings = at(machine, { LD_LIBRARY_PATH: `:${machine.path}/absent:${machine.path}/own` });
    expect(await findNvrtc([join(machine.path, 'packages')], surroundings)).toEqual([
      { file: own, version: '11.8' },
      { file: join(machine.path, 'usr/local/cuda-12.2/lib64/libnvrtc.so.12'), version: '12.2.140' },
      { file: wheel13, version: '13' },
      { file: wheel, version: '12' },
    ]);
  });

  test("what the loader's cache lists for this architecture comes first", async () => {
    const folder = useFolder();
    const mark = process.arch === 'arm64' ? 'AArch64' : 'x86-64';
    folder.write('opt/libvulkan.so.1');
    folder.write('opt32/libvulkan.so.1');
    folder.write('usr/lib/libvulkan.so.1');
    folder.command(
      'bin/ldconfig',
      `echo '2 libs found in cache'
      echo '\tlibvulkan.so.1 (libc6) => /opt32/libvulkan.so.1'
      echo '\tlibvulkan.so.1 (libc6,${mark}) => /opt/libvulkan.so.1'`,
    );
    expect(await findVulkanLoader(at(folder))).toEqual({ file: join(folder.path, 'opt/libvulkan.so.1'), version: '1' });
  });

  test('absent: says where was looked', async () => {
    const surroundings = at(empty, { LD_LIBRARY_PATH: '/some/where' });
    for (const probe of [
      () => findCudaDriver(surroundings),
      () => findNvrtc(['/packages'], surroundings),
      () => findVulkanLoader(surroundings),
    ]) {
      await expect(probe()).rejects.toThrow(/^not found in \/some\/where, the loader's cache .*\/usr\/lib/);
    }
    await expect(findNvrtc(['/packages'], surroundings)).rejects.toThrow('/usr/local/cuda*/lib64, /packages/nvidia');
  });
});

describe('TensorFlow', () => {
  test("python3's, by what its installer left, and none of its companions", async () => {
    const packages = join(machine.path, 'site-packages');
    for (const name of [
      'tensorflow_estimator-2.15.0',
      'tensorflow_io-0.1',
      'tensorflow_cpu-2.15.0.post1',
      'numpy-1.26',
    ]) {
      machine.write(`site-packages/${name}.dist-info/METADATA`);
    }
    const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((name) =>
      machine.write(`site-packages/tensorflow/${name}`),
    );
    machine.command(
      'bin/python3',
      `printf '3.11.9\\n/opt/bin/python3\\n/usr/lib/python3.11\\nrelative\\n${packages}\\n'`,
    );
    const python = await askPython(at(machine));
    expect(python).toEqual({ version: '3.11.9', executable: '/opt/bin/python3', folders: [packages] });
    const folder = join(packages, 'tensorflow');
    expect(await findPythonTensorFlow(python)).toEqual({ version: '2.15.0.post1', folder, libraries });
    await expect(findPythonTensorFlow({ ...python, folders: [empty.path] })).rejects.toThrow(
      `python3 3.11.9 has none in ${empty.path}`,
    );
  });

  test('of Node, only with its addon', async () => {
    const name = '@tensorflow/tfjs-node';
    const folder = join(machine.path, 'app/node_modules', name);
    machine.write(`app/node_modules/${name}/package.json`, JSON.stringify({ name, version: '4.22.0' }));
    await expect(findNodeTensorFlow([folder])).rejects.toThrow(`${folder}: the addon is not built`);
    const addon = machine.write(`app/node_modules/${name}/lib/napi-v8/tfjs_binding.node`);
    expect(await findNodeTensorFlow([empty.path, folder])).toEqual({ name, version: '4.22.0', addon });
    await expect(findNodeTensorFlow([])).rejects.toThrow('neither @tensorflow/tfjs-node-gpu nor');
  });
});

describe('Vulkan drivers', () => {
  test('manifests of the standard folders, each with its library or what is wrong', async () => {
    const icd = (path: unknown) => JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: path } });
    const library = machine.write('usr/share/vulkan/icd.d/libvk_here.so');
    machine.write('usr/share/vulkan/icd.d/here.json', icd('./libvk_here.so'));
    machine.write('usr/share/vulkan/icd.d/notes.txt', '');
    machine.write('etc/vulkan/icd.d/absolute.json', icd('/nowhere/libvk.so'));
    machine.write('etc/vulkan/icd.d/bare.json', icd('libGLX_nvidia.so.0'));
    machine.write('etc/vulkan/icd.d/damaged.json', '{');
    machine.write('etc/vulkan/icd.d/null.json', 'null');
    await runCommand('mkfifo', [join(machine.path, 'pipe.json')], process.env); // who reads it waits forever
    machine.write('home/.local/share/vulkan/icd.d/number.json', icd(5));
    const { drivers, variable } = await findVulkanDrivers(
      at(machine, { VK_ADD_DRIVER_FILES: `${machine.path}/pipe.json` }),
    );
    expect(variable).toBeUndefined();
    const found = drivers.map(({ manifest, library: answer }) => [
      manifest.slice(machine.path.length + 1),
      'found' in answer ? answer.found : answer.reason,
    ]);
    expect(found).toEqual([
      ['pipe.json', 'no file is there'],
      ['etc/vulkan/icd.d/absolute.json', 'its library /nowhere/libvk.so is not there'],
      ['etc/vulkan/icd.d/bare.json', 'libGLX_nvidia.so.0'],
      ['etc/vulkan/icd.d/damaged.json', expect.stringMatching(/JSON/)],
      ['etc/vulkan/icd.d/null.json', 'found ICD.library_path undefined, expected a path'],
      ['home/.local/share/vulkan/icd.d/number.json', 'found ICD.library_path 5, expected a path'],
      ['usr/share/vulkan/icd.d/here.json', library],
    ]);
  });

  test('variables name them in place of the folders', async () => {
    const named = await findVulkanDrivers(at(machine, { VK_ICD_FILENAMES: '/nowhere/a.json:/nowhere/b.json' }));
    const library = { reason: 'no file is there' };
    expect(named).toEqual({
      variable: 'VK_ICD_FILENAMES',
      drivers: [
        { manifest: '/nowhere/a.json', library },
        { manifest: '/nowhere/b.json', library },
      ],
    });
    const both = { VK_DRIVER_FILES: '/nowhere/c.json', VK_ICD_FILENAMES: '/nowhere/a.json' };
    expect(await findVulkanDrivers(at(machine, both))).toMatchObject({ variable: 'VK_DRIVER_FILES' });
    await expect(findVulkanDrivers(at(machine, { VK_ICD_FILENAMES: '/nowhere' }))).rejects.toThrow(
      'names none: /nowhere',
    );
    await expect(findVulkanDrivers(at(empty))).rejects.toThrow(
      `no manifest in ${empty.path}/home/.config/vulkan/icd.d`,
    );
  });
});

describe('all of it', () => {
  test('on a machine with nothing every part says why', async () => {
    const installed = await findInstalled({
      root: empty.path,
      env: { PATH: join(empty.path, 'bin'), HOME: empty.path },
    });
    for (const [part, answer] of Object.entries(installed))
      expect([part, answer]).toEqual([part, { reason: expect.any(String) }]);
  });

  test('a probe that fails or hangs becomes a reason', async () => {
    expect(await answerOf(() => 5)).toEqual({ found: 5 });
    expect(await answerOf(() => Promise.reject(new Error('two\n  lines')))).toEqual({ reason: 'two; lines' });
    expect(await answerOf(() => JSON.parse('{'))).toEqual({ reason: expect.stringContaining('JSON') });
    expect(await answerOf(() => new Promise(() => {}), 0.05)).toEqual({ reason: 'no answer within 0.05 s' });
  });
});
