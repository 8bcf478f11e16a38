// The constants of the DSL. Source: docs/spec/dsl.md 4.
import { ListTuple, type Value } from '../value/value.ts';

function pair(row: number, column: number): Value {
  return new ListTuple([row, column]);
}

export const CONSTANTS: Readonly<Record<string, Value>> = {
  F: false,
  T: true,
  ZERO: 0,
  ONE: 1,
  TWO: 2,
  THREE: 3,
  FOUR: 4,
  FIVE: 5,
  SIX: 6,
  SEVEN: 7,
  EIGHT: 8,
  NINE: 9,
  TEN: 10,
  NEG_ONE: -1,
  NEG_TWO: -2,
  DOWN: pair(1, 0),
  RIGHT: pair(0, 1),
  UP: pair(-1, 0),
  LEFT: pair(0, -1),
  ORIGIN: pair(0, 0),
  UNITY: pair(1, 1),
  NEG_UNITY: pair(-1, -1),
  UP_RIGHT: pair(-1, 1),
  DOWN_LEFT: pair(1, -1),
  ZERO_BY_TWO: pair(0, 2),
  TWO_BY_ZERO: pair(2, 0),
  TWO_BY_TWO: pair(2, 2),
  THREE_BY_THREE: pair(3, 3),
};
