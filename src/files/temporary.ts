// Names of files that are being written, and the removal of those that a run left behind when it was killed.
import { randomBytes } from 'node:crypto';
import { lstat, unlink } from 'node:fs/promises';

/** Milliseconds after which nobody is writing a temporary file any more. */
const LEFT_BEHIND = 10 * 60_000;

const ours = randomBytes(5).toString('hex');
let made = 0;

/** A new name in a folder that no reader takes for a result and no other process chooses. */
export function temporaryPath(folder: string): string {
  made = (made + 1) % 0x1000000;
  return `${folder}/.batt-${ours}${made.toString(16).padStart(6, '0')}.tmp`;
}

/** Whether a name is one of {@link temporaryPath}. */
export function isTemporary(name: string): boolean {
  return /^\.batt-[0-9a-f]{16}\.tmp$/.test(name);
}

/** Removes a temporary file that is ten minutes old; a younger one may be in use by another process. */
export async function removeLeftBehind(path: string): Promise<void> {
  try {
    if (Date.now() - (await lstat(path)).mtimeMs > LEFT_BEHIND) await unlink(path);
  } catch {
    // Gone, or not ours to remove: it does no harm but for its bytes.
  }
}
