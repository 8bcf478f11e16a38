// `--limits`: names for `-t` and `--budget` together.
import { expect, test } from 'vitest';
import { limitsOf } from '../../src/cli/limits.ts';

test('a name stands for its values, and flags go before it', () => {
  expect(limitsOf({ limits: 'default' })).toEqual({ timeout: 10, budget: undefined });
  expect(limitsOf({ limits: 'search' })).toEqual({ timeout: 1, budget: 5_000_000 });
  expect(limitsOf({ limits: 'search', timeout: 3 })).toEqual({ timeout: 3, budget: 5_000_000 });
  expect(limitsOf({ limits: 'search', budget: 0 })).toEqual({ timeout: 1, budget: 0 });
});
