// From what `-b` names to battery files.
import { type Stats, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { namesIn } from '../../../kernels/namesIn.ts';
import { BatteryError } from '../../lang/errors.ts';

/**
 * The battery files that names stand for, in the order of the names, a file named twice once.
 *
 * A name is the path of a file, with or without `.py`; a folder, for all its `*.py` in name order; or a pattern with `*` and
 * `?` in any segment. Folders and patterns leave out `*_call.py` (the companions of batteries) and hidden files.
 *
 * @throws BatteryError for a name that stands for nothing
 */
export function findBatteries(names: readonly string[]): string[] {
  const files = new Map<string, string>();
  for (const name of names) for (const file of filesOf(name)) files.set(resolve(file), file);
  return [...files.values()];
}

function filesOf(name: string): string[] {
  const stats = statOf(name);
  if (stats?.isDirectory()) return notEmpty(batteriesIn(name), name, 'a folder without batteries');
  if (stats !== undefined) return [name];
  if (statOf(`${name}.py`) !== undefined) return [`${name}.py`];
  if (/[*?]/.test(name)) {
    const found = matches(name).flatMap((path) => (statOf(path)?.isDirectory() ? batteriesIn(path) : path));
    return notEmpty(
      found.filter((path) => isBattery(path) && statOf(path)?.isFile()),
      name,
      'a pattern that matches no file',
    );
  }
  const tried = name.endsWith('.py') ? '' : ` (nor ${name}.py)`;
  throw new BatteryError(name, 0, 0, `no such file or folder${tried}`, 'a battery');
}

function notEmpty(files: string[], name: string, found: string): string[] {
  if (files.length === 0) throw new BatteryError(name, 0, 0, found, 'at least one *.py');
  return files;
}

function batteriesIn(folder: string): string[] {
  return namesIn(folder, /\.py$/)
    .map((name) => join(folder, name))
    .filter((path) => isBattery(path) && statOf(path)?.isFile());
}

function isBattery(path: string): boolean {
  return path.endsWith('.py') && !path.endsWith('_call.py') && !basename(path).startsWith('.');
}

/** The paths that match a pattern, in name order segment by segment. */
function matches(pattern: string): string[] {
  let paths = [pattern.startsWith('/') ? '/' : ''];
  for (const segment of pattern.split('/').filter((part) => part !== '')) {
    if (!/[*?]/.test(segment)) {
      paths = paths.map((path) => join(path, segment)).filter((path) => statOf(path) !== undefined);
      continue;
    }
    const source = segment
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    const form = new RegExp(`^${source}$`, 's');
    paths = paths.flatMap((path) =>
      namesIn(path === '' ? '.' : path, form)
        .filter((name) => segment.startsWith('.') || !name.startsWith('.'))
        .map((name) => join(path, name)),
    );
  }
  return paths;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // not ours to read
  }
}
