// Reads back what is stored of a task.
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type StoreError, storeError } from '../files/storeError.ts';
import { type Place, type StoreKind, taskFolder } from './layout.ts';
import { listTask } from './listing.ts';

/** A stored program. */
interface Stored extends Place {
  /** Its file, at the end of the link; absolute. */
  readonly path: string;
  /** The link that names its score and t_log; absolute. */
  readonly linkPath: string;
}

/** The stored programs of a task. */
export interface StoredPrograms {
  /** The best first: by score, then smaller md5, then faster. */
  readonly programs: readonly Stored[];
  /** Links that lead nowhere. */
  readonly problems: readonly StoreError[];
}

/**
 * The programs of one kind stored for a task, in both modes' folders; none where nothing is stored.
 * @param out the output folder
 * @throws StoreError where the folder of the task cannot be read
 */
export async function readStored(out: string, task: string, kind: StoreKind = 'solver'): Promise<StoredPrograms> {
  const { entries, dangling } = await listTask(taskFolder(resolve(out), kind, task));
  const problems = [...dangling];
  const programs: Stored[] = [];
  await Promise.all(
    entries.map(async ({ path: linkPath, ...place }) => {
      try {
        programs.push({ ...place, path: await realpath(linkPath), linkPath });
      } catch (error) {
        problems.push(await storeError(error, linkPath, 'follow the link'));
      }
    }),
  );
  programs.sort((a, b) => b.score - a.score || (a.md5 < b.md5 ? -1 : a.md5 > b.md5 ? 1 : b.tLog - a.tLog));
  return { programs, problems };
}
