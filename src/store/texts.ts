// The texts of one batch: each written once however many tasks link to it, a few at a time, their folders synced together.
import { dirname } from 'node:path';
import { makeFolder, syncFolder } from '../files/folders.ts';
import { type StoreError, storeError } from '../files/storeError.ts';
import { type Written, writeText } from './writing.ts';

// Open files at a time; Node runs four of their calls at once.
const AT_ONCE = 64;

export class Texts {
  /** Folders that could not be synced. */
  readonly problems: StoreError[] = [];
  readonly #states = new Map<string, Promise<Written | StoreError>>();
  readonly #folders = new Map<string, Promise<void>>();
  readonly #unsynced = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** Writes a text under a path, or says what became of it before. Never rejects. */
  ensure(path: string, text: string): Promise<Written | StoreError> {
    let state = this.#states.get(path);
    if (state === undefined) {
      state = this.#write(path, text);
      this.#states.set(path, state);
    }
    return state;
  }

  async #write(path: string, text: string): Promise<Written | StoreError> {
    if (this.#running === AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      await this.#makeFolder(dirname(path));
      const written = await writeText(path, text, this.#unsynced);
      this.#unsynced.add(dirname(path)); // a text that was there may be another process's of this moment
      return written;
    } catch (error) {
      return storeError(error, path, 'write the file');
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  /** Makes a folder once for all its texts; what goes wrong here goes wrong again, with its record, when a text is written. */
  #makeFolder(folder: string): Promise<void> {
    let made = this.#folders.get(folder);
    if (made === undefined) {
      made = makeFolder(folder, this.#unsynced).catch(() => {});
      this.#folders.set(folder, made);
    }
    return made;
  }

  /** Waits until the names of all texts so far are on the disk. */
  async sync(): Promise<void> {
    const folders = [...this.#unsynced];
    this.#unsynced.clear();
    this.problems.push(...(await syncFolders(folders)));
  }
}

/** Syncs folders; returns an error for each that could not be. */
export async function syncFolders(folders: Iterable<string>): Promise<StoreError[]> {
  const problems: StoreError[] = [];
  await Promise.all(
    [...folders].map(async (folder) => {
      try {
        await syncFolder(folder);
      } catch (error) {
        problems.push(await storeError(error, folder, 'sync the folder'));
      }
    }),
  );
  return problems;
}
