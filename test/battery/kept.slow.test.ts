// A small case that is kept here: it runs where the shared data are not, too.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { kept } from '../lang/shared.ts';
import { linksIn, runAndSave, scratch, textsIn } from './cases.ts';

const task = join(packageFolder(), 'examples', 'tasks', 'self_tile.json');

test.each(['default', 'p4'] as const)('closure12, both eras, %s', async (mode) => {
  const out = scratch();
  const { scored, saved } = await runAndSave(join(kept, 'closure12.py'), task, out, mode);
  expect([saved.failures, saved.notes]).toEqual([[], []]);
  expect(scored.counts).toMatchObject({ read: 12, invalid: 0, duplicate: 0, skipped: 0, scored: 12 });
  expect(Object.keys(textsIn(join(out, 'solver_md5')))).toHaveLength(12);
  expect(linksIn(join(out, 'solver_dir', 'solve_self_tile'))).toHaveLength(12);
  expect(Object.keys(textsIn(join(out, 'differ_md5')))).toEqual(saved.differs.map(({ md5 }) => md5).sort());
  for (const { iz, zo } of saved.differs) expect([iz.size, zo.size]).toEqual([12, 12]);
  const head = await runAndSave(join(kept, 'closure12_head.py'), task, scratch(), mode);
  expect(head.scored.candidates.map(({ score }) => score)).toEqual(scored.candidates.map(({ score }) => score));
});

test('a second run of the same finds everything there', async () => {
  const out = scratch();
  const battery = join(kept, 'closure12.py');
  await runAndSave(battery, task, out, 'default');
  const before = textsIn(join(out, 'solver_md5'));
  const { saved } = await runAndSave(battery, task, out, 'default');
  expect(saved.failures).toEqual([]);
  expect(textsIn(join(out, 'solver_md5'))).toEqual(before);
  expect(readdirSync(out).sort()).toEqual(['differ_dir', 'differ_md5', 'solver_dir', 'solver_md5']);
});

test('a text that gives something else is replaced, one that gives the same stays', async () => {
  const out = scratch();
  const battery = join(kept, 'closure12.py');
  const { saved } = await runAndSave(battery, task, out, 'default');
  const [first, second] = [...saved.stored.values()].map(({ md5 }) => join(out, 'solver_md5', `${md5}.py`));
  const right = readFileSync(first!, 'utf8');
  writeFileSync(first!, right.replace('return O', 'x99 = identity(O)\n    return C'));
  const commented = `# by hand\n${readFileSync(second!, 'utf8')}`;
  writeFileSync(second!, commented);
  const again = await runAndSave(battery, task, out, 'default');
  expect(again.saved.failures).toEqual([]);
  expect(readFileSync(first!, 'utf8')).toBe(right);
  expect(readFileSync(second!, 'utf8')).toBe(commented);
});
