// What is in a bundle, as kaggle/bundle has built it into the folder $BATT_BUNDLE: whole, licensed, and for glibc 2.35.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isElf, neededVersions } from '../../kaggle/bundle.d/elf.ts';
import type { Part } from '../../kaggle/bundle.d/licences.ts';
import { type BundleFile, filesBelow } from '../../kaggle/bundle.d/tree.ts';

interface Manifest {
  readonly format: number;
  readonly glibc: string;
  readonly commit: string;
  readonly parts: readonly Part[];
  readonly files: readonly BundleFile[];
}

const output = process.env.BATT_BUNDLE;
if (output === undefined)
  console.log('left out: what is in the bundle; kaggle/bundle builds one, BATT_BUNDLE names its folder');

/** What glibc itself has: the rest must be in the bundle. */
const GLIBC = /^(libc|libm|libdl|libpthread|ld-linux-x86-64)\.so\.\d$/;

describe.skipIf(output === undefined)('the bundle', () => {
  let folder: string;
  let archive: string;
  const at = (path: string) => join(folder, 'batt', path);
  let manifest: Manifest;
  let libraries: readonly string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'batt-bundle-test-'));
    archive = join(output!, readdirSync(output!).find((name) => name.endsWith('.tar.gz'))!);
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    manifest = JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as Manifest;
    libraries = filesBelow(at('')).filter((path) => isElf(readFileSync(at(path))));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is at most 60 MB, and has the digest beside it', () => {
    expect(statSync(archive).size).toBeLessThanOrEqual(60_000_000);
    const [digest, name] = readFileSync(`${archive}.sha256`, 'utf8').trim().split('  ');
    expect(archive.endsWith(`/${name}`)).toBe(true);
    expect(sha256(readFileSync(archive))).toBe(digest);
  });

  test('has plain files alone, of root, in order, with the time of the commit', () => {
    const lines = execFileSync('tar', ['--full-time', '--utc', '-tvzf', archive], { encoding: 'utf8' })
      .trim()
      .split('\n');
    const fields = lines.map((line) => line.split(/ +/));
    expect(new Set(fields.map(([mode]) => mode))).toEqual(new Set(['-rw-r--r--', '-rwxr-xr-x']));
    expect(new Set(fields.map(([, owner]) => owner))).toEqual(new Set(['0/0']));
    expect(new Set(fields.map(([, , , day, time]) => `${day} ${time}`)).size).toBe(1);
    const names = fields.map((words) => words.at(-1)!);
    expect(names).toEqual(['batt/SHA256SUMS', ...names.slice(1).toSorted()]);
  });

  test('has exactly the files of its manifest and sums', () => {
    const sums = readFileSync(at('SHA256SUMS'), 'utf8')
      .split('\n')
      .filter((line) => /^[0-9a-f]/.test(line));
    expect(sums).toEqual(
      filesBelow(at(''))
        .filter((path) => path !== 'SHA256SUMS')
        .toSorted()
        .map((path) => `${sha256(readFileSync(at(path)))}  ${path}`),
    );
    const listed = manifest.files.map(({ path, size, sha256 }) => ({ path, size, sha256 }));
    const there = filesBelow(at(''))
      .filter((path) => path !== 'SHA256SUMS' && path !== 'manifest.json')
      .toSorted();
    expect(listed).toEqual(
      there.map((path) => ({ path, size: statSync(at(path)).size, sha256: sha256(readFileSync(at(path))) })),
    );
    expect(manifest.commit).toMatch(/^[0-9a-f]{40}$/);
  });

  test('has the licence of every part', () => {
    const parts = new Map(manifest.parts.map((part) => [part.name, part]));
    const index = readFileSync(at('licences/index.txt'), 'utf8');
    for (const name of new Set(manifest.files.map(({ part }) => part))) expect(parts.has(name), name).toBe(true);
    for (const { name, version, licence, licences } of parts.values()) {
      expect(index).toContain(`${name} ${version}\n  ${licence}: `);
      expect(licences.length, name).toBeGreaterThan(0);
      for (const text of licences) {
        expect(readFileSync(at(`licences/${text}`), 'utf8'), text).toMatch(/permission|licen[cs]e|redistribution/i);
      }
    }
    const packages = filesBelow(at('node_modules')).filter((path) => path.endsWith('package.json'));
    for (const path of packages) expect(parts.has(path.replace('/package.json', '')), path).toBe(true);
    // what esbuild puts into a file of dist says where it comes from
    const inlined = filesBelow(at('dist')).flatMap((path) =>
      [...readFileSync(at(`dist/${path}`), 'utf8').matchAll(/^\s*\/\/ node_modules\/((@[^/\n]+\/)?[^/\n]+)\//gm)].map(
        (match) => match[1]!,
      ),
    );
    expect(inlined).toContain('commander');
    for (const name of new Set(inlined)) expect(parts.has(name), name).toBe(true);
  });

  test('needs glibc 2.35 and nothing that is not in it', () => {
    expect(libraries.toSorted()).toEqual([
      'bin/node',
      'lib/cxx/libgcc_s.so.1',
      'lib/cxx/libstdc++.so.6',
      'lib/vulkan/libvulkan.so.1',
      'node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
      'node_modules/webgpu/dist/linux-x64/dawn.node',
    ]);
    const own = new Set(['libstdc++.so.6', 'libgcc_s.so.1']);
    for (const path of libraries) {
      for (const { library, version } of neededVersions(readFileSync(at(path)))) {
        expect(GLIBC.test(library) || own.has(library), `${path} needs ${library}`).toBe(true);
        const [, minor] = /^GLIBC_2\.(\d+)/.exec(version) ?? [];
        expect(Number(minor ?? 0), `${path} needs ${version}`).toBeLessThanOrEqual(35);
      }
    }
  });

  test('needs arc4random of a newer glibc only for std::random_device, which nothing in it uses', () => {
    for (const path of libraries) {
      const needed = execFileSync('readelf', ['--dyn-syms', '--wide', at(path)], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      })
        .split('\n')
        .filter((line) => line.includes(' UND '));
      expect(needed.filter((line) => line.includes('random_device'))).toEqual([]);
      const isLibstdcxx = path.endsWith('libstdc++.so.6');
      expect(
        needed
          .filter((line) => line.includes('FUNC    GLOBAL') && !line.includes('@'))
          .map((line) => line.split(' ').at(-1)),
      ).toEqual(isLibstdcxx ? ['arc4random'] : []);
    }
  });

  test('a glibc without arc4random is no obstacle', () => {
    const copy = readFileSync(at('lib/cxx/libstdc++.so.6'));
    const name = copy.indexOf('\0arc4random\0') + 1;
    expect(name).toBeGreaterThan(0);
    copy.write('arc4absent', name, 'latin1'); // which no glibc has
    writeFileSync(join(folder, 'libstdc++.so.6'), copy);
    const program = 'process.dlopen({ exports: {} }, process.argv[1])';
    const dawn = at('node_modules/webgpu/dist/linux-x64/dawn.node');
    const env = { LD_LIBRARY_PATH: folder };
    expect(spawnSync(at('bin/node'), ['-e', program, dawn], { env, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('has the build of this commit alone', () => {
    expect(filesBelow(at('dist')).filter((path) => !/\.c?js$/.test(path))).toEqual([]);
    expect(existsSync(at('examples/battery.py'))).toBe(true);
    expect(readFileSync(at('run.sh'))).toEqual(readFileSync(join(output!, 'run.sh')));
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
