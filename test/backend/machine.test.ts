// What tells machines apart. Folders stand in for the device files and drivers of other machines.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { machineTraits } from '../../src/backend/machine.ts';

const root = mkdtempSync(join(tmpdir(), 'batt-machine-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text = ''): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

test('traits: engine, Node, CPU and cores, then the devices, drivers and variables that are there', () => {
  const bare = machineTraits(root, {});
  expect(bare.slice(0, 3)).toEqual([
    expect.stringMatching(/^engine \d+\.\d+\.\d+/),
    `node ${process.versions.node.split('.')[0]}`,
    `${process.platform} ${process.arch}`,
  ]);
  expect(bare.slice(3)).toEqual([expect.stringMatching(/^cpu ./), expect.stringMatching(/^cores \d+$/)]);

  for (const name of ['nvidia1', 'nvidia0', 'nvidiactl', 'nvidia-uvm', 'dri/renderD128', 'dri/card0'])
    write(`dev/${name}`);
  write('sys/class/drm/renderD128/device/vendor', '0x10de\n');
  write('sys/class/drm/renderD128/device/device', '0x27b8\n');
  write(
    'proc/driver/nvidia/version',
    'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19\nGCC version: 12\n',
  );
  write('proc/driver/nvidia/gpus/0000:00:04.0/information', 'Model: \t\t NVIDIA L4\nIRQ:   \t\t 30\n');
  const env = { VK_ICD_FILENAMES: '/a.json', CUDA_VISIBLE_DEVICES: '', HOSTNAME: 'x' };
  expect(machineTraits(root, env).slice(5)).toEqual([
    'device nvidia0',
    'device nvidia1',
    'nvidia driver 535.104.05',
    'gpu NVIDIA L4',
    'device renderD128 0x10de 0x27b8',
    'CUDA_VISIBLE_DEVICES ',
    'VK_ICD_FILENAMES /a.json',
  ]);
});

test('traits are the same as long as the machine is', () => {
  expect(machineTraits()).toEqual(machineTraits());
});
