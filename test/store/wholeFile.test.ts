// A file in the place of another one, whole or not at all.
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoreError } from '../../src/store/error.ts';
import { replaceFile, writeWhole } from '../../src/store/wholeFile.ts';
import { scratch } from './support.ts';

test('a file takes the place of an older one', async () => {
  const folder = scratch();
  const file = join(folder, 'report.html');
  await replaceFile(file, 'old, and longer');
  await replaceFile(file, 'néw');
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['néw', ['report.html']]);
});

test('where it cannot be written the error names it, and what is there stays', async () => {
  const folder = scratch();
  const file = join(folder, 'file');
  await replaceFile(file, 'mine');
  const taken = join(folder, 'taken');
  mkdirSync(join(taken, 'inside'), { recursive: true });
  await expect(replaceFile(taken, 'x')).rejects.toThrow(
    new StoreError(taken, 'write the file', 'a folder stands there'),
  );
  await expect(replaceFile(join(folder, 'no/x.html'), 'x')).rejects.toThrow('no such file or folder');
  await expect(replaceFile(join(file, 'x.html'), 'x')).rejects.toThrow(`${file} is a file, not a folder`);
  expect([readFileSync(file, 'utf8'), readdirSync(folder).sort()]).toEqual(['mine', ['file', 'taken']]);
});

test('until it is whole the older one has the name', async () => {
  const folder = scratch();
  const file = join(folder, 'file');
  await replaceFile(file, 'old');
  await writeWhole(file, 'new', (temporary, path) => {
    expect([path, readFileSync(path, 'utf8'), readFileSync(temporary, 'utf8')]).toEqual([file, 'old', 'new']);
    renameSync(temporary, path);
  });
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['new', ['file']]);
});

test('what could not be named is removed', async () => {
  const folder = scratch();
  const fails = writeWhole(join(folder, 'file'), 'text', (temporary) => {
    expect(readFileSync(temporary, 'utf8')).toBe('text');
    throw new Error('no name');
  });
  await expect(fails).rejects.toThrow('no name');
  expect(readdirSync(folder)).toEqual([]);
});
