// Runs the cases of a vector file, each with its arguments in both representations.
// Formats: docs/spec/vectors.md for the plain dialect, docs/spec/dialect.md 7 for S/I/C.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageFolder } from '../../src/arc/bundled.ts';
import type { Names } from '../../src/dsl/table.ts';
import { equal } from '../../src/value/equal.ts';
import { PyError, Stop } from '../../src/value/errors.ts';
import { meter } from '../../src/value/meter.ts';
import { callAll, Fn, type Value } from '../../src/value/value.ts';
import { decode, type Encoding, encode, FormatError, isResult, type Library } from './decode.ts';
import { evaluateText } from './program.ts';

export type Dialect = 'plain' | 'sic';

/** The implementation that is held against the vectors. */
export interface Subject {
  readonly dialect: Dialect;
  readonly names: Names;
  /** The value that a program returns for a grid; raises its exception. */
  evaluateProgram(source: string, grid: Value): Value;
}

/** A case that failed: where, which function or program, and what came instead. */
export interface Failure {
  readonly line: number;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

export interface Report {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

type Json = Readonly<Record<string, unknown>>;

const ENCODINGS: readonly Encoding[] = ['generic', 'packed'];
const FUNCTION_FIELDS: readonly string[] = ['fn', 'args', 'then', 'result', 'error'];
const DIALECT_FIELDS: readonly string[] = ['fn', 'args', 'result', 'error'];
const PROGRAM_FIELDS: readonly string[] = ['source', 'task', 'split', 'index', 'order_sensitive', 'result', 'error'];

export function subjectOf(names: Names, dialect: Dialect = 'plain'): Subject {
  return { dialect, names, evaluateProgram: (source, grid) => evaluateText(names, source, grid) };
}

/** The text of a `.jsonl` or `.jsonl.gz` file. */
export function readVectors(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Runs all lines of a vector file. */
export function runVectors(text: string, subject: Subject): Report {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const failures: Failure[] = [];
  lines.forEach((line, k) => {
    const failure = runLine(line, subject);
    if (failure !== null) failures.push({ line: k + 1, ...failure });
  });
  return { passed: lines.length - failures.length, failures };
}

function runLine(line: string, subject: Subject): Omit<Failure, 'line'> | null {
  let what = '';
  try {
    const json = parseCase(line, subject.dialect);
    what = nameOf(json);
    for (const encoding of ENCODINGS) {
      const got = outcomeOf(() => evaluateCase(json, encoding, subject));
      const right = got instanceof PyError ? got.name === json.error : 'result' in json && isResult(got, json.result);
      if (right) continue;
      const expected = 'error' in json ? String(json.error) : JSON.stringify(json.result);
      return {
        what,
        expected,
        got: `${got instanceof PyError ? got.name : encode(got)} (${remark(got, json, encoding)})`,
      };
    }
    return null;
  } catch (error) {
    return { what, expected: 'a case that runs', got: describe(error) };
  }
}

/** What a failure is worth knowing: the arguments it came with, and whether the value is right but for the order. */
function remark(got: Value | PyError, json: Json, encoding: Encoding): string {
  const equals =
    !(got instanceof PyError) && 'result' in json && equal(got, decode(json.result, 'generic', NO_LIBRARY));
  return `${encoding} arguments${equals ? '; equal, but for order or kinds of number' : ''}`;
}

/** The value or the exception that an evaluation ends in; without a budget. */
function outcomeOf(evaluate: () => Value): Value | PyError {
  meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof PyError) return error;
    throw error;
  }
}

function describe(error: unknown): string {
  if (error instanceof Stop) return `stopped: ${error.verdict}`;
  if (error instanceof FormatError || error instanceof SyntaxError) return `unreadable: ${error.message}`;
  return error instanceof Error ? `crashed: ${error.message}` : `crashed: ${String(error)}`;
}

/** A line as a case whose fields are known and complete. */
function parseCase(line: string, dialect: Dialect): Json {
  const json: unknown = JSON.parse(line);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new FormatError('no object');
  const known = dialect === 'sic' ? DIALECT_FIELDS : 'fn' in json ? FUNCTION_FIELDS : PROGRAM_FIELDS;
  const unknown = Object.keys(json).find((field) => !known.includes(field));
  if (unknown !== undefined) throw new FormatError(`unknown field "${unknown}"`);
  if ('result' in json === 'error' in json) throw new FormatError('either "result" or "error" is needed');
  return json as Json;
}

function evaluateCase(json: Json, encoding: Encoding, subject: Subject): Value {
  if (subject.dialect === 'plain' && !('fn' in json)) return evaluateProgram(json, encoding, subject);
  return evaluateFunction(json, encoding, subject);
}

function evaluateFunction(json: Json, encoding: Encoding, { dialect, names }: Subject): Value {
  const lookUp = (name: string): Value => {
    const f = names.get(name);
    if (!(f instanceof Fn)) throw new FormatError(`no function "${name}"`);
    return f;
  };
  const call = (name: string, args: readonly Value[]): Value => callAll(lookUp(name), args);
  const values = (field: string): Value[] => {
    const list = json[field];
    if (!Array.isArray(list)) throw new FormatError(`"${field}" is no list`);
    return list.map((arg) => decode(arg, encoding, { lookUp, call }));
  };
  const isTerm = dialect === 'sic' && typeof json.fn === 'object';
  const head = isTerm ? decode(json.fn, encoding, { lookUp, call }) : lookUp(text(json, 'fn'));
  const result = callAll(head, values('args'));
  return 'then' in json ? callAll(result, values('then')) : result;
}

function evaluateProgram(json: Json, encoding: Encoding, subject: Subject): Value {
  return subject.evaluateProgram(text(json, 'source'), decode({ g: inputRows(json) }, encoding, NO_LIBRARY));
}

const NO_LIBRARY: Library = { lookUp: noFunction, call: noFunction };

function noFunction(): never {
  throw new FormatError('a function where there is none');
}

/** The function or the program of a case. */
function nameOf({ fn, task }: Json): string {
  return typeof fn === 'object' ? JSON.stringify(fn) : String(fn ?? task);
}

/** The input grid of a program case, in the rows of a "g". */
function inputRows(json: Json): readonly string[] {
  const { split, index } = json;
  if (split !== 'train' && split !== 'test') throw new FormatError('"split" is neither train nor test');
  const sample = typeof index === 'number' ? taskOf(text(json, 'task'))[split][index] : undefined;
  if (sample === undefined) throw new FormatError(`no sample ${String(index)}`);
  return sample.input.map((row) => row.join(''));
}

type Samples = readonly { readonly input: readonly (readonly number[])[] }[];
type Task = Readonly<Record<'train' | 'test', Samples>>;

const tasks = new Map<string, Task>();

function taskOf(id: string): Task {
  const folder = tasksFolder();
  const file = join(folder, `${id}.json`);
  let task = tasks.get(file);
  if (task === undefined) {
    if (!existsSync(file)) throw new FormatError(`no task ${id} in ${folder}`);
    task = JSON.parse(readFileSync(file, 'utf8')) as Task;
    tasks.set(file, task);
  }
  return task;
}

/** Where program cases take their tasks from. */
export function tasksFolder(): string {
  const data = process.env.ARC_DATA;
  const places = data ? [join(data, 'agi1', 'training'), join(data, 'training')] : [];
  const shared = join(packageFolder(), '..', 'shared', 'arc', 'agi1', 'training');
  return places.find((place) => existsSync(place)) ?? shared;
}

function text(json: Json, field: string): string {
  const value = json[field];
  if (typeof value !== 'string') throw new FormatError(`"${field}" is no text`);
  return value;
}
