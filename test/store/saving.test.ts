// Saving, saving again, replacing, moving, reading back.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileStore } from '../../src/store/fileStore.ts';
import { type StoreKind, tLogOf } from '../../src/store/layout.ts';
import { readStored } from '../../src/store/stored.ts';
import { damage, record, recordsOf, scratch, snapshot, tree } from './support.ts';

const KINDS: readonly StoreKind[] = ['solver', 'differ iz', 'differ zo'];

function statuses({ outcomes }: { outcomes: readonly { status: string }[] }): string[] {
  return outcomes.map(({ status }) => status);
}

describe('layout', () => {
  it.each(['default', 'p4'] as const)('%s', async (mode) => {
    const out = join(scratch(), 'new', 'folder');
    const { md5, text } = record('one');
    const records = KINDS.map((kind) => record('one', { kind, score: -3, tLog: 15 }));
    expect(statuses(await new FileStore(out, { mode }).save(records))).toEqual(['saved', 'saved', 'saved']);
    const place = `solve_007bbfb7/-3/15/${md5}.py`;
    expect(tree(out)).toEqual([
      `differ_dir/iz/${place}`,
      `differ_dir/zo/${place}`,
      `differ_md5/${md5}.py`,
      `solver_dir/${place}`,
      `solver_md5/${md5}.py`,
    ]);
    expect(readFileSync(join(out, 'differ_md5', `${md5}.py`), 'utf8')).toBe(text);
    expect(lstatSync(join(out, 'solver_md5', `${md5}.py`))).toMatchObject({
      nlink: 1,
      mode: 0o100666 & ~process.umask(),
    });
    const targets = tree(join(out, 'solver_dir')).concat(tree(join(out, 'differ_dir')));
    expect(targets).toHaveLength(3);
    expect(readlinkSync(join(out, 'solver_dir', place))).toBe(
      mode === 'p4' ? join(out, 'solver_md5', `${md5}.py`) : `../../../../solver_md5/${md5}.py`,
    );
  });

  it('can be moved in default mode', async () => {
    const folder = scratch();
    const records = KINDS.flatMap((kind) => recordsOf(5, () => ({ kind })));
    await new FileStore(join(folder, 'a')).save(records);
    renameSync(join(folder, 'a'), join(folder, 'b'));
    expect(damage(join(folder, 'b'), records)).toEqual([]);
    const before = snapshot(join(folder, 'b'));
    expect(new Set(statuses(await new FileStore(join(folder, 'b')).save(records)))).toEqual(new Set(['kept']));
    expect(snapshot(join(folder, 'b'))).toEqual(before);
  });

  it('leads to the texts through folders that are links themselves', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'far/away/links'), { recursive: true });
    mkdirSync(join(folder, 'out'));
    symlinkSync('../far/away/links', join(folder, 'out/solver_dir'));
    const records = recordsOf(3);
    await new FileStore(join(folder, 'out')).save(records);
    const { programs, problems } = await readStored(join(folder, 'out'), '007bbfb7');
    expect(problems).toEqual([]);
    expect(programs.map(({ path }) => readFileSync(path, 'utf8')).sort()).toEqual(
      records.map(({ text }) => text).sort(),
    );
  });
});

