// Numbers and truth in the S/I/C dialect: an operand `()` counts as the neutral element. Source:
// docs/spec/dialect.md 4.2, 5.
import { minus, over, plus, times, truthy } from '../../value/protocol.ts';
import { Tuple, type Value } from '../../value/value.ts';
import { binary, NUMBERS } from '../numbers.ts';
import type { Theme } from '../table.ts';
import { same, wrap } from './wrap.ts';

/** `neutral` for `()`. */
function operand(v: Value, neutral: number): Value {
  return v instanceof Tuple && v.length === 0 ? neutral : v;
}

function add(a: Value, b: Value): Value {
  return binary(operand(a, 0), operand(b, 0), plus);
}

function subtract(a: Value, b: Value): Value {
  return binary(operand(a, 0), operand(b, 0), minus);
}

function multiply(a: Value, b: Value): Value {
  return binary(operand(a, 1), operand(b, 1), times);
}

function divide(a: Value, b: Value): Value {
  return binary(operand(a, 1), operand(b, 1), over);
}

function branch(condition: Value, a: Value, b: Value): Value {
  return truthy(condition) ? a : b;
}

export const SIC_NUMBERS: Theme = {
  ...same(
    NUMBERS,
    'invert double halve increment decrement crement sign even positive greater equality flip both either branch ' +
      'identity toivec tojvec astuple interval',
  ),
  add: wrap('add', add),
  subtract: wrap('subtract', subtract),
  multiply: wrap('multiply', multiply),
  divide: wrap('divide', divide),
  c_branch: wrap('c_branch', branch),
};
