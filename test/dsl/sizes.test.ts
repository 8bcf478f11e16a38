// Sizes, places and ranges beyond a machine word, as CPython 3.11 has them.
import { expect, test } from 'vitest';
import { NUMBERS } from '../../src/dsl/numbers.ts';
import { TRANSFORMS } from '../../src/dsl/transforms.ts';
import type { Value } from '../../src/value/value.ts';
import { caller, g, t, titled } from './values.ts';

const call = caller(NUMBERS, TRANSFORMS);
const huge = 10n ** 30n;
const word = 2n ** 63n;

test.each(
  titled<[string, Value[], string]>([
    ['multiply', [t(t(), 1), huge], 'OverflowError'],
    ['multiply', [t(t(), 1), -huge], 'OverflowError'],
    ['multiply', [huge, t(t(1), 1)], 'OverflowError'],
    ['multiply', [t(t(), t(1)), t(word - 1n, -word)], '{"t":[{"t":[]},{"t":[]}]}'],
    ['multiply', [t(t(), 1), word], 'OverflowError'],
    ['multiply', [t(t(), 1), -word - 1n], 'OverflowError'],
    ['multiply', [t(t(1), 1), word - 1n], 'MemoryError'],
    ['multiply', [t(t(1), 1), 2 ** 37], 'MemoryError'],
    ['multiply', [t(t(1, 1), 1), 2 ** 36], 'MemoryError'],
    ['interval', [0, huge * 100n, 1], 'OverflowError'],
    ['interval', [0, -huge, -1], 'OverflowError'],
    ['interval', [0, word, 1], 'OverflowError'],
    ['interval', [0, word - 1n, 1], 'MemoryError'],
    ['interval', [0, 2 ** 37, 1], 'MemoryError'],
    ['interval', [0, 10 ** 12, 5], 'MemoryError'],
    ['interval', [huge, 0, 1], '{"t":[]}'],
    ['interval', [0, huge, huge], '{"t":[0]}'],
    ['crop', [g('12', '34'), t(-huge, -1), t(huge * 2n, huge)], '{"g":["2","4"]}'],
    ['crop', [g('12', '34'), t(huge, 0), t(1, 1)], '{"t":[]}'],
    ['index', [g('12'), t(huge, 0)], 'null'],
    ['canvas', [0, t(-huge, huge)], '{"t":[]}'],
    ['canvas', [0, t(2, -huge)], '{"t":[{"t":[]},{"t":[]}]}'],
    ['hupscale', [t(t(), t()), huge], '{"t":[{"t":[]},{"t":[]}]}'],
    ['upscale', [g('12'), -huge], '{"t":[]}'],
    ['hsplit', [g('12'), -huge], '{"t":[]}'],
    ['hsplit', [t(t(1, 2), 3), huge], 'TypeError'],
    ['downscale', [g('12', '34'), huge], '{"g":["1"]}'],
  ]),
)('%s', (_, name, args, expected) => {
  expect(call(name, ...args)).toBe(expected);
});
