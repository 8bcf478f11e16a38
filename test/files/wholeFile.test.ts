// replaceFile: whole or not at all, and nothing is destroyed that is no file.
import { spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from '../../src/doctor/runCommand.ts';
import { replaceFile, writeWhole } from '../../src/files/wholeFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'batt-whole-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

test('a new file, and one in the place of another', async () => {
  for (const text of ['one', 'another']) {
    await replaceFile(at('file'), text);
    expect(readFileSync(at('file'), 'utf8')).toBe(text);
  }
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a link is followed and stays', async () => {
  symlinkSync('file', at('link'));
  await replaceFile(at('link'), 'through');
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('file'), 'utf8')).toBe('through');
});

test('a pipe is written to and stays', async () => {
  await runCommand('mkfifo', [at('pipe')], process.env);
  const reader = spawn('cat', [at('pipe')], { stdio: ['ignore', 'pipe', 'ignore'] });
  const read = reader.stdout.toArray();
  await new Promise((resolve) => reader.on('spawn', resolve));
  await replaceFile(at('pipe'), 'down the pipe');
  expect(Buffer.concat(await read).toString()).toBe('down the pipe');
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
});

test('a folder is refused with the reason, and stays', async () => {
  mkdirSync(at('folder'));
  writeFileSync(join(at('folder'), 'kept'), '');
  await expect(replaceFile(at('folder'), 'text')).rejects.toThrow(
    `${at('folder')}: cannot write the file: a folder stands`,
  );
  expect(readdirSync(at('folder'))).toEqual(['kept']);
});

test('where no file can be made the error says why', async () => {
  await expect(replaceFile(at('no/file'), 'text')).rejects.toThrow('no such file or folder');
  await expect(replaceFile(at('file/below'), 'text')).rejects.toThrow(`${at('file')} is a file, not a folder`);
});

test('until it is whole the older file has the name, and what gets no name is removed', async () => {
  const before = readFileSync(at('file'), 'utf8');
  const fails = writeWhole(at('file'), 'new', (temporary, path) => {
    expect([path, readFileSync(path, 'utf8'), readFileSync(temporary, 'utf8')]).toEqual([at('file'), before, 'new']);
    throw new Error('no name');
  });
  await expect(fails).rejects.toThrow('no name');
  expect([readFileSync(at('file'), 'utf8'), readdirSync(folder).filter((name) => name.endsWith('.tmp'))]).toEqual([
    before,
    [],
  ]);
});
