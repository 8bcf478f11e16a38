// The solver and differ files and links that stand in a folder, read without changing or following anything.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAME, INTEGER_NAME } from '../store/layout.ts';
import { CompareError, type Facts, type Recorded, WHOLE } from './side.ts';

/** Links from which on the 32-file rule may have removed some. */
const LIMIT = 32;

/** The texts in `solver_md5/` or `differ_md5/` by md5, one byte a character; undefined where there is no such folder. */
export function readTexts(folder: string, notes: string[]): Map<string, string> | undefined {
  const names = list(folder);
  if (names === undefined) return undefined;
  const texts = new Map<string, string>();
  const strange: string[] = [];
  for (const name of names.sort()) {
    const md5 = FILE_NAME.exec(name)?.[1];
    if (md5 === undefined) strange.push(name);
    else texts.set(md5, bytes(join(folder, name)));
  }
  if (strange.length > 0)
    notes.push(
      `${folder}: left out what is not named <md5>.py: ${strange.slice(0, 3).join(', ')}${strange.length > 3 ? ' …' : ''}`,
    );
  return texts;
}

/** Records the files of a side. */
export function recordTexts(
  facts: Facts,
  kind: 'solver' | 'differ',
  texts: ReadonlyMap<string, string> | undefined,
): void {
  if (texts === undefined) return;
  facts.setFigure(`${kind}_count`, WHOLE, texts.size);
  facts.set(`${kind}_md5`, WHOLE, { values: new Map([...texts.keys()].map((md5) => [md5, 'there'])) });
  facts.set(`${kind}_text`, WHOLE, { values: texts });
}

/**
 * The links below the folder of a task as `score md5`; their t_log is left out. Dangling ones count: the original's lead to fixed places.
 * @param scale by which scores are divided
 * @param named the md5 of those to read, all when left out
 */
export function readLinks(folder: string, scale: number, named?: ReadonlySet<string>): Recorded {
  const values = new Map<string, number>();
  let links = 0;
  for (const score of integers(folder)) {
    for (const tLog of integers(join(folder, score))) {
      for (const name of list(join(folder, score, tLog)) ?? []) {
        const md5 = FILE_NAME.exec(name)?.[1];
        if (md5 === undefined) continue;
        links++;
        if (named?.has(md5) === false) continue;
        const scaled = Number(score) / scale;
        values.set(linkKey(scaled, md5), scaled);
      }
    }
  }
  return { values, limit: { full: links >= LIMIT } };
}

export function linkKey(score: number, md5: string): string {
  return `${score} ${md5}`;
}

/** The tasks with a folder `solve_<task>`; undefined where the folder is not there. */
export function taskFolders(folder: string): string[] | undefined {
  return list(folder)
    ?.filter((name) => name.startsWith('solve_'))
    .map((name) => name.slice('solve_'.length))
    .sort();
}

function integers(folder: string): string[] {
  return (list(folder) ?? []).filter((name) => INTEGER_NAME.test(name));
}

function list(folder: string): string[] | undefined {
  if (!existsSync(folder)) return undefined;
  try {
    return readdirSync(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function bytes(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** A file that cannot be read, in words. */
export function unreadable(path: string, error: unknown): CompareError {
  return new CompareError(`${path}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
