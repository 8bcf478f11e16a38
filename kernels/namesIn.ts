// What lies in a folder that may not be there.
import { readdirSync } from 'node:fs';

/** The names in a folder that match, in order; none where the folder cannot be read. */
export function namesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .sort();
  } catch {
    return [];
  }
}
