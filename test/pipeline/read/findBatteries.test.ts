import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBatteries } from '../../../src/pipeline/read/findBatteries.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batt-find-'));
  for (const name of ['a', 'b', 'deep/c', 'deep/d', 'odd[1]']) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, `${name}.py`), '');
  }
  for (const name of ['a_call.py', '.hidden.py', 'notes.txt', 'plain']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'dir.py'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const found = (...names: string[]): string[] =>
  findBatteries(names.map((name) => join(folder, name))).map((file) => relative(folder, file));

test('files by path, with or without .py, in the order of the names', () => {
  expect(found('b.py', 'a')).toEqual(['b.py', 'a.py']);
  expect(found('plain')).toEqual(['plain']);
  expect(found('a_call')).toEqual(['a_call.py']);
});

test('a folder is its batteries in name order, without companions, hidden files and folders', () => {
  expect(found('.')).toEqual(['a.py', 'b.py', 'odd[1].py']);
  expect(found('deep')).toEqual(['deep/c.py', 'deep/d.py']);
});

test('patterns in any segment', () => {
  expect(found('?.py')).toEqual(['a.py', 'b.py']);
  expect(found('*/*')).toEqual(['deep/c.py', 'deep/d.py']);
  expect(found('d*p')).toEqual(['deep/c.py', 'deep/d.py']);
  expect(found('o*[1].py')).toEqual(['odd[1].py']);
  expect(found('*')).toEqual(['a.py', 'b.py', 'deep/c.py', 'deep/d.py', 'odd[1].py']);
});

test('a file named twice is there once', () => {
  expect(found('a', 'a.py', 'deep/../a', '*')).toEqual(['a.py', 'b.py', 'deep/c.py', 'deep/d.py', 'odd[1].py']);
});

test('names that stand for nothing are refused', () => {
  expect(() => found('c')).toThrow(/c: found no such file or folder \(nor .*c\.py\), expected a battery/);
  expect(() => found('x.py')).toThrow('found no such file or folder, expected');
  expect(() => found('x*')).toThrow('found a pattern that matches no file');
  expect(() => found('dir.py')).toThrow('found a folder without batteries');
});
