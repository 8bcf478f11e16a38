// Reads tasks from one or several places.
import { basename, dirname } from 'node:path';
import { datasetDigest } from './digest.ts';
import { ArcError } from './error.ts';
import { nearNames } from './near.ts';
import { openPlace } from './place.ts';
import { isNamed, plainId, setOf } from './setName.ts';
import type { Sample, Task } from './task.ts';
import type { OpenedPlace, TaskSource } from './taskSource.ts';

/** How places are read. */
export interface OpenOptions {
  /** Demos of a task that is a list of samples: the first so many are demos, the rest tests. Default: all are demos. */
  readonly demos?: number | undefined;
  /** Ids, those of them with their set (`train/007bbfb7`) decide which one is read of several tasks with one id. */
  readonly ids?: readonly string[] | undefined;
}

/** What to read. */
export interface ReadOptions extends Pick<OpenOptions, 'demos'> {
  /** Ids of the wanted tasks, perhaps with their set (`train/007bbfb7`); all when left out. Of a folder of task files only theirs are read. */
  readonly only?: readonly string[] | undefined;
}

/** The tasks of several places. */
export interface OpenedTasks extends TaskSource {
  /**
   * For ids that several places have: which of them are taken, where the tasks differ or their samples have another order; those that were asked for with their set
   * are left out. Tasks with equal samples count as one. A task that is damaged in one of the places is not compared.
   */
  overlaps(ids: readonly string[]): string[];
}

/**
 * Opens the tasks of one or several places, each one of these:
 *
 * - a task file: an object with `train` and `test`, a list of samples (all of them demos but for `demos`), or an object with
 *   such a list under `examples`, `samples` or `pairs`; its name is the id;
 * - a folder of task files, or a folder of such folders;
 * - a challenges file (outputs of its test samples come from the solutions file beside it, `*_challenges.json` →
 *   `*_solutions.json`; a task without solutions keeps null), or a folder of such, or another file of tasks by their ids;
 * - a file of sets by their names, each with its tasks by their ids; `file.json#set` is one of them.
 *
 * Ids come in the order of the file names in a folder and of the keys in a file, place after place. Of two places with one id
 * the later is read, in the position of the first, unless `ids` says which; see {@link OpenedTasks.overlaps}.
 *
 * @throws ArcError where a place is missing or cannot be read, or a combined file is damaged as a whole, or a set of `ids` is
 *   none of the places
 */
export function openTasks(
  places: string | readonly string[],
  { demos, ids: asked = [] }: OpenOptions = {},
): OpenedTasks {
  const paths = typeof places === 'string' ? [places] : places;
  const opened = paths.flatMap((path) => openPlace(path, { demos }));
  const homes = new Map<string, OpenedPlace[]>();
  for (const one of opened) for (const id of one.source.ids) homes.set(id, [...(homes.get(id) ?? []), one]);
  const ids = [...homes.keys()];
  const chosen = choices(opened, asked);
  return {
    ids,
    read: (id) => {
      const home = chosen.get(id) ?? homes.get(id)?.at(-1);
      if (home === undefined) throw unknownTask(id, ids, paths);
      return home.source.read(id);
    },
    overlaps: (wanted) =>
      overlaps(
        wanted.filter((id) => !chosen.has(id)),
        homes,
      ),
  };
}

/**
 * Reads the tasks that {@link openTasks} finds, in its order.
 * @throws ArcError where a place is missing or cannot be read, data are damaged, or a task of `only` is in none of them
 */
export function readTasks(places: string | readonly string[], { only, demos }: ReadOptions = {}): Task[] {
  const { ids, read } = openTasks(places, { demos, ids: only });
  if (only === undefined) return ids.map(read);
  const wanted = new Set(only.map(plainId));
  const known = new Set(ids);
  for (const id of wanted) {
    if (!known.has(id)) throw unknownTask(id, ids, typeof places === 'string' ? [places] : places);
  }
  return ids.filter((id) => wanted.has(id)).map(read);
}

