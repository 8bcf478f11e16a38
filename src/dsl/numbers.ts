// Numbers, pairs of numbers and truth. Source: docs/spec/dsl.md 3.1.
import { equal } from '../value/equal.ts';
import { TYPE_ERROR, VALUE_ERROR } from '../value/errors.ts';
import { addInts, floorDivide, lessInts, negate, plainInt, subtractInts } from '../value/int.ts';
import { allocate } from '../value/meter.ts';
import {
  item,
  less,
  machineWord,
  minus,
  minusOf,
  over,
  plus,
  remainder,
  times,
  truthy,
  tuple,
  tupleSize,
} from '../value/protocol.ts';
import { isInt, Tuple, type Value } from '../value/value.ts';
import type { Theme } from './table.ts';

/** An operator on two numbers, where a pair takes part with both its components. */
export function binary(a: Value, b: Value, operator: (x: Value, y: Value) => Value): Value {
  if (isInt(a) && isInt(b)) return operator(a, b);
  if (a instanceof Tuple && b instanceof Tuple) {
    return tuple([operator(item(a, 0), item(b, 0)), operator(item(a, 1), item(b, 1))]);
  }
  if (isInt(a) && b instanceof Tuple) return tuple([operator(a, item(b, 0)), operator(a, item(b, 1))]);
  return tuple([operator(item(a, 0), b), operator(item(a, 1), b)]);
}

/** An operator on a number, or on both components of a pair. */
function unary(x: Value, operator: (x: Value) => Value): Value {
  return isInt(x) ? operator(x) : tuple([operator(item(x, 0)), operator(item(x, 1))]);
}

function add(a: Value, b: Value): Value {
  return binary(a, b, plus);
}

function subtract(a: Value, b: Value): Value {
  return binary(a, b, minus);
}

function multiply(a: Value, b: Value): Value {
  return binary(a, b, times);
}

function divide(a: Value, b: Value): Value {
  return binary(a, b, over);
}

function invert(n: Value): Value {
  return unary(n, minusOf);
}

function double(n: Value): Value {
  return unary(n, (x) => times(x, 2));
}

function halve(n: Value): Value {
  return unary(n, (x) => over(x, 2));
}

function increment(x: Value): Value {
  return unary(x, (n) => plus(n, 1));
}

function decrement(x: Value): Value {
  return unary(x, (n) => minus(n, 1));
}

/** Away from zero by one. */
function crement(x: Value): Value {
  return unary(x, (n) => {
    if (equal(n, 0)) return 0;
    return less(0, n) ? plus(n, 1) : minus(n, 1);
  });
}

function sign(x: Value): Value {
  return unary(x, (n) => {
    if (equal(n, 0)) return 0;
    return less(0, n) ? 1 : -1;
  });
}

function even(n: Value): Value {
  return equal(remainder(n, 2), 0);
}

function positive(x: Value): Value {
  return less(0, x);
}

function greater(a: Value, b: Value): Value {
  return less(b, a);
}

function equality(a: Value, b: Value): Value {
  return equal(a, b);
}

function flip(b: Value): Value {
  return !truthy(b);
}

function both(a: Value, b: Value): Value {
  return truthy(a) ? b : a;
}

function either(a: Value, b: Value): Value {
  return truthy(a) ? a : b;
}

function branch(condition: Value, a: Value, b: Value): Value {
  return truthy(condition) ? a : b;
}

function identity(x: Value): Value {
  return x;
}

function toivec(i: Value): Value {
  return tuple([i, 0]);
}

function tojvec(j: Value): Value {
  return tuple([0, j]);
}

function astuple(a: Value, b: Value): Value {
  return tuple([a, b]);
}

/** Kinds are looked at before a step of 0 is. */
function interval(start: Value, stop: Value, step: Value): Value {
  if (!isInt(start) || !isInt(stop) || !isInt(step)) throw TYPE_ERROR;
  if (equal(step, 0)) throw VALUE_ERROR;
  const steps = negate(floorDivide(subtractInts(start, stop), step)); // ceil((stop - start) / step)
  const length = lessInts(steps, 1) ? 0 : tupleSize(machineWord(steps));
  allocate(length);
  const items: Value[] = new Array(length);
  let value = plainInt(start);
  for (let k = 0; k < length; k++) {
    items[k] = value;
    value = addInts(value, step);
  }
  return tuple(items);
}

export const NUMBERS: Theme = {
  add,
  subtract,
  multiply,
  divide,
  invert,
  double,
  halve,
  increment,
  decrement,
  crement,
  sign,
  even,
  positive,
  greater,
  equality,
  flip,
  both,
  either,
  branch,
  identity,
  toivec,
  tojvec,
  astuple,
  interval,
};
