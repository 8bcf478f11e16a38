// Values of the vector files: JSON to value, value to JSON, and their strict comparison.
// Formats: docs/spec/vectors.md, docs/spec/dialect.md 7.
import { packSet, setOf } from '../../src/value/set.ts';
import { Fn, FrozenSet, Grid, ListTuple, Tuple, type Value } from '../../src/value/value.ts';

/** A case that does not follow the format: no outcome of the function under test. */
export class FormatError extends Error {}

/** How arguments are represented: as plain tuples and sets, or as grids and sets of ids wherever that is possible. */
export type Encoding = 'generic' | 'packed';

/** What the functions of a vector file are made of. */
export interface Library {
  /** `{"f": name}` */
  lookUp(name: string): Value;
  /** `{"call": [name, ...]}` */
  call(name: string, args: readonly Value[]): Value;
}

type Json = unknown;

/** An argument. Sets are built by inserting their elements in the listed order. */
export function decode(json: Json, encoding: Encoding, library: Library): Value {
  if (typeof json === 'boolean' || json === null) return json;
  if (typeof json === 'number') return integer(json);
  const [form, content] = formOf(json);
  if (form === 'f') return library.lookUp(text(content));
  if (form === 'n') return float(content);
  if (form === 'g') return decodeGrid(rowsOf(content), encoding);
  const list = listOf(content);
  if (form === 'call') {
    const args = list.slice(1).map((arg) => decode(arg, encoding, library));
    return library.call(text(list[0]), args);
  }
  const items = list.map((item) => decode(item, encoding, library));
  if (form === 't') return new ListTuple(items);
  const set = setOf(items);
  return encoding === 'packed' ? packSet(set) : set;
}

function decodeGrid(rows: readonly string[], encoding: Encoding): Value {
  if (encoding === 'packed') return new Grid(rows.length, rows[0]!.length, rows.flatMap(digitsOf));
  return new ListTuple(rows.map((row) => new ListTuple(digitsOf(row))));
}

/**
 * Whether `value` is what the vector says: bools told from ints, sets in the listed order.
 *
 * @throws FormatError where `json` is no result
 */
export function isResult(value: Value, json: Json): boolean {
  if (typeof json === 'boolean' || json === null) return value === json;
  if (typeof json === 'number') return Object.is(value, integer(json));
  const [form, content] = formOf(json);
  if (form === 'n') return Object.is(value, float(content));
  if (form === 'g') {
    const rows = rowsOf(content);
    return value instanceof Tuple && sameItems(value.items(), rows, (row, digits) => isRow(row, digitsOf(digits)));
  }
  if (form !== 't' && form !== 's') throw new FormatError(`"${form}" in a result`);
  const items = listOf(content);
  const container = form === 't' ? value instanceof Tuple && value : value instanceof FrozenSet && value;
  return container && sameItems(container.items(), items, isResult);
}

function isRow(row: Value, digits: readonly number[]): boolean {
  return row instanceof Tuple && sameItems(row.items(), digits, Object.is);
}

function sameItems<T>(items: readonly Value[], other: readonly T[], same: (a: Value, b: T) => boolean): boolean {
  return items.length === other.length && items.every((item, k) => same(item, other[k]!));
}

/** A value in the notation of the vector files, for messages; also where the files have none. */
export function encode(value: Value): string {
  if (value instanceof Fn) return `<function ${value.name ?? 'made by the program'}>`;
  if (value instanceof FrozenSet) return `{"s":[${value.items().map(encode).join(',')}]}`;
  if (typeof value === 'number' && !Number.isFinite(value)) return `{"n":"${nameOfFloat(value)}"}`;
  if (!(value instanceof Tuple)) return Object.is(value, -0) ? '-0' : String(value);
  const rows = value.items();
  const width = rows[0] instanceof Tuple ? rows[0].length : 0;
  if (width > 0 && rows.every((row) => row instanceof Tuple && row.length === width && row.items().every(isDigit))) {
    return `{"g":[${rows.map((row) => `"${(row as Tuple).items().join('')}"`).join(',')}]}`;
  }
  return `{"t":[${rows.map(encode).join(',')}]}`;
}

function isDigit(value: Value): boolean {
  return typeof value === 'number' && value >= 0 && value <= 9 && !Object.is(value, -0);
}

const FORMS: ReadonlySet<string> = new Set(['t', 'g', 's', 'n', 'f', 'call']);

/** The only key of an encoded value, and what it holds. */
function formOf(json: Json): readonly [string, Json] {
  const entries = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : [];
  const entry = entries[0];
  if (entry === undefined || entries.length !== 1 || !FORMS.has(entry[0])) {
    throw new FormatError(`no value: ${JSON.stringify(json)}`);
  }
  return entry;
}

function integer(json: number): number {
  if (!Number.isSafeInteger(json)) throw new FormatError(`no integer within 2^53: ${json}`);
  return json + 0; // JSON has a -0, Python has not
}

const FLOATS: ReadonlyMap<Json, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

function float(json: Json): number {
  const value = FLOATS.get(json);
  if (value === undefined) throw new FormatError(`no float: ${JSON.stringify(json)}`);
  return value;
}

function nameOfFloat(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function listOf(json: Json): readonly Json[] {
  if (!Array.isArray(json)) throw new FormatError(`no list: ${JSON.stringify(json)}`);
  return json;
}

function text(json: Json): string {
  if (typeof json !== 'string') throw new FormatError(`no name: ${JSON.stringify(json)}`);
  return json;
}

/** The rows of a "g": at least one, equally long, of at least one digit. */
function rowsOf(json: Json): readonly string[] {
  const rows = listOf(json).map(text);
  const width = rows[0]?.length;
  if (!rows.every((row) => row.length === width && /^[0-9]+$/.test(row))) {
    throw new FormatError(`no grid: ${JSON.stringify(json)}`);
  }
  if (width === undefined) throw new FormatError('a grid without rows');
  return rows;
}

function digitsOf(row: string): number[] {
  return Array.from(row, Number);
}
