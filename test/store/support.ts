// Records, folders and looks into them, for the tests of the store.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StoreRecord } from '../../src/store/layout.ts';

/** A new folder that goes with its test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'batt-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** A record of a made-up program; its name decides its text and md5. */
export function record(name: string | number, fields: Partial<StoreRecord> = {}): StoreRecord {
  const text = `from dsl import *\nfrom constants import *\n\ndef solve(S, I, C):\n    O = identity(${name})\n    return O\n`;
  return { kind: 'solver', task: '007bbfb7', md5: md5Of(text), text, score: 0, tLog: 12, ...fields };
}

/** Records of the programs 0 to count − 1. */
export function recordsOf(count: number, fields: (place: number) => Partial<StoreRecord> = () => ({})): StoreRecord[] {
  return Array.from({ length: count }, (_, place) => record(place, fields(place)));
}

/** All files and links below a folder, relative paths in order. */
export function tree(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Everything below a folder with what a change would show in: times, numbers of inodes, content, targets. */
export function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { ino, mtimeMs, ctimeMs, mode } = lstatSync(path);
      const is = lstatSync(path);
      const content = is.isSymbolicLink() ? readlinkSync(path) : is.isFile() ? md5Of(readFileSync(path, 'utf8')) : '';
      return [name, ino, mtimeMs, ctimeMs, mode, content].join(' ');
    });
}

/**
 * What is not whole below an output folder: a text that is none of `records`, a link that leads nowhere or to another
 * text than its name says. Temporary files count only where they would be taken for results.
 */
export function damage(out: string, records: readonly StoreRecord[]): string[] {
  const texts = new Map(records.map(({ md5, text }) => [`${md5}.py`, text]));
  return tree(out).filter((path) => {
    const name = path.split('/').at(-1)!;
    if (/^\.batt-[0-9a-f]{16}\.tmp$/.test(name)) return false;
    const full = join(out, path);
    if (lstatSync(full).isSymbolicLink() !== path.includes('_dir/')) return true;
    return !existsSync(full) || !statSync(full).isFile() || readFileSync(full, 'utf8') !== texts.get(name);
  });
}

/** The links of a task folder as `score md5`, in order. */
export function scoresOf(out: string, folder: string): string[] {
  return tree(join(out, folder))
    .map((path) => path.replace(/^(-?\d+)\/-?\d+\/([0-9a-f]{32})\.py$/, '$1 $2'))
    .sort();
}
