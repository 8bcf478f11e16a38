// Two programs with one md5: the text of a program does not show a statement that raises and that nothing needs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Saver } from '../../../src/pipeline/save/saver.ts';
import { manyPrograms, prepared, scored, useFolder } from '../runFiles.ts';

const folder = useFolder();

const raises = 'def solve_twin(I):\n    x1 = first(ZERO)\n    O = identity(I)\n    return O\n';
const right = 'def solve_twin(I):\n    O = identity(I)\n    return O\n';

test.each([
  ['with a few others', 3],
  ['with so many others that they are not saved at the same time', 1100],
])('the better is stored, the other named: %s', async (name, others) => {
  const wrong = manyPrograms(others, 'hconcat(x2, x2)');
  const run = prepared(folder, [wrong, raises, right].join('\n'), 1, 2);
  const [result] = await scored(run);
  const saver = new Saver(run, { out: join(folder, name), mode: 'default', save: 'all' });
  const { notes, failures, stored } = await saver.save(run.data.tasks[0]!, result!, Number.NEGATIVE_INFINITY);
  expect(failures).toEqual([]);
  expect(notes).toEqual([
    expect.stringMatching(
      /:\d+: twin: has the md5 of .*:\d+: twin \([0-9a-f]{32}\) and other verdicts; the better is stored$/,
    ),
  ]);
  const twins = Array.from(stored).filter(([{ solverId }]) => solverId === 'twin');
  expect(twins).toHaveLength(2);
  for (const [, { md5 }] of twins) {
    expect(readFileSync(join(folder, name, 'solver_md5', `${md5}.py`), 'utf8')).not.toContain('first(');
  }
});
