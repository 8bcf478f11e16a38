// Reads tasks from a folder of task files, from one task file, or from Kaggle's combined files.
import { type Dirent, existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ArcError, show, systemError } from './error.ts';
import { asObjectFile, isObject, type JsonFile, readJsonFile } from './jsonFile.ts';
import { nearNames } from './near.ts';
import { parseGrid, parseTask } from './parse.ts';
import type { Task } from './task.ts';

/** What to read. */
export interface ReadOptions {
  /** Ids of the wanted tasks; all when left out. Of a folder of task files only theirs are read. */
  readonly only?: readonly string[] | undefined;
}

/** Tasks that are there, read one by one when asked for. */
export interface TaskSource {
  /** Ids in order, each once. */
  readonly ids: readonly string[];
  /**
   * Reads one of them.
   * @throws ArcError where its data are damaged
   */
  read(id: string): Task;
}

const CHALLENGES = 'challenges.json';

/**
 * Opens the tasks of one or several places, each a folder of task files (`<id>.json`), one task file, a challenges file
 * (outputs of its test samples come from the solutions file beside it, `*_challenges.json` → `*_solutions.json`; a task
 * without solutions keeps null), or a folder of challenges files.
 *
 * Ids come in the order of the file names in a folder and of the keys in a challenges file, place after place. Within a
 * place an id must be unique; of two places the later overrides a repeated id, in the position of the first.
 *
 * @throws ArcError where a place is missing or cannot be read, or a combined file is damaged as a whole
 */
export function openTasks(places: string | readonly string[]): TaskSource {
  const home = new Map<string, TaskSource>();
  for (const place of typeof places === 'string' ? [places] : places) {
    const source = openPlace(place);
    for (const id of source.ids) home.set(id, source);
  }
  const ids = [...home.keys()];
  return {
    ids,
    read: (id) => {
      const source = home.get(id);
      if (source === undefined) throw unknownTask(id, ids, places);
      return source.read(id);
    },
  };
}

/**
 * Reads the tasks that {@link openTasks} finds, in its order.
 * @throws ArcError where a place is missing or cannot be read, data are damaged, or a task of `only` is in none of them
 */
export function readTasks(places: string | readonly string[], options: ReadOptions = {}): Task[] {
  const { ids, read } = openTasks(places);
  if (options.only === undefined) return ids.map(read);
  const wanted = new Set(options.only);
  const known = new Set(ids);
  for (const id of wanted) if (!known.has(id)) throw unknownTask(id, ids, places);
  return ids.filter((id) => wanted.has(id)).map(read);
}

function unknownTask(id: string, ids: readonly string[], places: string | readonly string[]): ArcError {
  const near = nearNames(id, ids);
  const commas = id.includes(',') ? '; ids stand apart by spaces, not by commas' : '';
  const hint = near.length > 0 ? `; near names: ${near.join(', ')}` : commas;
  const file = typeof places === 'string' ? places : places.join(', ');
  return new ArcError(`no such task among ${ids.length}${hint}`, { file, task: id });
}

function openPlace(path: string): TaskSource {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    throw systemError(error, path);
  }
  if (stats.isDirectory()) return openFolder(path);
  if (!stats.isFile()) throw new ArcError('is neither a file nor a folder', { file: path });
  const json = readJsonFile(path);
  return path.endsWith(CHALLENGES) || !isTask(json.value) ? openChallenges(path, json) : openTaskFile(path, json);
}

function isTask(value: unknown): boolean {
  // Not in a task file: a combined file whose first task happens to be called "train".
  return isObject(value) && ['train', 'test'].some((key) => Object.hasOwn(value, key) && !isObject(value[key]));
}

function openTaskFile(path: string, json: JsonFile): TaskSource {
  return { ids: [taskId(path)], read: (id) => parseTask(json.value, id, path) };
}

function taskId(file: string): string {
  return basename(file, '.json');
}

function openFolder(path: string): TaskSource {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw systemError(error, path);
  }
  const names = entries
    .filter((entry) => entry.name.endsWith('.json') && !entry.name.startsWith('.') && !entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) {
    const inner = entries.filter((entry) => entry.isDirectory() && /^(training|evaluation|agi[0-9])$/.test(entry.name));
    const hint = inner.length > 0 ? `; give one of its folders: ${inner.map((entry) => entry.name).join(', ')}` : '';
    throw new ArcError(`the folder holds no task files (*.json)${hint}`, { file: path });
  }
  const combined = names.filter((name) => name.endsWith(CHALLENGES)).map((name) => join(path, name));
  if (combined.length > 0) return openChallengesFolder(combined);
  return {
    ids: names.map(taskId),
    read: (id) => {
      const file = join(path, `${id}.json`);
      return parseTask(readJsonFile(file).value, id, file);
    },
  };
}

function openChallengesFolder(files: readonly string[]): TaskSource {
  const sources = files.map((file) => openChallenges(file, readJsonFile(file)));
  const home = new Map<string, number>();
  sources.forEach((source, k) => {
    for (const id of source.ids) {
      const before = home.get(id);
      if (before !== undefined) {
        throw new ArcError(`is in ${files[before]} too; give one of the files`, { file: files[k], task: id });
      }
      home.set(id, k);
    }
  });
  return { ids: [...home.keys()], read: (id) => sources[home.get(id)!]!.read(id) };
}

function openChallenges(path: string, json: JsonFile): TaskSource {
  if (isObject(json.value) && Object.values(json.value).some(Array.isArray)) {
    throw new ArcError('found lists, as in a solutions file, expected tasks; give the challenges file', { file: path });
  }
  const challenges = asObjectFile(json, path, 'task');
  if (challenges.keys.length === 0) throw new ArcError('the file holds no tasks', { file: path });
  const solutions = readSolutions(path, challenges.value);
  return {
    ids: challenges.keys,
    read: (id) => {
      const task = parseTask(challenges.value[id], id, path);
      return solutions === undefined ? task : withSolutions(task, solutions.value, solutions.path);
    },
  };
}

interface Solutions {
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

function readSolutions(path: string, challenges: Readonly<Record<string, unknown>>): Solutions | undefined {
  if (!path.endsWith(`_${CHALLENGES}`)) return undefined;
  const file = `${path.slice(0, -CHALLENGES.length)}solutions.json`;
  if (!existsSync(file)) return undefined;
  const { value, keys } = asObjectFile(readJsonFile(file), file, 'list of output');
  const stranger = keys.find((id) => !Object.hasOwn(challenges, id));
  if (stranger !== undefined) {
    throw new ArcError(`is not in ${path}: the solutions are of another set`, { file, task: stranger });
  }
  return { path: file, value };
}

function withSolutions(task: Task, solutions: Readonly<Record<string, unknown>>, file: string): Task {
  if (!Object.hasOwn(solutions, task.id)) return task;
  const outputs = solutions[task.id];
  const place = { file, task: task.id };
  if (!Array.isArray(outputs)) throw new ArcError(`found ${show(outputs)}, expected a list of outputs`, place);
  if (outputs.length !== task.test.length) {
    throw new ArcError(`found ${outputs.length} outputs, expected ${task.test.length}, one a test sample`, place);
  }
  const test = task.test.map(({ input }, k) => ({ input, output: parseGrid(outputs[k], place, `test ${k} output`) }));
  return { ...task, test };
}
