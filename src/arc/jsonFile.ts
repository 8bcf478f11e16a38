// Reads a JSON file: its text is checked for encoding, its syntax errors get a line and a column.
import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { ArcError, systemError } from './error.ts';
import { findJsonProblem, findRepeatedKey, outerKeys } from './jsonSyntax.ts';

/** A JSON file: its value and its text. */
export interface JsonFile {
  readonly value: unknown;
  readonly text: string;
}

/** A JSON file whose value is an object. */
export interface JsonObjectFile {
  readonly value: Readonly<Record<string, unknown>>;
  /** Its keys in file order. */
  readonly keys: readonly string[];
}

/** Whether a value of a JSON file is an object, neither a list nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a JSON file in UTF-8, with or without byte order mark.
 * @throws ArcError where it cannot be read, is in another encoding or is not JSON (with line and column)
 */
export function readJsonFile(file: string): JsonFile {
  let bytes: Buffer;
  try {
    // a pipe would be waited for
    if (!statSync(file).isFile()) throw new ArcError('found a pipe or a device, expected a file', { file });
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof ArcError) throw error;
    throw systemError(error, file);
  }
  const text = decode(bytes, file);
  try {
    return { value: JSON.parse(text), text };
  } catch (error) {
    const found = findJsonProblem(text);
    if (found === null) throw new ArcError(`cannot be read as JSON: ${(error as Error).message}`, { file });
    throw new ArcError(`not JSON: line ${found.line}, column ${found.column}: ${found.problem}`, { file });
  }
}

function decode(bytes: Buffer, file: string): string {
  if (bytes.length === 0) throw new ArcError('the file is empty', { file });
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new ArcError('found UTF-16 text, expected UTF-8', { file });
  }
  if (a === 0x1f && b === 0x8b) throw new ArcError('found gzip data, expected JSON text', { file });
  if (!isUtf8(bytes)) throw new ArcError('found bytes that are not UTF-8, expected JSON text in UTF-8', { file });
  try {
    return bytes.toString('utf8', a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0);
  } catch (error) {
    throw systemError(error, file); // more than a string can hold
  }
}

/**
 * The object in `json`, with its keys in file order.
 * @param what what a value is called in messages, such as `task`
 * @throws ArcError where it is no object or a key is there twice
 */
export function asObjectFile(json: JsonFile, file: string, what: string): JsonObjectFile {
  if (!isObject(json.value))
    throw new ArcError(`found no object, expected one that maps task ids to ${what}s`, { file });
  const keys = outerKeys(json.text);
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new ArcError('is in the file twice', { file, task: key });
    seen.add(key);
  }
  refuseRepeatedKey(json.text, file);
  return { value: json.value, keys };
}

/**
 * The value of a file that holds one task.
 * @throws ArcError where a key is there twice in one object
 */
export function asTaskFile(json: JsonFile, file: string): unknown {
  refuseRepeatedKey(json.text, file);
  return json.value;
}

/** JSON.parse takes the last of two equal keys: which one was meant nobody knows. */
function refuseRepeatedKey(text: string, file: string): void {
  const found = findRepeatedKey(text);
  if (found === null) return;
  throw new ArcError(`line ${found.line}, column ${found.column}: ${found.problem}`, { file });
}
