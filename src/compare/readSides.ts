// Finds out what the two arguments are, and reads them.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { readCase } from './caseSide.ts';
import { Field } from './field.ts';
import { unreadable } from './files.ts';
import { isOriginal, readOriginal } from './originalSide.ts';
import { findRun, RESULTS, type RunPlace } from './runFolder.ts';
import { readRun } from './runSide.ts';
import { CompareError, type Side } from './side.ts';

type Place =
  | { readonly kind: 'run'; readonly run: RunPlace }
  | { readonly kind: 'case'; readonly root: Field }
  | { readonly kind: 'original' };

/**
 * Reads both sides.
 * @param logs saved stdout of the original, one for each side that it left, in their order
 * @throws CompareError where a side is of no known kind, unreadable or damaged
 */
export function readSides(a: string, b: string, logs: readonly string[]): [Side, Side] {
  const places = [placeOf(a), placeOf(b)] as const;
  const originals = places.filter(({ kind }) => kind === 'original').length;
  if (logs.length > originals) {
    throw new CompareError(
      `--log ${logs[originals]}: expected one a side that the Python original left, found ${logs.length} for ${originals}`,
    );
  }
  const left = logs.slice();
  return [readSide(a, places[0], left), readSide(b, places[1], left)];
}

function readSide(path: string, place: Place, logs: string[]): Side {
  if (place.kind === 'run') return readRun(path, place.run);
  if (place.kind === 'case') return readCase(path, place.root);
  return readOriginal(path, logs.shift());
}

function placeOf(path: string): Place {
  if (!existsSync(path)) throw new CompareError(`${path}: no such file or folder`);
  if (statSync(path).isDirectory()) {
    const run = findRun(path);
    if (run !== undefined) return { kind: 'run', run };
    if (isOriginal(path)) return { kind: 'original' };
    throw new CompareError(
      `${path}: expected a run of batt (${RESULTS}, or runs/<id>/${RESULTS}) or what run_batt.py left (solver_dir/, solver_md5/, differ_dir/, differ_md5/)`,
    );
  }
  const root = caseOf(path);
  return root === undefined ? { kind: 'run', run: { results: path, out: undefined } } : { kind: 'case', root };
}

/** The JSON of a case; undefined for anything else, which is read as lines. */
function caseOf(path: string): Field | undefined {
  if (basename(path).endsWith('.jsonl')) return undefined;
  const text = contentOf(path);
  if (basename(path).endsWith('.json')) return Field.parse(text, path);
  try {
    const value: unknown = JSON.parse(text);
    const isCase = typeof value === 'object' && value !== null && 'peer_commit' in value;
    return isCase ? new Field(value, path) : undefined;
  } catch {
    return undefined;
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}
