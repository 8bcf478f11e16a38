// Keeps what was measured on a machine in the user's cache folder.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { BACKENDS } from '../../kernels/open.ts';
import type { BackendTimes, Crossover, CrossoverPoint } from './crossover.ts';

/** Version of the layout of the file. */
const CROSSOVER_SCHEMA = 1;
/** A file with more bytes is not one of ours. */
const MOST_BYTES = 1 << 20;

/** The crossover of a machine, or why there is none; neither where nothing was measured yet. */
export interface KeptCrossover {
  readonly crossover?: Crossover;
  /** What is wrong with the file that is there. */
  readonly note?: string;
}

/**
 * The file of a machine.
 * @param traits see `machineTraits`
 * @throws Error where the user has no cache folder
 */
export function crossoverPath(traits: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const hash = createHash('sha256').update(JSON.stringify(traits)).digest('hex');
  return join(cacheFolder(env), 'batt', `crossover-${hash.slice(0, 16)}.json`);
}

function cacheFolder({ XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '' }: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32' && isAbsolute(local)) return local;
  return isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
}

/** Reads the file of a machine. One that is damaged, of another machine or in another layout is not used. */
export function readCrossover(path: string, traits: readonly string[]): KeptCrossover {
  try {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file === undefined) return {};
    if (!file.isFile()) return { note: `${path}: found something else than a file` };
    if (file.size > MOST_BYTES) return { note: `${path}: found ${file.size} bytes, expected ${MOST_BYTES} at most` };
    return { crossover: parse(JSON.parse(readFileSync(path, 'utf8')), traits) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return {};
    return { note: `${path}: ${error instanceof Error ? error.message : error}` };
  }
}

/** The content of the file of a machine. */
export function crossoverText(traits: readonly string[], crossover: Crossover): string {
  const document = { schema: CROSSOVER_SCHEMA, type: 'crossover', machine: traits, ...crossover };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function parse(document: unknown, traits: readonly string[]): Crossover {
  const { schema, type, machine, measured, backends } = record(document, 'the document');
  if (schema !== CROSSOVER_SCHEMA || type !== 'crossover') {
    throw new Error(
      `found schema ${JSON.stringify(schema)} of ${JSON.stringify(type)}, expected ${CROSSOVER_SCHEMA} of "crossover"`,
    );
  }
  if (JSON.stringify(machine) !== JSON.stringify(traits)) throw new Error('it was measured on another machine');
  if (typeof measured !== 'string' || Number.isNaN(Date.parse(measured))) {
    throw new Error(`found measured ${JSON.stringify(measured)}, expected a date`);
  }
  return { measured, backends: array(backends, 'backends').map(backendTimes) };
}

function backendTimes(item: unknown): BackendTimes {
  const { backend: name, device, openSeconds, points } = record(item, 'a backend');
  const backend = BACKENDS.find((known) => known === name);
  if (backend === undefined) {
    throw new Error(`found backend ${JSON.stringify(name)}, expected one of ${BACKENDS.join(', ')}`);
  }
  if (typeof device !== 'string') throw new Error(`found device ${JSON.stringify(device)}, expected a name`);
  const list: CrossoverPoint[] = [];
  for (const point of array(points, 'points')) {
    const { comparisons, seconds } = record(point, 'a point');
    list.push({ comparisons: above(comparisons, list.at(-1)?.comparisons ?? 0), seconds: above(seconds, 0) });
  }
  if (list.length === 0) throw new Error(`found no points of ${backend}, expected one at least`);
  return { backend, device, openSeconds: above(openSeconds, 0), points: list };
}

function record(item: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return item as Record<string, unknown>;
  throw new Error(`found ${JSON.stringify(item)}, expected an object for ${what}`);
}

function array(item: unknown, what: string): readonly unknown[] {
  if (Array.isArray(item)) return item;
  throw new Error(`found ${JSON.stringify(item)}, expected a list of ${what}`);
}

function above(item: unknown, least: number): number {
  if (typeof item === 'number' && Number.isFinite(item) && item > least) return item;
  throw new Error(`found ${JSON.stringify(item)}, expected a number above ${least}`);
}
