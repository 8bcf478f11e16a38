// Tests that hold backends to the conformance suite.
import { afterAll, describe, expect, test } from 'vitest';
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { isOnHost } from '../../kernels/open.ts';
import { STEPS } from '../../kernels/stepClock.ts';
import type { conformanceCases } from '../../kernels/suite/cases.ts';
import { randomRows } from '../../kernels/suite/randomRows.ts';
import { makeComparisons } from '../../src/doctor/comparisons.ts';
import { openForTest } from './open.ts';

/** Makes the tests of the backends that are there, and says why the others are not. */
export async function holdToSuite(
  names: readonly BackendName[],
  cases: ReturnType<typeof conformanceCases>,
): Promise<void> {
  const opened = new Map<BackendName, Backend | string>();
  for (const name of names) {
    try {
      opened.set(name, await openForTest(name));
    } catch (error) {
      if (!(error instanceof BackendAbsentError)) throw error;
      opened.set(name, error.message);
      // CI looks for these words
      console.warn(`left out: the conformance suite on ${name}: ${error.message}`);
    }
  }

  describe.each(names)('the backend %s', (name) => {
    const backend = opened.get(name)!;
    if (typeof backend === 'string') {
      test.skip(backend, () => {});
      return;
    }
    afterAll(() => backend.close());
    test.each(cases)('$name', ({ run }) => run(backend));

    test('says where its time went, where it has a device', async () => {
      const before = backend.steps();
      const { outputs, expected, index } = makeComparisons(backend, 1000);
      await backend.gridMatch(outputs, expected, index);
      await backend.scoreTable({ ...randomRows({ seed: 1, candidates: 100, samples: 3 }), top: 3 });
      const after = backend.steps();
      expect(after === undefined).toBe(isOnHost(backend));
      if (before === undefined || after === undefined) return;
      expect(STEPS.filter((step) => !(after[step] >= before[step]))).toEqual([]);
      expect([after.load > 0, after.upload > before.upload, after.compute > before.compute]).toEqual([
        true,
        true,
        true,
      ]);
      // TensorFlow's kernels are compiled as they are
      expect(after.compile > 0).toBe(name !== 'tensorflow');
    });
  });
}