describe('saving again', () => {
  it.each(['default', 'p4'] as const)('%s: changes nothing, not even times', async (mode) => {
    const out = scratch();
    const records = KINDS.flatMap((kind) =>
      recordsOf(mode === 'p4' ? 32 : 60, (place) => ({ kind, score: place % 7 })),
    );
    await new FileStore(out, { mode }).save(records);
    const before = snapshot(out);
    const report = await new FileStore(out, { mode }).save(records);
    expect(new Set(statuses(report))).toEqual(new Set(mode === 'p4' ? ['kept'] : ['kept', 'refused']));
    expect(report.removed).toEqual([]);
    expect(snapshot(out)).toEqual(before);
  });

  it('replaces the link of a program under another score or t_log of the task, and no other', async () => {
    const out = scratch();
    const { md5 } = record('one');
    await new FileStore(out).save([
      record('one', { tLog: 12 }),
      record('one', { task: 'other', tLog: 12 }),
      record('two'),
    ]);
    const report = await new FileStore(out).save([record('one', { tLog: 15 })]);
    expect(statuses(report)).toEqual(['saved']);
    expect(report.removed).toEqual([join(out, `solver_dir/solve_007bbfb7/0/12/${md5}.py`)]);
    expect(tree(join(out, 'solver_dir'))).toEqual(
      [
        `solve_007bbfb7/0/15/${md5}.py`,
        `solve_007bbfb7/0/12/${record('two').md5}.py`,
        `solve_other/0/12/${md5}.py`,
      ].sort(),
    );
    await new FileStore(out).save([record('one', { score: -4, tLog: 15 }), record('two', { tLog: 13 })]);
    expect(tree(join(out, 'solver_dir/solve_007bbfb7'))).toEqual(
      [`-4/15/${md5}.py`, `0/13/${record('two').md5}.py`].sort(),
    );
    expect(existsSync(join(out, 'solver_dir/solve_007bbfb7/0/12'))).toBe(false);
    expect(existsSync(join(out, 'solver_dir/solve_007bbfb7/0/15'))).toBe(false);
  });

  it('doubles it in p4 mode, as the original does', async () => {
    const out = scratch();
    for (const tLog of [12, 13]) await new FileStore(out, { mode: 'p4' }).save([record('one', { tLog })]);
    expect(tree(join(out, 'solver_dir'))).toHaveLength(2);
  });

  it('keeps the better of two scores of one program in one run, across its batches', async () => {
    const out = scratch();
    const store = new FileStore(out);
    await store.save([record('one', { score: 5 })]);
    const { outcomes } = await store.save([record('one', { score: 3 })]);
    expect(outcomes[0]).toMatchObject({ status: 'refused', rule: 'twin' });
    await store.save([record('one', { score: 6 })]);
    expect(tree(join(out, 'solver_dir'))).toEqual([`solve_007bbfb7/6/12/${record('one').md5}.py`]);
  });

  it('turns the absolute links of p4 mode into relative ones', async () => {
    const out = scratch();
    await new FileStore(out, { mode: 'p4' }).save(recordsOf(3));
    expect(statuses(await new FileStore(out).save(recordsOf(3)))).toEqual(['saved', 'saved', 'saved']);
    for (const link of tree(join(out, 'solver_dir'))) {
      expect(readlinkSync(join(out, 'solver_dir', link))).toMatch(/^\.\.\/\.\.\/\.\.\/\.\.\/solver_md5\//);
    }
  });

  it('takes a plain copy of the text for the link, as archives without links leave it', async () => {
    const out = scratch();
    const { md5, text } = record('one');
    mkdirSync(join(out, 'solver_dir/solve_007bbfb7/0/12'), { recursive: true });
    writeFileSync(join(out, `solver_dir/solve_007bbfb7/0/12/${md5}.py`), text);
    await new FileStore(out).save([record('one')]);
    expect(tree(out)).toEqual([`solver_dir/solve_007bbfb7/0/12/${md5}.py`, `solver_md5/${md5}.py`]);
    await new FileStore(out).save([record('one', { tLog: 14 })]);
    expect(tree(join(out, 'solver_dir'))).toEqual([`solve_007bbfb7/0/14/${md5}.py`]);
  });

  it('does calls that are made at once one after another', async () => {
    const out = scratch();
    const store = new FileStore(out);
    const records = recordsOf(90, (place) => ({ score: place % 4 }));
    await Promise.all(
      [records.slice(0, 30), records.slice(20, 70), records.slice(60)].map((batch) => store.save(batch)),
    );
    expect(tree(join(out, 'solver_dir'))).toHaveLength(32);
    expect(damage(out, records)).toEqual([]);
  });

  it('saves thousands of records over many tasks with few open files', async () => {
    const out = scratch();
    const records = recordsOf(1500, (place) => ({ task: `t${place % 60}` }));
    expect(new Set(statuses(await new FileStore(out).save(records)))).toEqual(new Set(['saved']));
    expect(damage(out, records)).toEqual([]);
  });
});

describe('one md5 with two texts', () => {
  it('fails where the other is stored, and leaves it', async () => {
    const out = scratch();
    const { md5 } = record('one');
    await new FileStore(out).save([record('one')]);
    const before = snapshot(out);
    const report = await new FileStore(out).save([record('two', { md5 }), record('three')]);
    expect(statuses(report)).toEqual(['failed', 'saved']);
    const path = join(out, `solver_md5/${md5}.py`);
    expect(report.outcomes[0]).toMatchObject({
      error: {
        path,
        operation: 'write the file',
        reason: 'a file with another content has this md5 for its name already',
      },
    });
    expect(snapshot(out).filter((line) => line.includes(md5))).toEqual(before.filter((line) => line.includes(md5)));
  });

  it('stores the better of one batch and names the other', async () => {
    const out = scratch();
    const { md5 } = record('one');
    const report = await new FileStore(out).save([record('one'), record('two', { md5, score: 2 })]);
    expect(statuses(report)).toEqual(['failed', 'saved']);
    expect(readFileSync(join(out, `solver_md5/${md5}.py`), 'utf8')).toBe(record('two').text);
  });
});

describe('records that are none', () => {
  it.each([
    [{ task: '../x' }, 'found the task id "../x", expected one without / and \\'],
    [{ task: '' }, 'found the task id "", expected one without / and \\'],
    [{ md5: 'disabled' }, 'found the md5 "disabled", expected 32 small hex digits'],
    [{ score: 1.5 }, 'found a score of 1.5, expected an integer'],
    [{ tLog: Number.NaN }, 'found a t_log of NaN, expected an integer'],
  ])('%j', async (fields, reason) => {
    const out = scratch();
    const report = await new FileStore(out).save([record('one', fields), record('two')]);
    expect(statuses(report)).toEqual(['failed', 'saved']);
    expect(report.outcomes[0]).toMatchObject({ error: { path: out, reason } });
    expect(tree(out)).toHaveLength(2);
  });
});

describe('temporary files of a killed run', () => {
  it('go when they are old, and are no result before', async () => {
    const out = scratch();
    await new FileStore(out).save([record('one')]);
    const names = [
      'solver_md5/.batt-0123456789abcdef.tmp',
      'solver_dir/solve_007bbfb7/0/12/.batt-0123456789abcdef.tmp',
    ];
    const old = new Date(Date.now() - 11 * 60_000);
    for (const name of names) {
      writeFileSync(join(out, name), 'half a te');
      writeFileSync(join(out, name.replace('.batt-0', '.batt-1')), 'of another run');
      utimesSync(join(out, name), old, old);
    }
    expect((await readStored(out, '007bbfb7')).programs).toHaveLength(1);
    await new FileStore(out).save([record('one')]);
    expect(tree(out).filter((path) => path.endsWith('.tmp'))).toEqual(
      names.map((name) => name.replace('.batt-0', '.batt-1')).sort(),
    );
  });
});

describe('reading back', () => {
  it('lists the programs of a task, the best first', async () => {
    const out = scratch();
    const records = recordsOf(12, (place) => ({ score: place % 11, tLog: 10 + place }));
    await new FileStore(out).save([...records, record('other', { task: 'other' }), record('d', { kind: 'differ iz' })]);
    const { programs, problems } = await readStored(out, '007bbfb7');
    expect(problems).toEqual([]);
    const sorted = [...records].sort((a, b) => b.score - a.score || (a.md5 < b.md5 ? -1 : 1));
    expect(programs).toEqual(
      sorted.map(({ score, tLog, md5 }) => ({
        score,
        tLog,
        md5,
        path: join(out, `solver_md5/${md5}.py`),
        linkPath: join(out, `solver_dir/solve_007bbfb7/${score}/${tLog}/${md5}.py`),
      })),
    );
    expect((await readStored(out, '007bbfb7', 'differ iz')).programs).toHaveLength(1);
    expect(await readStored(join(out, 'nowhere'), '007bbfb7')).toEqual({ programs: [], problems: [] });
  });

  it('reports links that lead nowhere', async () => {
    const out = scratch();
    await new FileStore(out).save(recordsOf(3));
    const { md5 } = record(1);
    unlinkSync(join(out, `solver_md5/${md5}.py`));
    const { programs, problems } = await readStored(out, '007bbfb7');
    expect(programs).toHaveLength(2);
    expect(problems.map(({ message }) => message)).toEqual([
      `${join(out, `solver_dir/solve_007bbfb7/0/12/${md5}.py`)}: cannot follow the link: it leads nowhere`,
    ]);
  });
});

describe('t_log', () => {
  it.each([
    [1, 11],
    [0.5, 11],
    [0.36, 12],
    [0.1, 13],
    [0.02, 14],
    [0.01, 15],
    [3, 10],
    [1e-9, 31],
    [0, 10],
    [-1, 10],
    [Number.NaN, 10],
  ])('of %d s is %d', (seconds, tLog) => {
    expect(tLogOf(seconds)).toBe(tLog);
  });
});
