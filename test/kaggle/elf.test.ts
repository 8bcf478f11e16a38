// Versions of symbols in ELF files, on the libstdc++ of the Node that runs this, as readelf of binutils sees them.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dropVersion, isElf, neededVersions } from '../../kaggle/bundle.d/elf.ts';

const folder = mkdtempSync(join(tmpdir(), 'batt-elf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { sharedObjects } = process.report.getReport() as { sharedObjects: readonly string[] };
const path = sharedObjects.find((file) => file.includes('libstdc++.so'));
const hasReadelf = spawnSync('readelf', ['--version']).status === 0;
if (path === undefined || !hasReadelf)
  console.log('left out: versions in ELF files: no libstdc++ or no readelf is here');
const versions = (file: Buffer) => neededVersions(file).map(({ library, version }) => `${library} ${version}`);

/** The same by readelf: `Version: 1  File: libc.so.6 …`, then `Name: GLIBC_2.34 …` a line. */
function byReadelf(path: string): string[] {
  const text = execFileSync('readelf', ['--version-info', '--wide', path], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  let library = '';
  return text.split('\n').flatMap((line) => {
    library = /File: (\S+)/.exec(line)?.[1] ?? library;
    const version = /Name: (\S+) {2}Flags: .* Version: /.exec(line)?.[1];
    return version === undefined ? [] : [`${library} ${version}`];
  });
}

describe.skipIf(path === undefined || !hasReadelf)('the needs of a library', () => {
  const library = path === undefined ? Buffer.alloc(0) : readFileSync(path);

  test('are those that readelf shows', () => {
    expect(isElf(library)).toBe(true);
    expect(isElf(Buffer.from('#!/bin/sh\n'.repeat(20)))).toBe(false);
    expect(versions(library)).toContain('libc.so.6 GLIBC_2.2.5');
    expect(versions(library)).toEqual(byReadelf(path!));
  });

  test('can be dropped where there are several, and no other one goes with them', () => {
    const ofC = neededVersions(library).filter((need) => need.library === 'libc.so.6');
    expect(ofC.length).toBeGreaterThan(3);
    for (const { version } of [ofC[0]!, ofC[2]!, ofC.at(-1)!]) {
      const copy = Buffer.from(library);
      dropVersion(copy, 'libc.so.6', version);
      const file = join(folder, 'copy');
      writeFileSync(file, copy);
      expect(byReadelf(file)).toEqual(versions(library).filter((text) => text !== `libc.so.6 ${version}`));
      expect(versions(copy)).toEqual(byReadelf(file));
      expect(() => dropVersion(copy, 'libc.so.6', version)).toThrow(
        `found no need of ${version} of libc.so.6 among others, expected one`,
      );
    }
  });
});
