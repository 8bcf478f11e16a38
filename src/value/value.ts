// The kinds of Python value a program can hold, and how they are represented.
//
// int     number while it is a safe integer, bigint beyond
// float   only nan, inf and -inf exist: the JavaScript numbers NaN, Infinity and -Infinity
// bool    boolean            None   null
// tuple   ListTuple, or Grid when it is a grid of small ints
// frozenset  PatchSet when it holds ids (locations or cells), else ListSet
// function   Fn
// Two representations of equal values are equal everywhere; which one a value has is never visible to a program.
import { TYPE_ERROR } from './errors.ts';
import { charge, enter, leave, meter } from './meter.ts';

export type Value = number | bigint | boolean | null | Tuple | FrozenSet | Fn;

/** What tuples and frozensets share: a length, items in iteration order, a hash computed once. */
abstract class Container {
  hashed = false;
  lo = 0;
  hi = 0;
  /** Number of items. */
  abstract readonly length: number;
  /** The items in iteration order; the array must not be changed. */
  abstract items(): readonly Value[];
}

export abstract class Tuple extends Container {
  /** Item `index`, 0 <= index < length. */
  abstract at(index: number): Value;
}

export class ListTuple extends Tuple {
  readonly list: readonly Value[];
  /** The id of a location or cell; -2 when this is neither, -1 when not yet known. */
  id: number;

  constructor(list: readonly Value[], id = -1) {
    super();
    this.list = list;
    this.id = id;
  }

  get length(): number {
    return this.list.length;
  }

  items(): readonly Value[] {
    return this.list;
  }

  at(index: number): Value {
    return this.list[index]!;
  }
}

/** A tuple of `height` >= 1 rows, each a tuple of `width` >= 1 ints 0..15 (no booleans), row by row in `cells`. */
export class Grid extends Tuple {
  readonly height: number;
  readonly width: number;
  /** height × width ints 0..15; must not be changed once the grid is made. */
  readonly cells: readonly number[];
  /** The most common colour, once worked out; -1 before. */
  background = -1;
  #rows: ListTuple[] | undefined = undefined;

  constructor(height: number, width: number, cells: readonly number[]) {
    super();
    this.height = height;
    this.width = width;
    this.cells = cells;
  }

  get length(): number {
    return this.height;
  }

  items(): readonly ListTuple[] {
    if (this.#rows === undefined) {
      const rows: ListTuple[] = new Array(this.height);
      for (let i = 0; i < this.height; i++) {
        rows[i] = new ListTuple(this.cells.slice(i * this.width, (i + 1) * this.width));
      }
      this.#rows = rows;
    }
    return this.#rows;
  }

  at(index: number): Value {
    return this.items()[index]!;
  }
}

export abstract class FrozenSet extends Container {
  /** The elements in an order of no meaning, the same on every call until `items()` was asked for. */
  abstract elements(): readonly Value[];
}

/**
 * A function value. `arity` is the number of declared parameters; `call` takes exactly that many arguments, `otherwise`
 * any other number of them (null: such a call is a TypeError).
 * `serial` stands in for the address that CPython hashes: for a DSL function it comes from the name, for any other it
 * counts the functions made in one evaluation, so that it does not depend on what was evaluated before.
 */
export class Fn {
  readonly arity: number;
  readonly call: (...args: Value[]) => Value;
  readonly name: string | null;
  readonly otherwise: ((args: readonly Value[]) => Value) | null;
  readonly serial: number;

  constructor(
    arity: number,
    call: (...args: Value[]) => Value,
    name: string | null = null,
    otherwise: ((args: readonly Value[]) => Value) | null = null,
  ) {
    this.arity = arity;
    this.call = call;
    this.name = name;
    this.otherwise = otherwise;
    this.serial = name === null ? meter.functions++ : serialOf(name);
  }
}

/** A number from a name (FNV-1a), away from the counted ones. */
function serialOf(name: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < name.length; k++) h = Math.imul(h ^ name.charCodeAt(k), 0x01000193);
  return (h >>> 4) + 0x10000000;
}

/** f(x): TypeError when `f` is no function of one parameter. */
export function call1(f: Value, x: Value): Value {
  if (!(f instanceof Fn) || f.arity !== 1) return callOtherwise(f, [x]);
  enter();
  charge(1);
  const result = f.call(x);
  leave();
  return result;
}

/** f(x, y): TypeError when `f` is no function of two parameters. */
export function call2(f: Value, x: Value, y: Value): Value {
  if (!(f instanceof Fn) || f.arity !== 2) return callOtherwise(f, [x, y]);
  enter();
  charge(1);
  const result = f.call(x, y);
  leave();
  return result;
}

/** f(*args): TypeError when `f` is no function of that many parameters. */
export function callAll(f: Value, args: readonly Value[]): Value {
  if (!(f instanceof Fn) || f.arity !== args.length) return callOtherwise(f, args);
  enter();
  charge(1);
  const result = f.call(...args);
  leave();
  return result;
}

/** f(*args) of something that is no function of that many parameters. */
function callOtherwise(f: Value, args: readonly Value[]): Value {
  if (!(f instanceof Fn) || f.otherwise === null) throw TYPE_ERROR;
  enter();
  charge(1);
  const result = f.otherwise(args);
  leave();
  return result;
}

/** Whether `v` is an int; nan and the infinities are not. */
export function isInt(v: Value): v is number | bigint | boolean {
  return typeof v === 'number' ? Number.isFinite(v) : typeof v === 'bigint' || typeof v === 'boolean';
}

/** Whether `v` is an int or a float. */
export function isNumber(v: Value): v is number | bigint | boolean {
  return typeof v === 'number' || typeof v === 'bigint' || typeof v === 'boolean';
}

export const EMPTY_TUPLE: ListTuple = new ListTuple([], -2);
