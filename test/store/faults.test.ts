// A full disk, a read-only folder, files and folders in the wrong places: a clear error, and nothing lost.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreError } from '../../src/files/storeError.ts';
import { FileStore } from '../../src/store/fileStore.ts';
import type { SaveOutcome } from '../../src/store/outcome.ts';
import { readStored } from '../../src/store/stored.ts';
import { damage, record, recordsOf, scratch, snapshot, tree } from './support.ts';

function errorsOf(outcomes: readonly SaveOutcome[]): StoreError[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.error] : []));
}

function call(command: string, ...values: string[]): string {
  return execFileSync(command, values, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function mount(options: string, folder: string): boolean {
  try {
    call('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder);
    return true;
  } catch {
    return false;
  }
}

const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'batt-mount-'));
  const mounted = mount('size=64k', folder);
  if (mounted) call('umount', folder);
  rmdirSync(folder);
  return mounted;
})();
if (!canMount) console.log('left out: the full and the read-only file system, as this user cannot mount one');

function fileSystem(size: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'batt-mount-'));
  mount(`size=${size}`, folder);
  onTestFinished(() => {
    call('umount', folder);
    rmdirSync(folder);
  });
  return folder;
}

function remount(folder: string, options: string): void {
  call('mount', '-o', `remount,${options}`, folder);
}

describe.skipIf(!canMount)('a file system of its own', () => {
  it.each(['default', 'p4'] as const)('%s: full, then with room again', async (mode) => {
    const out = fileSystem('64k');
    const first = recordsOf(4, () => ({ score: 6 }));
    await new FileStore(out, { mode }).save(first);
    const before = tree(out);
    const records = [...first, ...recordsOf(60, (place) => ({ score: place % 5 })).slice(4)];
    const { outcomes } = await new FileStore(out, { mode }).save(records);
    const errors = errorsOf(outcomes);
    expect(errors.length).toBeGreaterThan(20);
    for (const error of errors) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error.operation).toMatch(/^(write the file|make the link)$/);
      expect(error.reason).toBe('no space is left on the device');
      expect(error.message).toBe(`${error.path}: cannot ${error.operation}: ${error.reason}`);
      expect(dirname(error.path).startsWith(out)).toBe(true);
    }
    expect(damage(out, records)).toEqual([]);
    expect(tree(out)).toEqual(expect.arrayContaining(before));
    expect(tree(out).filter((path) => path.endsWith('.tmp'))).toEqual([]);
    for (const [place, outcome] of outcomes.entries()) {
      const { md5 } = records[place]!;
      if (outcome.status === 'saved') expect(tree(out).filter((path) => path.includes(md5))).toHaveLength(2);
    }
    remount(out, 'size=4m');
    const again = await new FileStore(out, { mode }).save(records);
    expect(errorsOf(again.outcomes)).toEqual([]);
    expect(damage(out, records)).toEqual([]);
    expect(tree(join(out, 'solver_dir'))).toHaveLength(mode === 'p4' ? 33 : 32);
  });

  it('full of folders and links: no link is removed for one that cannot be made', async () => {
    const out = fileSystem('4m');
    const present = recordsOf(32, () => ({ score: 1 }));
    const better = Array.from({ length: 20 }, (_, place) => record(`better ${place}`, { score: 5, tLog: 10 + place }));
    await new FileStore(out).save([...present, ...better.map((one) => ({ ...one, task: 'other' }))]);
    const inodes = Number(call('df', '--output=iused', out).split('\n')[1]);
    remount(out, `nr_inodes=${inodes}`);
    const before = snapshot(out);
    const { outcomes, removed } = await new FileStore(out).save(better);
    expect(errorsOf(outcomes).map(({ reason }) => reason)).toEqual(better.map(() => 'no space is left on the device'));
    expect(removed).toEqual([]);
    expect(snapshot(out)).toEqual(before);
  });

  it.each(['default', 'p4'] as const)('%s: read-only', async (mode) => {
    const out = fileSystem('4m');
    await new FileStore(out, { mode }).save(recordsOf(3));
    const before = snapshot(out);
    remount(out, 'ro');
    const { outcomes, removed } = await new FileStore(out, { mode }).save(recordsOf(6));
    expect(outcomes.map(({ status }) => status)).toEqual(['kept', 'kept', 'kept', 'failed', 'failed', 'failed']);
    for (const error of errorsOf(outcomes)) expect(error.reason).toBe('the file system is read-only');
    const replaced = await new FileStore(out).save([record(0, { tLog: 20 })]);
    expect(errorsOf(replaced.outcomes).map(({ reason }) => reason)).toEqual(['the file system is read-only']);
    expect(removed).toEqual([]);
    expect(snapshot(out)).toEqual(before);
    remount(out, 'rw');
    expect(errorsOf((await new FileStore(out, { mode }).save(recordsOf(6))).outcomes)).toEqual([]);
  });
});

