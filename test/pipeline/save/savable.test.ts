import { expect, test } from 'vitest';
import { isCutShort } from '../../../src/pipeline/save/savable.ts';

const score = (verdicts: Record<string, number>) => {
  return { demo: [0, 3], test: [0, 1], cells: 0, oScore: 0, verdicts } as const;
};

test.each([
  ['the rest agrees', { ok: 3, timeout: 1 }, { ok: 4 }, true],
  ['it agrees up to there, with --first-mismatch', { ok: 1, timeout: 1, not_run: 2 }, { ok: 3, mismatch: 1 }, true],
  ['another sample has another verdict', { ok: 2, mismatch: 1, timeout: 1 }, { ok: 4 }, false],
  ['no sample was stopped by the clock', { ok: 3, not_run: 1 }, { ok: 4 }, false],
  ['it was stopped by its budget', { ok: 3, budget: 1 }, { ok: 4 }, false],
])('a run that found other verdicts than scoring, and %s', (_, found, wanted, isShort) => {
  expect(isCutShort(score(found), score(wanted))).toBe(isShort);
});
