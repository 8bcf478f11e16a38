// Files with many tasks: Kaggle's challenges and solutions, tasks by their ids, and sets of such by their names.
import { existsSync } from 'node:fs';
import { ArcError, show } from './error.ts';
import { asObjectFile, type JsonFile, readJsonFile } from './jsonFile.ts';
import { type ParseOptions, parseGrid, parseTask } from './parse.ts';
import type { Task } from './task.ts';
import type { OpenedPlace, TaskSource } from './taskSource.ts';

/** How the name of a challenges file ends. */
export const CHALLENGES = 'challenges.json';

/** Opens a folder's challenges files. @throws ArcError where one is damaged as a whole, or two have one id */
export function openChallengesFolder(files: readonly string[], options: ParseOptions): TaskSource {
  const sources = files.map((file) => openChallenges(file, readJsonFile(file), options));
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

/** Opens a file of tasks by their ids, with the solutions file beside it. @throws ArcError where it is damaged as a whole */
export function openChallenges(path: string, json: JsonFile, options: ParseOptions): TaskSource {
  const challenges = asObjectFile(json, path, 'task');
  if (challenges.keys.length === 0) throw new ArcError('the file holds no tasks', { file: path });
  const solutions = readSolutions(path, challenges.value);
  return {
    ids: challenges.keys,
    read: (id) => {
      const task = parseTask(challenges.value[id], id, path, options);
      return solutions === undefined ? task : withSolutions(task, solutions.value, solutions.path);
    },
  };
}

/**
 * Opens the sets of a file; the tasks of each come in the order of their ids.
 * @param wanted the name of the only one that is wanted; all when left out
 * @throws ArcError where a key is there twice, or there is no such set
 */
export function openSets(
  file: string,
  json: JsonFile,
  wanted: string | undefined,
  options: ParseOptions,
): OpenedPlace[] {
  const { value: sets, keys } = asObjectFile(json, file, 'set of task');
  if (wanted !== undefined && !keys.includes(wanted)) {
    throw new ArcError(`has no set "${wanted}"; it has ${keys.join(', ')}`, { file });
  }
  return keys
    .filter((name) => wanted === undefined || name === wanted)
    .map((name) => {
      const tasks = sets[name] as Readonly<Record<string, unknown>>;
      const place = `${file}#${name}`;
      return {
        place,
        source: { ids: Object.keys(tasks).sort(), read: (id) => parseTask(tasks[id], id, file, options) },
      };
    });
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