const { md5, text } = record('one');
const TEXT = `solver_md5/${md5}.py`;
const LINK = `solver_dir/solve_007bbfb7/0/12/${md5}.py`;

function put(out: string, path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

/** Saves `one`, which must fail, and a program of another task; returns the error with OUT for the output folder. */
async function failure(out: string, other: 'saved' | 'failed' = 'saved'): Promise<string> {
  const before = tree(out);
  const { outcomes } = await new FileStore(out).save([record('one'), record('two', { task: 'other', score: 3 })]);
  expect(outcomes[1]!.status).toBe(other);
  const [error] = errorsOf(outcomes.slice(0, 1));
  expect(error).toBeInstanceOf(StoreError);
  expect(tree(out)).toEqual(expect.arrayContaining(before));
  return error!.message.replaceAll(out, 'OUT');
}

describe('in the wrong place', () => {
  it('a file as output folder', async () => {
    const out = join(scratch(), 'out');
    writeFileSync(out, 'mine');
    const { outcomes } = await new FileStore(out).save([record('one')]);
    expect(errorsOf(outcomes)[0]!.reason).toBe(`${out} is a file, not a folder`);
    await expect(new FileStore(out).lowestScore('007bbfb7', 'solver')).rejects.toThrow(
      `${out} is a file, not a folder`,
    );
    await expect(readStored(out, '007bbfb7')).rejects.toThrow(StoreError);
  });

  it.each([
    ['solver_md5', `OUT/${TEXT}: cannot write the file: OUT/solver_md5 is a file, not a folder`, 'failed'],
    [
      'solver_dir',
      'OUT/solver_dir/solve_007bbfb7: cannot read the folder: OUT/solver_dir is a file, not a folder',
      'failed',
    ],
    [
      'solver_dir/solve_007bbfb7',
      'OUT/solver_dir/solve_007bbfb7: cannot read the folder: OUT/solver_dir/solve_007bbfb7 is a file, not a folder',
      'saved',
    ],
    [
      'solver_dir/solve_007bbfb7/0',
      `OUT/${LINK}: cannot make the link: OUT/solver_dir/solve_007bbfb7/0 is a file, not a folder`,
      'saved',
    ],
    [
      'solver_dir/solve_007bbfb7/0/12',
      `OUT/${LINK}: cannot make the link: OUT/solver_dir/solve_007bbfb7/0/12 is a file, not a folder`,
      'saved',
    ],
    [LINK, `OUT/${LINK}: cannot make the link: a file with another content stands in its place`, 'saved'],
    [
      TEXT,
      `OUT/${TEXT}: cannot write the file: a file with another content has this md5 for its name already`,
      'saved',
    ],
  ] as const)('a file: %s', async (path, message, other) => {
    const out = scratch();
    put(out, path, 'mine');
    expect(await failure(out, other)).toBe(message);
  });

  it.each([
    [LINK, `OUT/${LINK}: cannot make the link: a folder stands in its place`],
    [TEXT, `OUT/${TEXT}: cannot write the file: a folder stands there`],
  ])('a folder: %s', async (path, message) => {
    const out = scratch();
    put(out, join(path, 'mine.txt'), 'mine');
    expect(await failure(out)).toBe(message);
  });

  it.each([
    ['solver_md5', `OUT/${TEXT}: cannot write the file: OUT/solver_md5 is a link that leads nowhere`, 'failed'],
    [
      'solver_dir',
      'OUT/solver_dir/solve_007bbfb7: cannot make the folder: OUT/solver_dir is a link that leads nowhere',
      'failed',
    ],
    [
      'solver_dir/solve_007bbfb7',
      'OUT/solver_dir/solve_007bbfb7: cannot make the folder: OUT/solver_dir/solve_007bbfb7 is a link that leads nowhere',
      'saved',
    ],
    [
      'solver_dir/solve_007bbfb7/0',
      `OUT/${LINK}: cannot make the link: OUT/solver_dir/solve_007bbfb7/0 is a link that leads nowhere`,
      'saved',
    ],
    [TEXT, `OUT/${TEXT}: cannot write the file: a link that leads nowhere stands in its place`, 'saved'],
  ] as const)('a link that leads nowhere: %s', async (path, message, other) => {
    const out = scratch();
    mkdirSync(dirname(join(out, path)), { recursive: true });
    symlinkSync('nowhere', join(out, path));
    expect(await failure(out, other)).toBe(message);
  });

  it('names that are too long', async () => {
    const { outcomes } = await new FileStore(scratch()).save([record('one', { task: 'x'.repeat(300) }), record('two')]);
    expect(errorsOf(outcomes)[0]!.reason).toBe('the path or a name in it is too long');
    expect(outcomes[1]!.status).toBe('saved');
  });

  it('what the store does not know is left alone and counts for nothing', async () => {
    const out = scratch();
    const folder = 'solver_dir/solve_007bbfb7';
    const strangers = [
      `${folder}/notes.txt`,
      `${folder}/best/12/${md5}.py`,
      `${folder}/0/12/notes.py`,
      `${folder}/007/1/${md5}.py`,
    ];
    for (const path of strangers) put(out, path, 'mine');
    const records = recordsOf(40);
    const { problems } = await new FileStore(out).save(records);
    expect(problems).toEqual([]);
    expect(tree(out)).toEqual(expect.arrayContaining(strangers));
    expect(tree(join(out, 'solver_dir'))).toHaveLength(32 + strangers.length);
  });
});

describe('a dangling link of a program', () => {
  it('is put right when that program is saved', async () => {
    const out = scratch();
    await new FileStore(out).save([record('one')]);
    unlinkSync(join(out, TEXT));
    const { outcomes, problems } = await new FileStore(out).save([record('one', { tLog: 13 })]);
    expect(outcomes[0]!.status).toBe('saved');
    expect(problems).toEqual([]);
    expect(tree(out)).toEqual([LINK.replace('/12/', '/13/'), TEXT]);
  });

  it('that leads to another place is replaced', async () => {
    const out = scratch();
    mkdirSync(dirname(join(out, LINK)), { recursive: true });
    symlinkSync('/nowhere/solver_md5/x.py', join(out, LINK));
    const { problems } = await new FileStore(out).save([record('one')]);
    expect(problems).toEqual([]);
    expect(damage(out, [record('one')])).toEqual([]);
  });

  it('is named when another is saved, stays, and does not count', async () => {
    const out = scratch();
    await new FileStore(out).save([record('one', { score: 6 })]);
    unlinkSync(join(out, TEXT));
    const { outcomes, problems } = await new FileStore(out).save(recordsOf(32));
    expect(outcomes.every(({ status }) => status === 'saved')).toBe(true);
    expect(problems.map(({ message }) => message)).toEqual([
      `${join(out, LINK.replace('/0/', '/6/'))}: cannot follow the link: it leads nowhere`,
    ]);
    expect(tree(join(out, 'solver_dir'))).toHaveLength(33);
  });
});

describe('a copy in the place of a link', () => {
  it('is not removed by the rule where its text would be lost', async () => {
    const out = scratch();
    put(out, LINK, 'mine, nowhere else');
    const { problems, outcomes } = await new FileStore(out).save(recordsOf(32, () => ({ score: 2 })));
    expect(outcomes.every(({ status }) => status === 'saved')).toBe(true);
    expect(problems.map(({ message }) => message)).toEqual([
      `${join(out, LINK)}: cannot remove the link: it is a file, and ${join(out, TEXT)} does not hold the same`,
    ]);
    rmSync(join(out, LINK));
    put(out, LINK, text);
    put(out, TEXT, text);
    expect((await new FileStore(out).save(recordsOf(32, () => ({ score: 2 })))).removed).toEqual([join(out, LINK)]);
  });
});
