// The 32-file rule: never more, always the best, whatever the order; and the original's habit of 33.
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileStore } from '../../src/store/fileStore.ts';
import { type Place, placePath, type StoreRecord } from '../../src/store/layout.ts';
import { planBest, planP4 } from '../../src/store/rule.ts';
import { damage, md5Of, record, recordsOf, scoresOf, scratch, tree } from './support.ts';

const FOLDER = 'solver_dir/solve_007bbfb7';

function best(records: readonly Place[], count: number): string[] {
  return [...records]
    .sort((a, b) => b.score - a.score || (a.md5 < b.md5 ? -1 : 1))
    .slice(0, count)
    .map(({ score, md5 }) => `${score} ${md5}`)
    .sort();
}

/** Programs with a score each, split into batches in any order. */
const arrivals = fc
  .array(fc.record({ score: fc.integer({ min: -3, max: 6 }), tLog: fc.integer({ min: 9, max: 20 }) }), {
    maxLength: 90,
  })
  .chain((fields) =>
    fc.tuple(
      fc.shuffledSubarray(
        recordsOf(fields.length, (place) => fields[place]!),
        { minLength: fields.length },
      ),
      fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
    ),
  )
  .map(([records, sizes]) => {
    const batches: StoreRecord[][] = [];
    for (let start = 0, turn = 0; start < records.length; turn++) {
      const size = sizes[turn % sizes.length]! + 1;
      batches.push(records.slice(start, start + size));
      start += size;
    }
    return { records, batches };
  });

