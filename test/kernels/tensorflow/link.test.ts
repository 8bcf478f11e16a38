// scripts/link-tensorflow tells apart what is missing. That it links is seen where TensorFlow is: by all other tests here.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageFolder } from '../../../src/arc/bundled.ts';

const folder = mkdtempSync(join(tmpdir(), 'batt-link-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text = '', mode = 0o644): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

/** A folder of programs: those of the machine that the script needs, and others as shell scripts. */
function programs(name: string, own: Readonly<Record<string, string>>): string {
  const bin = join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const program of ['bash', 'env', 'uname', 'mkdir', 'mv', 'sh']) {
    const { stdout } = spawnSync('which', [program]);
    symlinkSync(String(stdout).trim(), join(bin, program));
  }
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const [program, text] of Object.entries(own)) write(join(name, program), `#!/bin/sh\n${text}\n`, 0o755);
  return bin;
}

/** A TensorFlow of empty files. */
function tensorflow(name: string, files: readonly string[]): string {
  for (const file of files) write(join(name, 'tensorflow', file));
  return join(folder, name);
}

const HEADERS = ['c/c_api.h', 'c/eager/c_api.h', 'core/platform/ctstring_internal.h'].map(
  (file) => `include/tensorflow/${file}`,
);
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const whole = tensorflow('whole', [...HEADERS, ...LIBRARIES]);
const gcc = { 'g++': 'echo 12.2.0' };

function link(bin: string, ...args: string[]): { status: number | null; stderr: string } {
  const script = join(packageFolder(), 'scripts', 'link-tensorflow');
  const { status, stderr } = spawnSync(script, args, { env: { PATH: bin, HOME: folder }, encoding: 'utf8' });
  return { status, stderr };
}

describe.runIf(process.platform === 'linux')('link-tensorflow', () => {
  test.each<[string, number, string, string, string[]]>([
    ['no compiler', 1, 'found no g++; install it', programs('bare', {}), []],
    ['no Python', 3, 'found no python3; install Python with TensorFlow', programs('no-python', gcc), []],
    ['another Python', 3, 'found no python9', programs('python9', gcc), ['--python', 'python9']],
    [
      'no TensorFlow',
      3,
      'python3 has no TensorFlow; install it (python3 -m pip install tensorflow)',
      programs('no-tensorflow', { ...gcc, python3: 'echo' }),
      [],
    ],
    [
      'a Python that fails',
      1,
      'python3 cannot look for TensorFlow',
      programs('broken', { ...gcc, python3: 'exit 9' }),
      [],
    ],
    [
      'an old TensorFlow',
      1,
      'found no libtensorflow_cc.so.2; TensorFlow is too old',
      programs('old', { ...gcc, python3: `echo ${tensorflow('old-tensorflow', HEADERS)}/tensorflow` }),
      [],
    ],
    [
      'no headers',
      1,
      'found no include/tensorflow/c/c_api.h',
      programs('no-headers', gcc),
      ['--tensorflow', join(tensorflow('bare-tensorflow', LIBRARIES), 'tensorflow')],
    ],
    ['no such folder', 1, '/nowhere: found no folder', programs('nowhere', gcc), ['--tensorflow', '/nowhere']],
    [
      'no tfjs-node',
      1,
      'found no node_modules/@tensorflow/tfjs-node; npm install --ignore-scripts',
      programs('no-tfjs', gcc),
      ['--tensorflow', whole, join(folder, 'empty')],
    ],
    [
      'no network',
      1,
      'npm could not install @tensorflow/tfjs-node@',
      programs('offline', { ...gcc, npm: 'exit 1' }),
      ['--tensorflow', whole],
    ],
    ['a wrong flag', 2, 'found --gpu, expected --python, --tensorflow or a folder', programs('flag', gcc), ['--gpu']],
    ['a flag without value', 2, '--python: found no value', programs('value', gcc), ['--python']],
  ])('%s', (_, status, message, bin, args) => {
    const result = link(bin, ...args);
    expect(result.stderr).toContain(`link-tensorflow: `);
    expect(result.stderr).toContain(message);
    expect(result.status).toBe(status);
  });

  test('sources that do not compile', () => {
    const project = join(folder, 'project');
    write('project/node_modules/@tensorflow/tfjs-node/binding/a.cc', 'no C++');
    write('project/node_modules/node-api-headers/include/node_api.h');
    const bin = programs('compile', { 'g++': 'test "$1" = -dumpfullversion && echo 12.2.0' });
    const { status, stderr } = link(bin, '--tensorflow', whole, project);
    expect(stderr).toContain(`g++ 12.2.0 could not build ${project}/node_modules/@tensorflow/tfjs-node/binding`);
    expect(status).toBe(1);
  });
});
