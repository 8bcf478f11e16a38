// All vectors of the shared folder, and always the sample of them kept here.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dialectOf } from '../../scripts/conformance/command.ts';
import { readVectors, runVectors, subjectOf, tasksFolder } from '../../scripts/conformance/run.ts';
import { packageFolder } from '../../src/arc/bundled.ts';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import { plainSicNames, sicNames } from '../../src/dsl/sic/names.ts';

const ways = [
  ['the fast way', { plain: subjectOf(dslNames()), sic: subjectOf(sicNames(), 'sic') }],
  ['the plain way', { plain: subjectOf(plainNames()), sic: subjectOf(plainSicNames(), 'sic') }],
] as const;
const sample = join(packageFolder(), 'test', 'fixtures', 'vectors');
const specifications = join(process.env.ARC_DATA || join(packageFolder(), '..', 'shared', 'arc'), '..');
const shared = [join(specifications, 'dsl', 'vectors'), join(specifications, 'battery')];
const tasks = existsSync(tasksFolder());
if (!tasks) console.warn(`left out: vectors of whole programs (no tasks in ${tasksFolder()}; set ARC_DATA)`);
for (const folder of shared.filter((folder) => !existsSync(folder))) {
  console.warn(`left out: all vectors but the sample (no ${folder}; set ARC_DATA)`);
}

describe.each([sample, ...shared])('vectors of %s', (folder) => {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => /\.jsonl(\.gz)?$/.test(file)) : [];
  test.skipIf(files.length === 0)('are there', () => {});
  for (const file of files) {
    for (const [way, subjects] of ways) {
      test.skipIf(file.startsWith('programs') && !tasks)(`${file}, ${way}`, () => {
        const { passed, failures } = runVectors(readVectors(join(folder, file)), subjects[dialectOf(file)]);
        expect(failures).toEqual([]);
        expect(passed).toBeGreaterThan(0);
      });
    }
  }
});
