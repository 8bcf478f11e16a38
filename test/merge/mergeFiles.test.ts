// The solver and differ files of several output folders, brought together.
import { lstatSync, mkdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFiles } from '../../src/merge/files.ts';
import { FileStore } from '../../src/store/fileStore.ts';
import type { StoreMode, StoreRecord } from '../../src/store/layout.ts';
import { damage, record, recordsOf, scratch, snapshot, tree } from '../store/support.ts';

/** Records of solvers and differs of a task. */
function recordsOfTask(task: string, first: number, count: number): StoreRecord[] {
  const kinds = ['solver', 'differ iz', 'differ zo'] as const;
  return kinds.flatMap((kind) =>
    recordsOf(count, (place) => ({ task, kind, score: (first + place) % 7, tLog: 10 + (place % 3) })),
  );
}

async function saved(out: string, records: readonly StoreRecord[], mode: StoreMode = 'default'): Promise<string> {
  mkdirSync(out, { recursive: true });
  await new FileStore(out, { mode }).save(records);
  return out;
}

test.each(['default', 'p4'] as const)('%s: what two folders hold is what one run would have saved', async (mode) => {
  const folder = scratch();
  const parts = [recordsOfTask('007bbfb7', 0, 20), recordsOfTask('00d62c1b', 3, 40)];
  const [a, b] = [await saved(join(folder, 'a'), parts[0]!, mode), await saved(join(folder, 'b'), parts[1]!, mode)];
  const out = join(folder, 'out');
  expect(await copyFiles([a, b], out, mode)).toEqual([]);
  const alone = await saved(join(folder, 'alone'), parts.flat(), mode);
  expect(tree(out)).toEqual(tree(alone));
  expect(damage(out, parts.flat())).toEqual([]);
  for (const name of tree(out).filter((path) => lstatSync(join(out, path)).isSymbolicLink())) {
    expect(readlinkSync(join(out, name))).not.toContain(join(folder, 'a'));
  }
  const before = snapshot(out);
  expect(await copyFiles([b, a, b, out], out, mode)).toEqual([]);
  expect(snapshot(out)).toEqual(before);
});

test('of a task that two folders have the best 32 keep a link', async () => {
  const folder = scratch();
  const [low, high] = [recordsOf(20, () => ({ score: 1 })), recordsOf(45, () => ({ score: 2 })).slice(20)];
  const out = join(folder, 'out');
  const outs = [await saved(join(folder, 'a'), low), await saved(join(folder, 'b'), high)];
  expect(await copyFiles(outs, out, 'default')).toEqual([]);
  expect(tree(join(out, 'solver_md5'))).toHaveLength(45);
  const links = tree(join(out, 'solver_dir', 'solve_007bbfb7'));
  expect(links.filter((path) => path.startsWith('2/'))).toHaveLength(25);
  expect(links.filter((path) => path.startsWith('1/'))).toHaveLength(7);
});

test('absolute links of a folder that was moved are followed by their names', async () => {
  const folder = scratch();
  const records = recordsOfTask('007bbfb7', 0, 5);
  renameSync(await saved(join(folder, 'a'), records, 'p4'), join(folder, 'moved'));
  const out = join(folder, 'out');
  expect(await copyFiles([join(folder, 'moved')], out, 'p4')).toEqual([]);
  expect(tree(out)).toEqual(tree(join(folder, 'moved')));
  expect(damage(out, records)).toEqual([]);
});

test('texts that differ under one md5 are named, and the first stays', async () => {
  const folder = scratch();
  const [one] = recordsOf(1);
  const other = { ...one!, text: `${one!.text}# other\n` };
  const [a, b] = [await saved(join(folder, 'a'), [one!]), await saved(join(folder, 'b'), [other])];
  const out = join(folder, 'out');
  const path = join(out, 'solver_md5', `${one!.md5}.py`);
  const [first, ...more] = await copyFiles([a, b], out, 'default');
  expect(first).toMatchObject({ name: 'StoreError', path });
  expect(first!.message).toContain(`its texts differ in ${a}, ${b}`);
  expect(more).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(one!.text);
  expect(await copyFiles([b], out, 'default')).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).toBe(one!.text);
});

test('a text with guards takes the place of the same program without them', async () => {
  const folder = scratch();
  const plain = record('plain');
  const guarded = { ...plain, text: `${plain.text}    except: _get_safe_default(identity)\n` };
  const [a, b] = [await saved(join(folder, 'a'), [plain]), await saved(join(folder, 'b'), [guarded])];
  for (const [name, ...from] of [
    ['ab', a, b],
    ['ba', b, a],
  ] as const) {
    const out = join(folder, name);
    expect(await copyFiles(from, out, 'default')).toEqual([]);
    expect(readFileSync(join(out, 'solver_md5', `${plain.md5}.py`), 'utf8')).toBe(guarded.text);
  }
  expect(await copyFiles([b], a, 'default')).toEqual([]);
  expect(readFileSync(join(a, 'solver_md5', `${plain.md5}.py`), 'utf8')).toBe(guarded.text);
  expect(await copyFiles([a], b, 'default')).toEqual([]);
});

test('a file in the place of a folder is named', async () => {
  const folder = scratch();
  const a = await saved(join(folder, 'a'), recordsOf(2));
  const out = join(folder, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'solver_md5'), 'mine');
  await expect(copyFiles([a], out, 'default')).rejects.toThrow();
  expect(readFileSync(join(out, 'solver_md5'), 'utf8')).toBe('mine');
});
