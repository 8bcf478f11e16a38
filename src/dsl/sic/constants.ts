// The constants of the S/I/C dialect. Source: docs/spec/dialect.md 3.
import type { Value } from '../../value/value.ts';
import { CONSTANTS } from '../constants.ts';

/** F0..F9, R0..R9, A0..A9 count from the front, L1..L10 from the back. */
function ranks(): [string, number][] {
  const digits = Array.from({ length: 10 }, (_, k) => k);
  return [
    ...['F', 'R', 'A'].flatMap((letter) => digits.map((k): [string, number] => [`${letter}${k}`, k])),
    ...digits.map((k): [string, number] => [`L${k + 1}`, -1 - k]),
  ];
}

export const SIC_CONSTANTS: Readonly<Record<string, Value>> = {
  ...CONSTANTS,
  ...Object.fromEntries(ranks()),
  SM2: 2,
  SM3: 3,
  SD2: -2,
  SD3: -3,
  NEG_THREE: -3,
  NEG_FOUR: -4,
  NEG_FIVE: -5,
  NEG_SIX: -6,
  NEG_SEVEN: -7,
  NEG_EIGHT: -8,
  NEG_NINE: -9,
  NEG_TEN: -10,
  HUNDRED: 100,
  THOUSAND: 1000,
  BLACK: 0,
  BLUE: 1,
  RED: 2,
  GREEN: 3,
  YELLOW: 4,
  GRAY: 5,
  MAGENTA: 6,
  ORANGE: 7,
  CYAN: 8,
  BURGUNDY: 9,
};
