// Keeps two processes from writing the results of one run: a file with the process that does.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, storeError } from '../store/error.ts';

/** A run that cannot be gone on with. The message says what is in the way. */
export class ResumeError extends Error {
  override readonly name = 'ResumeError';
}

export const RunLock = {
  /**
   * Takes the lock of a run's folder. One whose process is gone was left by a crash.
   * @throws ResumeError where another process has it, StoreError where it cannot be written
   */
  async take(folder: string): Promise<void> {
    const path = lockOf(folder);
    const mine = `${process.pid} ${startOf(process.pid)}`;
    try {
      for (;;) {
        try {
          const file = openSync(path, 'wx');
          writeSync(file, mine);
          closeSync(file);
          break;
        } catch (error) {
          if (codeOf(error) !== 'EEXIST') throw error;
        }
        refuseHeld(folder, readIfThere(path));
        rmSync(path, { force: true });
      }
      // another process may have found the same stale lock, and removed this one for it
      const now = readIfThere(path);
      if (now !== mine) refuseHeld(folder, now);
    } catch (error) {
      if (error instanceof ResumeError) throw error;
      throw await storeError(error, path, 'write the file');
    }
  },

  /** Gives the lock back. */
  release(folder: string): void {
    rmSync(lockOf(folder), { force: true });
  },
};

function lockOf(folder: string): string {
  return join(folder, 'lock');
}

function refuseHeld(folder: string, holder: string | undefined): void {
  const [pid, start] = (holder ?? '').split(' ');
  if (!/^\d+$/.test(pid ?? '') || startOf(Number(pid)) !== start) return;
  throw new ResumeError(`--resume: ${folder} is still going on, in process ${pid}`);
}

/** When a process was started, so that a later one of the same number is told apart; empty where it is gone. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return '';
  }
  // the name of the command, in brackets, may hold spaces
  const fields = readIfThere(`/proc/${pid}/stat`)?.replace(/^.*\)/s, '').split(' ');
  return fields?.[20] ?? 'running';
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