describe('default', () => {
  it('plans the best 32 by score, then md5, whatever the order of arrival', () => {
    fc.assert(
      fc.property(arrivals, ({ records, batches }) => {
        let present: Place[] = [];
        for (const batch of batches) {
          const { linked, refused, removed } = planBest(present, batch, 'solver', true);
          expect(linked.size + refused.size).toBe(batch.length);
          present = [...present.filter((entry) => !removed.includes(entry)), ...linked.values()];
          expect(present.length).toBeLessThanOrEqual(32);
        }
        expect(present.map(({ score, md5 }) => `${score} ${md5}`).sort()).toEqual(best(records, 32));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps them on disk', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ records, batches }) => {
        const out = scratch();
        const store = new FileStore(out);
        for (const batch of batches) {
          const { outcomes, problems } = await store.save(batch);
          expect(problems).toEqual([]);
          const links = tree(join(out, FOLDER));
          expect(links.length).toBeLessThanOrEqual(32);
          for (const [place, outcome] of outcomes.entries()) {
            expect(outcome.status).not.toBe('failed');
            expect(links.includes(placePath(batch[place]!))).toBe(outcome.status !== 'refused');
          }
        }
        expect(scoresOf(out, FOLDER)).toEqual(best(records, 32));
        expect(tree(join(out, 'solver_md5'))).toEqual(records.map(({ md5 }) => `${md5}.py`).sort());
        expect(damage(out, records)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('says why a record is refused', async () => {
    const store = new FileStore(scratch());
    const records = recordsOf(40, (place) => ({ score: place < 30 ? 6 : 4 }));
    const { outcomes } = await store.save([...records, record('low')]);
    const fours = records
      .slice(30)
      .map(({ md5 }) => md5)
      .sort();
    for (const [place, outcome] of outcomes.entries()) {
      if (place < 30 || fours.slice(0, 2).includes(records[place]?.md5 ?? '')) {
        expect(outcome.status).toBe('saved');
      } else {
        const reason =
          place < 40 ? 'those of score 4 among them have smaller md5s' : 'the lowest of them has score 4, this one 0';
        expect(outcome).toMatchObject({ status: 'refused', rule: 'files', reason: `the best 32 are kept: ${reason}` });
      }
    }
  });

  it('writes the texts of those that get a link only, when asked', async () => {
    const out = scratch();
    const { outcomes } = await new FileStore(out, { texts: 'linked' }).save(recordsOf(50));
    expect(tree(join(out, 'solver_md5'))).toHaveLength(32);
    const refused = outcomes.filter((outcome) => outcome.status === 'refused');
    expect(refused).toHaveLength(18);
    expect(refused.every(({ textPath }) => textPath === undefined)).toBe(true);
  });

  it('gives a differ one link a score, and a solver one', async () => {
    const out = scratch();
    const places = [7, 5, 7, 3].map((score, place) => ({ score, tLog: 12 + place }));
    const solvers = places.map((place) => record('one', place));
    const differs = places.map((place) => record('one', { ...place, kind: 'differ zo' }));
    const { outcomes } = await new FileStore(out).save([...solvers, ...differs]);
    const { md5 } = record('one');
    expect(tree(join(out, 'solver_dir'))).toEqual([`solve_007bbfb7/7/14/${md5}.py`]);
    expect(tree(join(out, 'differ_dir'))).toEqual(
      ['3/15', '5/13', '7/14'].map((place) => `zo/solve_007bbfb7/${place}/${md5}.py`),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['saved', 'refused', 'kept', 'refused'],
      ...['saved', 'saved', 'kept', 'saved'],
    ]);
    expect(outcomes[1]).toMatchObject({ rule: 'twin', reason: 'the same md5 is stored with the better score 7' });
  });
});

describe('p4', () => {
  /** `check_save` and the link after it, word for word: a list of present links, the first of equal ones removed. */
  function original(present: readonly Place[], records: readonly Place[]): string[] {
    let files = [...present];
    for (const record of records) {
      let save = true;
      while (files.length > 32) {
        let worst = files[0]!;
        for (const file of files) {
          if (file.score < worst.score || (file.score === worst.score && file.tLog < worst.tLog)) worst = file;
        }
        if (record.score < worst.score) {
          save = false;
          break;
        }
        files = files.filter((file) => file !== worst);
      }
      if (save) files = [...files.filter((file) => placePath(file) !== placePath(record)), record];
    }
    return files.map(({ score, tLog }) => `${score} ${tLog}`).sort();
  }

  it('keeps as many links of each score and t_log as the original, and settles at 33', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(50), ({ records }, split) => {
        const first = planP4([], records.slice(0, split));
        const present = [...first.linked.values()];
        const { linked, refused, removed } = planP4(present, records.slice(split));
        expect(linked.size + refused.size).toBe(records.slice(split).length);
        const after = [...present.filter((entry) => !removed.includes(entry)), ...linked.values()];
        expect(after.length).toBeLessThanOrEqual(33);
        if (records.length > 32) expect(after).toHaveLength(33);
        expect(after.map(({ score, tLog }) => `${score} ${tLog}`).sort()).toEqual(original([], records));
      }),
      { numRuns: 500 },
    );
  });

  it('deletes down to 32 from any number of links, as the original does', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: -3, max: 6 }), ({ records }, score) => {
        const next = { score, tLog: 12, md5: md5Of('next') };
        const { linked, removed } = planP4(records, [next]);
        const after = [...records.filter((entry) => !removed.includes(entry)), ...linked.values()];
        expect(after.map((place) => `${place.score} ${place.tLog}`).sort()).toEqual(original(records, [next]));
      }),
      { numRuns: 500 },
    );
  });

  it('settles at 33 on disk, with absolute links, and lets equal scores push out old ones', async () => {
    const out = scratch();
    const records = recordsOf(60, (place) => ({ tLog: 10 + (place % 5) }));
    const { outcomes } = await new FileStore(out, { mode: 'p4' }).save(records);
    const links = tree(join(out, FOLDER));
    expect(links).toHaveLength(33);
    expect(links.map((link) => readlinkSync(join(out, FOLDER, link))).sort()).toEqual(
      links.map((link) => join(out, 'solver_md5', link.split('/')[2]!)).sort(),
    );
    expect(damage(out, records)).toEqual([]);
    expect(tree(join(out, 'solver_md5'))).toHaveLength(60);
    expect(outcomes.filter(({ status }) => status === 'refused')).toHaveLength(27);
    const low = record('low', { score: -1 });
    const late = recordsOf(3, () => ({ task: '007bbfb7' })).map((_, place) => record(`late ${place}`, { tLog: 20 }));
    const again = await new FileStore(out, { mode: 'p4' }).save([low, ...late]);
    expect(again.outcomes.map(({ status }) => status)).toEqual(['refused', 'saved', 'saved', 'saved']);
    expect(again.outcomes[0]).toMatchObject({ textPath: undefined });
    expect(again.removed).toHaveLength(3);
    expect(tree(join(out, FOLDER))).toHaveLength(33);
  });

  it('compares folder names as integers', async () => {
    const out = scratch();
    const store = new FileStore(out, { mode: 'p4' });
    await store.save(recordsOf(33, () => ({ score: 10 })));
    expect(await store.lowestScore('007bbfb7', 'solver')).toBe(10);
    const { outcomes } = await store.save([record('nine', { score: 9 })]);
    expect(outcomes[0]!.status).toBe('refused');
  });
});

describe('the lowest score worth the work', () => {
  it.each(['default', 'p4'] as const)('%s: changes nothing, and is what the next save goes by', async (mode) => {
    const out = scratch();
    const store = new FileStore(out, { mode });
    expect(await store.lowestScore('007bbfb7', 'solver')).toBe(Number.NEGATIVE_INFINITY);
    expect(tree(out)).toEqual([]);
    const full = mode === 'p4' ? 33 : 32;
    await store.save(recordsOf(full - 1, () => ({ score: 5 })));
    expect(await store.lowestScore('007bbfb7', 'solver')).toBe(Number.NEGATIVE_INFINITY);
    await store.save([record('last', { score: 3 })]);
    const before = tree(out);
    expect(await store.lowestScore('007bbfb7', 'solver')).toBe(3);
    expect(await store.lowestScore('007bbfb7', 'differ iz')).toBe(Number.NEGATIVE_INFINITY);
    expect(tree(out)).toEqual(before);
    const { outcomes } = await store.save([record('below', { score: 2 }), record('above', { score: 4 })]);
    expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'saved']);
  });
});
