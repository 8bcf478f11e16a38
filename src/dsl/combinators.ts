// Functions that make functions, and functions applied to containers. Source: docs/spec/dsl.md 3.3.
import { equal } from '../value/equal.ts';
import { ATTRIBUTE_ERROR, RECURSION_ERROR, TYPE_ERROR } from '../value/errors.ts';
import { lessInts } from '../value/int.ts';
import { allocate, charge } from '../value/meter.ts';
import { iterate, tuple } from '../value/protocol.ts';
import { setOf } from '../value/set.ts';
import { call1, call2, callAll, Fn, isInt, type Value } from '../value/value.ts';
import { lazily, merge, sameKind, zip } from './containers.ts';
import type { Theme } from './table.ts';

/** The least exponent whose chain of calls does not fit in Python's recursion limit (docs/spec/dsl.md 1.5). */
const TOO_DEEP = 990;

function compose(outer: Value, inner: Value): Value {
  return new Fn(1, (x) => call1(outer, call1(inner, x)));
}

function chain(h: Value, g: Value, f: Value): Value {
  return new Fn(1, (x) => call1(h, call1(g, call1(f, x))));
}

function matcher(f: Value, target: Value): Value {
  return new Fn(1, (x) => equal(call1(f, x), target));
}

function fork(outer: Value, a: Value, b: Value): Value {
  return new Fn(1, (x) => call2(outer, call1(a, x), call1(b, x)));
}

function power(f: Value, n: Value): Value {
  if (!isInt(n)) throw TYPE_ERROR;
  if (lessInts(n, 1) || !lessInts(n, TOO_DEEP)) throw RECURSION_ERROR;
  charge(Number(n));
  let result = f;
  for (let k = 1; k < Number(n); k++) result = compose(f, result);
  return result;
}

/** Fixes the last argument. Any arity but 2 and 3 is taken for 4. */
function rbind(f: Value, fixed: Value): Value {
  if (!(f instanceof Fn)) throw ATTRIBUTE_ERROR;
  if (f.arity === 2) return new Fn(1, (x) => call2(f, x, fixed));
  if (f.arity === 3) return new Fn(2, (x, y) => callAll(f, [x, y, fixed]));
  return new Fn(3, (x, y, z) => callAll(f, [x, y, z, fixed]));
}

/** Fixes the first argument. Any arity but 2 and 3 is taken for 4. */
function lbind(f: Value, fixed: Value): Value {
  if (!(f instanceof Fn)) throw ATTRIBUTE_ERROR;
  if (f.arity === 2) return new Fn(1, (y) => call2(f, fixed, y));
  if (f.arity === 3) return new Fn(2, (y, z) => callAll(f, [fixed, y, z]));
  return new Fn(3, (y, z, a) => callAll(f, [fixed, y, z, a]));
}

function apply(f: Value, container: Value): Value {
  const items = iterate(container);
  return sameKind(
    container,
    lazily(() => items.map((item) => call1(f, item))),
  );
}

function rapply(functions: Value, value: Value): Value {
  const members = iterate(functions);
  return sameKind(
    functions,
    lazily(() => members.map((f) => call1(f, value))),
  );
}

function mapply(f: Value, container: Value): Value {
  return merge(apply(f, container));
}

function papply(f: Value, a: Value, b: Value): Value {
  const pairs = zip(a, b);
  return tuple(lazily(() => pairs.map(([i, j]) => call2(f, i, j))));
}

function mpapply(f: Value, a: Value, b: Value): Value {
  return merge(papply(f, a, b));
}

/** The outer loop runs over `b`; `a` is not looked at when `b` is empty. */
function prapply(f: Value, a: Value, b: Value): Value {
  const outer = iterate(b);
  if (outer.length === 0) return setOf([]);
  const inner = iterate(a);
  allocate(inner.length * outer.length);
  return setOf(lazily(() => outer.flatMap((j) => inner.map((i) => call2(f, i, j)))));
}

export const COMBINATORS: Theme = {
  compose,
  chain,
  matcher,
  fork,
  power,
  rbind,
  lbind,
  apply,
  rapply,
  mapply,
  papply,
  mpapply,
  prapply,
};
