// Opens a place with tasks: a folder, a file in any of its forms, or one set of a file of sets.
import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { CHALLENGES, openChallenges, openChallengesFolder, openSets } from './combined.ts';
import { ArcError, systemError } from './error.ts';
import { readFolder } from './folder.ts';
import { isSets, isSolutions, isTask } from './form.ts';
import { asTaskFile, isObject, type JsonFile, readJsonFile } from './jsonFile.ts';
import { type ParseOptions, parseTask } from './parse.ts';
import type { OpenedPlace, TaskSource } from './taskSource.ts';

/** Folders within folders that are looked into. */
const DEEPEST = 8;

/**
 * Opens a place; a folder of folders and a file of sets are several.
 * @throws ArcError where it is missing or cannot be read, or a combined file is damaged as a whole
 */
export function openPlace(path: string, options: ParseOptions): OpenedPlace[] {
  const [file, set] = splitSet(path);
  const stats = statsOf(file);
  if (stats.isDirectory()) {
    const opened = openFolder(file, options, new Set(), 0);
    if (opened.length > 0) return opened;
    throw new ArcError('the folder holds no task files (*.json)', { file });
  }
  if (!stats.isFile()) throw new ArcError('is neither a file nor a folder', { file });
  const json = readJsonFile(file);
  if (!file.endsWith(CHALLENGES) && isSets(json.value)) return openSets(file, json, set, options);
  if (set !== undefined) throw new ArcError(`found no sets of tasks by their names, so none is "${set}"`, { file });
  return [{ place: path, source: openFile(file, json, options) }];
}

/** The file and the set that `file.json#set` names. */
function splitSet(path: string): [file: string, set: string | undefined] {
  const at = path.lastIndexOf('.json#');
  if (at < 0 || statSync(path, { throwIfNoEntry: false }) !== undefined) return [path, undefined];
  return [path.slice(0, at + 5), path.slice(at + 6)];
}

function statsOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw systemError(error, path);
  }
}

function openFile(path: string, json: JsonFile, options: ParseOptions): TaskSource {
  if (!path.endsWith(CHALLENGES) && (isTask(json.value) || Array.isArray(json.value))) {
    return { ids: [taskId(path)], read: (id) => readTaskFile(id, path, json, options) };
  }
  if (isObject(json.value) && isSolutions(json.value)) {
    throw new ArcError('found lists, as in a solutions file, expected tasks; give the challenges file', { file: path });
  }
  return openChallenges(path, json, options);
}

function readTaskFile(id: string, file: string, json: JsonFile, options: ParseOptions): ReturnType<typeof parseTask> {
  const value = asTaskFile(json, file);
  const isCombined = isObject(value) && !isTask(value) && (isSets(value) || Object.values(value).some(isTask));
  if (isCombined) throw new ArcError('found several tasks by their ids, expected one; give the file itself', { file });
  return parseTask(value, id, file, options);
}

function taskId(file: string): string {
  return basename(file, '.json');
}

function openFolder(path: string, options: ParseOptions, seen: Set<string>, depth: number): OpenedPlace[] {
  const { files, folders } = readFolder(path);
  const combined = files.filter((file) => file.endsWith(CHALLENGES));
  if (combined.length > 0) return [{ place: path, source: openChallengesFolder(combined, options) }];
  if (files.length > 0) {
    const byId = new Map(files.map((file) => [taskId(file), file]));
    const read: TaskSource['read'] = (id) => {
      const file = byId.get(id)!;
      return readTaskFile(id, file, readJsonFile(file), options);
    };
    return [{ place: path, source: { ids: [...byId.keys()], read } }];
  }
  if (depth === DEEPEST) return [];
  // a link may lead back upwards
  seen.add(realpathSync(path));
  return folders
    .filter((folder) => !seen.has(realpathSync(folder)))
    .flatMap((folder) => openFolder(folder, options, seen, depth + 1));
}
