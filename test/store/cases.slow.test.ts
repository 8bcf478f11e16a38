// What the Python original left on the shared cases: the same texts and links from the same scores.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileStore } from '../../src/store/fileStore.ts';
import type { StoreKind, StoreRecord } from '../../src/store/layout.ts';
import { damage, scoresOf, scratch, tree } from './support.ts';

const root = join(import.meta.dirname, '../..');
const shared = [...(process.env.ARC_DATA ? [dirname(process.env.ARC_DATA)] : []), join(root, '../shared')].find(
  (path) => existsSync(join(path, 'battery/cases')),
);
if (shared === undefined) console.log('left out: the battery cases of the shared folder, which is not there');

const cases = shared === undefined ? '' : join(shared, 'battery/cases');
const files = shared === undefined ? [] : readdirSync(cases).filter((name) => name.endsWith('.expected.json'));

interface Expected {
  readonly task: string;
  readonly format: 'p4' | 'head';
  readonly programs: readonly { readonly solver_id: string; readonly md5: string }[];
  readonly o_score: Readonly<Record<string, number>>;
  readonly differs: Readonly<Record<string, { readonly md5: string }>>;
  readonly s_score: Readonly<Record<string, Readonly<Record<'iz' | 'zo', Readonly<Record<string, number>>>>>>;
  readonly solver_files: Readonly<Record<string, string>>;
  readonly differ_files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, Links>>;
}

interface Links {
  readonly in_all_runs: readonly { readonly score: number; readonly md5: string }[];
  readonly files_per_run: readonly number[];
}

function recordsOf(expected: Expected): StoreRecord[] {
  const { task, programs, o_score, solver_files, differs, s_score, differ_files, format } = expected;
  const solvers = programs
    .filter(({ md5 }) => md5 in solver_files)
    .map(({ md5, solver_id }): StoreRecord => {
      return { kind: 'solver', task, md5, text: solver_files[md5]!, score: o_score[solver_id]!, tLog: 14 };
    });
  if (format === 'head') return solvers;
  const ids = [...new Set(programs.map(({ solver_id }) => solver_id))];
  const others = Object.entries(differs).flatMap(([name, { md5 }]) =>
    (['iz', 'zo'] as const).flatMap((side) =>
      ids.map((id): StoreRecord => {
        const score = s_score[name]![side][id]!;
        return { kind: `differ ${side}`, task, md5, text: differ_files[md5]!, score, tLog: 14 };
      }),
    ),
  );
  return [...solvers, ...others];
}

function textsOf(out: string, folder: string): Record<string, string> {
  return Object.fromEntries(
    tree(join(out, folder)).map((name) => [name.replace('.py', ''), readFileSync(join(out, folder, name), 'utf8')]),
  );
}

const FOLDERS: Readonly<Record<StoreKind, string>> = {
  solver: 'solver_dir',
  'differ iz': 'differ_dir/iz',
  'differ zo': 'differ_dir/zo',
};

describe.skipIf(shared === undefined)('the shared cases', () => {
  describe.each(['default', 'p4'] as const)('%s', (mode) => {
    it.each(files)('%s', async (file) => {
      const expected = JSON.parse(readFileSync(join(cases, file), 'utf8')) as Expected;
      const out = scratch();
      const records = recordsOf(expected);
      const { outcomes, problems } = await new FileStore(out, { mode }).save(records);
      expect(problems).toEqual([]);
      expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(damage(out, records)).toEqual([]);
      expect(textsOf(out, 'solver_md5')).toEqual(expected.solver_files);
      if (expected.format === 'p4') expect(textsOf(out, 'differ_md5')).toEqual(expected.differ_files);
      for (const kind of Object.keys(FOLDERS) as StoreKind[]) {
        const fed = new Set(
          records.filter((record) => record.kind === kind).map(({ score, md5 }) => `${score} ${md5}`),
        );
        const stored = scoresOf(out, `${FOLDERS[kind]}/solve_${expected.task}`);
        const key = kind.replace(' ', '_');
        const theirs = (expected.links[key]?.in_all_runs ?? []).map(({ score, md5 }) => `${score} ${md5}`).sort();
        for (const link of theirs) expect(fed).toContain(link);
        const most = mode === 'p4' ? 33 : 32;
        expect(stored).toHaveLength(Math.min(most, fed.size));
        const lowest = [...fed].map((link) => Number(link.split(' ')[0])).sort((a, b) => b - a)[stored.length - 1]!;
        for (const link of fed) if (Number(link.split(' ')[0]) > lowest) expect(stored).toContain(link);
        // There the rule was at work, on links that t_log doubles: what it left of them is chance.
        const pruned =
          kind === 'solver' ? fed.size > 32 : expected.links[key]?.files_per_run.some((files) => files > 31);
        if (!pruned && (kind === 'solver' || expected.format === 'p4')) expect(stored).toEqual(theirs);
      }
    });
  });
});
