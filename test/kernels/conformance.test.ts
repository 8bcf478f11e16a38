// The backends that every machine has pass the suite.
import { expect, test } from 'vitest';
import { conformanceCases } from '../../kernels/suite/cases.ts';
import { holdToSuite } from './holdToSuite.ts';

const cases = conformanceCases(undefined);

test('the suite has all its cases', () => {
  expect(cases).toHaveLength(35);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

await holdToSuite(['cpu', 'wasm'], cases);
