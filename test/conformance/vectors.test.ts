// A sample of the vectors, both ways; `npm run conformance` holds the DSL against all of them.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dialectOf } from '../../scripts/conformance/command.ts';
import { readVectors, runVectors, subjectOf, tasksFolder } from '../../scripts/conformance/run.ts';
import { packageFolder } from '../../src/arc/bundled.ts';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import { plainSicNames, sicNames } from '../../src/dsl/sic/names.ts';

const sample = join(packageFolder(), 'test', 'fixtures', 'vectors');
const files = readdirSync(sample).filter((file) => {
  const isThere = !file.startsWith('programs') || existsSync(tasksFolder());
  if (!isThere) console.warn(`left out: vectors of whole programs (no tasks in ${tasksFolder()}; set ARC_DATA)`);
  return isThere;
});
describe.each([
  ['the fast way', { plain: subjectOf(dslNames()), sic: subjectOf(sicNames(), 'sic') }],
  ['the plain way', { plain: subjectOf(plainNames()), sic: subjectOf(plainSicNames(), 'sic') }],
])('%s', (_, subjects) => {
  test.each(files)('%s', (file) => {
    const { passed, failures } = runVectors(readVectors(join(sample, file)), subjects[dialectOf(file)]);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });
});