function unknownTask(id: string, ids: readonly string[], places: readonly string[]): ArcError {
  const near = nearNames(id, ids);
  const commas = id.includes(',') ? '; ids stand apart by spaces, not by commas' : '';
  const hint = near.length > 0 ? `; near names: ${near.join(', ')}` : commas;
  return new ArcError(`no such task among ${ids.length}${hint}`, { file: places.join(', '), task: id });
}

/** The places of the ids that were asked for with their set. */
function choices(opened: readonly OpenedPlace[], asked: readonly string[]): Map<string, OpenedPlace> {
  const chosen = new Map<string, OpenedPlace>();
  for (const name of asked) {
    const set = setOf(name);
    if (set === undefined) continue;
    const id = plainId(name);
    const named = opened.filter((one) => isNamed(nameOf(one), set));
    const places = opened.map(({ place }) => place).join(', ');
    if (named.length === 0) throw new ArcError(`no set "${set}" among the places`, { file: places, task: name });
    const home = named.findLast(({ source }) => source.ids.includes(id));
    if (home === undefined) {
      throw unknownTask(
        id,
        named.flatMap(({ source }) => source.ids),
        named.map(({ place }) => place),
      );
    }
    const before = chosen.get(id);
    if (before !== undefined && before !== home) {
      throw new ArcError(`is asked for from ${before.place} and from ${home.place}; a run has one task of an id`, {
        task: id,
      });
    }
    chosen.set(id, home);
  }
  return chosen;
}

/** What a place is called by: a task file by its folder, since the rest is the id. */
function nameOf({ place, source }: OpenedPlace): string {
  return source.ids.length === 1 && basename(place) === `${source.ids[0]}.json` ? dirname(place) : place;
}

/** Ids that a warning names. */
const NAMED = 5;

/** Tasks that two places have otherwise. */
interface Overlap {
  readonly earlier: OpenedPlace;
  readonly later: OpenedPlace;
  readonly how: 'otherwise' | 'with samples in another order';
  readonly ids: string[];
}

function overlaps(ids: readonly string[], homes: ReadonlyMap<string, readonly OpenedPlace[]>): string[] {
  const found = new Map<string, Overlap>();
  for (const id of ids) {
    const all = homes.get(id) ?? [];
    const later = all.at(-1);
    if (later === undefined) continue;
    for (const earlier of all.slice(0, -1)) {
      const how = difference(earlier.source, later.source, id);
      if (how === undefined) continue;
      const key = JSON.stringify([earlier.place, later.place, how]);
      const overlap = found.get(key) ?? { earlier, later, how, ids: [] };
      overlap.ids.push(id);
      found.set(key, overlap);
    }
  }
  return Array.from(found.values(), ({ earlier, later, how, ids: names }) => {
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    const some = names.slice(0, NAMED).join(', ') + more;
    const what = names.length === 1 ? `task ${some} is` : `${names.length} tasks (${some}) are`;
    return `${what} in ${earlier.place} and, ${how}, in ${later.place}; the latter is taken, -i SET/${names[0]} says which`;
  });
}

/** How the tasks that two places have under one id differ, if they do. */
function difference(a: TaskSource, b: TaskSource, id: string): Overlap['how'] | undefined {
  try {
    const tasks = [a.read(id), b.read(id)] as const;
    if (sameText(tasks.map((task) => datasetDigest([task])))) return undefined;
    const isOrder = sameText(tasks.map(({ demo, test }) => JSON.stringify([inOrder(demo), inOrder(test)])));
    return isOrder ? 'with samples in another order' : 'otherwise';
  } catch (error) {
    if (error instanceof ArcError) return undefined;
    throw error;
  }
}

function sameText([a, b]: readonly string[]): boolean {
  return a === b;
}

/** Digests of samples, in an order that says nothing of theirs. */
function inOrder(samples: readonly Sample[]): string[] {
  return samples.map((sample) => datasetDigest([{ id: '', source: '', demo: [sample], test: [] }])).sort();
}
