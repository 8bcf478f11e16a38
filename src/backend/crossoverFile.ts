// Keeps what was measured on a machine in the user's cache folder.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { BACKENDS } from '../../kernels/open.ts';
import { type Fault, fault, list, object, oneOf, text, where } from '../json/check.ts';
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

const above0 = where((value) => typeof value === 'number' && Number.isFinite(value) && value > 0, 'a number above 0');

/** What a file has to be; that it is of this machine, and that sizes grow, is looked at besides. */
const DOCUMENT = object<Crossover & { schema: number; type: string }>({
  schema: oneOf(CROSSOVER_SCHEMA),
  type: oneOf('crossover'),
  measured: where((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)), 'a date'),
  backends: list(
    object<BackendTimes>({
      backend: oneOf(...BACKENDS),
      device: text,
      openSeconds: above0,
      points: where((value) => Array.isArray(value) && value.length > 0, 'one point at least'),
    }),
  ),
});

function parse(document: unknown, traits: readonly string[]): Crossover {
  const wrong = DOCUMENT(document) ?? pointsFault(document as Crossover);
  if (wrong !== undefined) {
    const place = wrong.path === '' ? '' : `${wrong.path}: `;
    throw new Error(`${place}found ${wrong.found}, expected ${wrong.expected}`);
  }
  const { machine, measured, backends } = document as Crossover & { readonly machine: unknown };
  if (JSON.stringify(machine) !== JSON.stringify(traits)) throw new Error('it was measured on another machine');
  const known = backends.map(({ backend, device, openSeconds, points }) => ({
    backend,
    device,
    openSeconds,
    points: points.map(({ comparisons, seconds }) => ({ comparisons, seconds })),
  }));
  return { measured, backends: known };
}

const POINT = object<CrossoverPoint>({ comparisons: above0, seconds: above0 });

function pointsFault({ backends }: Crossover): Fault | undefined {
  for (const [k, { points }] of backends.entries()) {
    for (const [n, point] of points.entries()) {
      const path = `backends[${k}].points[${n}]`;
      const wrong = POINT(point);
      if (wrong !== undefined) return { ...wrong, path: wrong.path === '' ? path : `${path}.${wrong.path}` };
      const before = points[n - 1]?.comparisons ?? 0;
      if (point.comparisons <= before)
        return fault(point.comparisons, `a number above ${before}`, `${path}.comparisons`);
    }
  }
  return undefined;
}
