import { expect, test } from 'vitest';
import { AccountsError, checkAccounts } from '../../../src/pipeline/score/accounts.ts';

const counts = { read: 10, invalid: 1, duplicate: 2, skipped: 3, scored: 4 };

test('sums that add up pass', () => {
  expect(() => checkAccounts('x', counts, 6, 24)).not.toThrow();
});

test('a lost program and a lost verdict are an error that names the numbers', () => {
  const lost = () => checkAccounts('x', { ...counts, scored: 3 }, 6, 18);
  expect(lost).toThrow(AccountsError);
  expect(lost).toThrow('task x: read 10 programs, but 1 invalid + 2 duplicate + 3 skipped + 3 scored = 9');
  expect(() => checkAccounts('x', counts, 6, 23)).toThrow(
    'task x: 23 verdicts, expected 4 candidates × 6 samples = 24',
  );
});
