// Reads what stands in the folder of a task, and what is left of a killed run.
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, StoreError, storeError } from '../files/storeError.ts';
import { isTemporary, removeLeftBehind } from '../files/temporary.ts';
import { FILE_NAME, INTEGER_NAME, type Place } from './layout.ts';

/** A link, or a copy in its place, that leads to a file. */
export interface Entry extends Place {
  readonly path: string;
}

/** The folder of a task. What is named otherwise than `<score>/<t_log>/<md5>.py` is no part of it, and never touched. */
export interface Listing {
  readonly entries: readonly Entry[];
  /** Links that lead nowhere. They do not count, and stay. */
  readonly dangling: readonly StoreError[];
}

/** Looks after which a link that leads nowhere is taken for one. */
const TRIES = 3;

/**
 * Lists the folder of a task, in no order; one that is not there is empty. Old temporary files in it are removed.
 * @throws StoreError where it cannot be read
 */
export async function listTask(folder: string): Promise<Listing> {
  const entries: Entry[] = [];
  const dangling: StoreError[] = [];
  await Promise.all(
    (await taskNames(folder)).filter(isInteger).map(async (score) => {
      const tLogs = (await names(join(folder, score))).filter(isInteger);
      await Promise.all(tLogs.map((tLog) => listLinks(folder, score, tLog, entries, dangling)));
    }),
  );
  return { entries, dangling };
}

async function listLinks(
  folder: string,
  score: string,
  tLog: string,
  entries: Entry[],
  dangling: StoreError[],
): Promise<void> {
  const inner = join(folder, score, tLog);
  await Promise.all(
    (await names(inner)).map(async (name) => {
      const path = join(inner, name);
      if (isTemporary(name)) return removeLeftBehind(path);
      const md5 = FILE_NAME.exec(name)?.[1];
      if (md5 === undefined) return;
      const end = await whatIs(path);
      if (end === 'file') entries.push({ score: Number(score), tLog: Number(tLog), md5, path });
      if (end === 'nowhere') dangling.push(new StoreError(path, 'follow the link', 'it leads nowhere'));
    }),
  );
}

async function whatIs(path: string): Promise<'file' | 'other' | 'nowhere'> {
  for (let tries = 1; ; tries++) {
    try {
      return (await stat(path)).isFile() ? 'file' : 'other';
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT' && code !== 'ELOOP' && code !== 'ENOTDIR')
        throw await storeError(error, path, 'follow the link');
    }
    // Another process may have removed it since its folder was read, or just now, and have made it anew since.
    if ((await lstat(path).catch(() => undefined)) === undefined) return 'other';
    if (tries === TRIES) return 'nowhere';
  }
}

function isInteger(name: string): boolean {
  return INTEGER_NAME.test(name) && String(Number(name)) === name;
}

/** The names in a folder of the task's folder: none in a file, or in a folder that was removed since its name was read. */
async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw await storeError(error, folder, 'read the folder');
  }
}

/** The names in the folder of a task. */
async function taskNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw await storeError(error, folder, 'read the folder', folder);
  }
}

/** Removes what killed runs left in a folder of texts; one that cannot be read is passed. */
export async function removeLeftovers(folder: string): Promise<void> {
  const left = (await readdir(folder).catch(() => [])).filter(isTemporary);
  await Promise.all(left.map((name) => removeLeftBehind(join(folder, name))));
}
