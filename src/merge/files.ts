// Brings the solver and differ files of several output folders together in one.
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, StoreError } from '../files/storeError.ts';
import { replaceFile } from '../files/wholeFile.ts';
import { hasGuards } from '../lang/text/source.ts';
import { FileStore } from '../store/fileStore.ts';
import {
  FILE_NAME,
  type Place,
  type StoreKind,
  type StoreMode,
  type StoreRecord,
  taskFolder,
  textFolder,
} from '../store/layout.ts';
import { listTask } from '../store/listing.ts';
import { Texts } from '../store/texts.ts';

/** Texts that are read at a time. */
const AT_ONCE = 256;

/**
 * Copies texts and links into an output folder. Of each task the best 32 keep a link, as when one run saves them. Of texts that
 * differ under one md5 the first stays, and the file is named; but a text with guards takes the place of the same program without.
 * @param from output folders, the first ones first
 * @returns what could not be copied
 */
export async function copyFiles(from: readonly string[], out: string, mode: StoreMode): Promise<StoreError[]> {
  const target = await realpath(out).catch(() => resolve(out));
  const folders = [...new Set(await Promise.all(from.map((folder) => realpath(folder))))];
  const others = folders.filter((folder) => folder !== target);
  const problems: StoreError[] = [];
  for (const kind of ['solver', 'differ iz'] as const) problems.push(...(await copyTexts(others, target, kind)));
  const store = new FileStore(target, { mode });
  for (const kind of ['solver', 'differ iz', 'differ zo'] as const) {
    problems.push(...(await copyLinks(others, target, kind, store)));
  }
  return problems;
}

async function copyTexts(folders: readonly string[], out: string, kind: StoreKind): Promise<StoreError[]> {
  const problems: StoreError[] = [];
  const texts = new Texts();
  const names = (await namesIn(folders.map((folder) => textFolder(folder, kind)))).filter((name) =>
    FILE_NAME.test(name),
  );
  const copy = async (name: string): Promise<void> => {
    const path = `${textFolder(out, kind)}/${name}`;
    const paths = [path, ...folders.map((folder) => `${textFolder(folder, kind)}/${name}`)];
    const [standing, ...found] = await Promise.all(paths.map(textOf));
    const different = [...new Set([standing, ...found])].filter((text) => text !== undefined);
    const guarded = different.filter(hasGuards);
    const text = different.length === 2 && guarded.length === 1 ? guarded[0]! : different[0]!;
    if (different.length > 1 && text === different[0] && guarded.length !== 1) {
      problems.push(new StoreError(path, 'merge the file', `its texts differ in ${folders.join(', ')}`));
    }
    const written = standing === undefined ? await texts.ensure(path, text) : await replaced(path, standing, text);
    if (written instanceof StoreError) problems.push(written);
  };
  for (let start = 0; start < names.length; start += AT_ONCE) {
    await Promise.all(names.slice(start, start + AT_ONCE).map(copy));
  }
  await texts.sync();
  return [...problems, ...texts.problems];
}

async function replaced(path: string, standing: string, text: string): Promise<StoreError | undefined> {
  if (text === standing) return undefined;
  return replaceFile(path, text).then(
    () => undefined,
    (error: StoreError) => error,
  );
}

async function copyLinks(
  folders: readonly string[],
  out: string,
  kind: StoreKind,
  store: FileStore,
): Promise<StoreError[]> {
  const problems: StoreError[] = [];
  for (const name of await namesIn(folders.map((folder) => dirname(taskFolder(folder, kind, ''))))) {
    const task = /^solve_(.+)$/.exec(name)?.[1];
    if (task === undefined) continue;
    const records: StoreRecord[] = [];
    for (const folder of folders) {
      for (const place of await placesIn(taskFolder(folder, kind, task))) {
        const path = `${textFolder(out, kind)}/${place.md5}.py`;
        const text = await textOf(path);
        if (text === undefined) problems.push(new StoreError(path, 'merge the link', 'no folder has this text'));
        else records.push({ ...place, kind, task, text });
      }
    }
    const { outcomes, problems: others } = await store.save(records.sort(byHabit));
    problems.push(...others, ...outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.error] : [])));
  }
  return problems;
}

/** The best first: in p4 mode, where the order counts, a link that stands already is then not pushed out for itself. */
function byHabit(a: Place, b: Place): number {
  return b.score - a.score || b.tLog - a.tLog || (a.md5 < b.md5 ? -1 : 1);
}

/** The links of a task's folder, those too that lead to where the folder was before it was copied. */
async function placesIn(folder: string): Promise<Place[]> {
  const { entries, dangling } = await listTask(folder);
  return [...entries, ...dangling].map(({ path }) => {
    const [score, tLog, name] = path.split('/').slice(-3);
    return { score: Number(score), tLog: Number(tLog), md5: FILE_NAME.exec(name!)![1]! };
  });
}

/** The names that stand in any of several folders, in order. */
async function namesIn(folders: readonly string[]): Promise<string[]> {
  const names = await Promise.all(folders.map((folder) => orUndefined(readdir(folder))));
  return [...new Set(names.flatMap((found) => found ?? []))].sort();
}

function textOf(path: string): Promise<string | undefined> {
  return orUndefined(readFile(path, 'utf8'));
}

async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
