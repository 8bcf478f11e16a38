// Keeps two processes from writing the results of one run: a folder `lock` with one file, named for the process that does.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, storeError } from '../../files/storeError.ts';
import { temporaryPath } from '../../files/temporary.ts';

/** A run that cannot be gone on with. The message says what is in the way. */
export class ResumeError extends Error {
  override readonly name = 'ResumeError';
}

/**
 * A folder takes the place of `lock` in one step, holder and all, and only where there is none or an empty one. A holder
 * that is gone is removed by its name, so that nobody removes the lock of another who was faster.
 */
export const RunLock = {
  /**
   * Takes the lock of a run's folder. One whose process is gone was left by a crash.
   * @throws ResumeError where another process has it, StoreError where it cannot be written
   */
  async take(folder: string): Promise<void> {
    const path = lockOf(folder);
    const made = temporaryPath(folder);
    try {
      mkdirSync(made);
      writeFileSync(join(made, nameOf(process.pid)), '');
      while (!renamed(made, path)) removeGone(folder);
    } catch (error) {
      rmSync(made, { recursive: true, force: true });
      if (error instanceof ResumeError) throw error;
      throw await storeError(error, path, 'make the folder');
    }
  },

  /** The process that has the lock of a run's folder, where it lives. */
  holder(folder: string): number | undefined {
    const holders = holdersOf(lockOf(folder)).map((name) => ({ name, pid: Number.parseInt(name, 10) }));
    return holders.find(({ name, pid }) => lives(pid) && name === nameOf(pid))?.pid;
  },

  /** Gives the lock back. */
  release(folder: string): void {
    removeHolder(lockOf(folder), nameOf(process.pid));
  },
};

function lockOf(folder: string): string {
  return join(folder, 'lock');
}

/** Puts a folder in a place where there is none or an empty one; false where the one there is not empty. */
function renamed(folder: string, to: string): boolean {
  try {
    renameSync(folder, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the holder of a lock whose process is gone. @throws ResumeError where it is not gone */
function removeGone(folder: string): void {
  for (const holder of holdersOf(lockOf(folder))) {
    const pid = Number.parseInt(holder, 10);
    if (lives(pid) && holder === nameOf(pid)) {
      throw new ResumeError(
        `--resume: ${folder} is still going on, in process ${pid}; --resume ID goes on with another run`,
      );
    }
    removeHolder(lockOf(folder), holder);
  }
}

/** Names of who holds a lock: one, or none where it was given back just now. */
function holdersOf(lock: string): string[] {
  try {
    return readdirSync(lock);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Removes a holder, and the lock unless there is another by now. */
function removeHolder(lock: string, holder: string): void {
  rmSync(join(lock, holder), { force: true });
  try {
    rmdirSync(lock);
  } catch {
    // taken by another process, or given back
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The name of a holder: with when it was started, where the system says so, that a later one of its number is told apart. */
function nameOf(pid: number): string {
  let start: string | undefined;
  try {
    // the name of the command, in brackets, may hold spaces
    start = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ')[20];
  } catch {
    // a system without /proc
  }
  return `${pid}-${start ?? 'running'}`;
}
