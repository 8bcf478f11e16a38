// Packages of the bundle that are not what was pinned are refused.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'batt-fetch-'));
const cached = (name: string) => join(folder, 'batt/bundle-parts', name);
mkdirSync(cached(''), { recursive: true });
vi.stubEnv('XDG_CACHE_HOME', folder);
const { unpackDebian, unpackNpm } = await import('../../kaggle/bundle.d/fetch.ts');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a package of npm with another digest', () => {
  writeFileSync(cached('some-where-1.2.3.tgz'), 'damaged');
  const unpack = () =>
    unpackNpm({ name: '@some/where', version: '1.2.3', integrity: 'sha512-right' }, join(folder, 'out'));
  expect(unpack).toThrow(
    /some-where-1\.2\.3\.tgz \(@some\/where 1\.2\.3\): found sha512-\S+, expected sha512-right; it is removed/,
  );
  expect(existsSync(cached('some-where-1.2.3.tgz'))).toBe(false);
});

test('a package of Debian with another digest', async () => {
  writeFileSync(cached('some_1.deb'), 'damaged');
  const part = { name: 'some', version: '1', path: 'pool/main/some_1.deb', sha256: 'right' };
  await expect(unpackDebian(part, join(folder, 'out'))).rejects.toThrow(
    /some_1\.deb \(some 1\): found [0-9a-f]{64}, expected right/,
  );
  expect(existsSync(cached('some_1.deb'))).toBe(false);
});
