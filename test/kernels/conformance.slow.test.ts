// Every backend that is there passes the suite, with real grids in it.
import { expect, test } from 'vitest';
import { BACKENDS } from '../../kernels/open.ts';
import { conformanceCases, realSamples } from '../../kernels/suite/cases.ts';
import { readTasks } from '../../src/arc/read.ts';
import { sharedSet } from '../arc/sharedData.ts';
import { holdToSuite } from './holdToSuite.ts';

const folder = sharedSet('agi1/training', 'gridMatch with real grids');
const cases = conformanceCases(folder === undefined ? undefined : realSamples(readTasks(folder)));

test('the suite has all its cases', () => {
  expect(cases).toHaveLength(folder === undefined ? 35 : 36);
});

await holdToSuite(BACKENDS, cases);
