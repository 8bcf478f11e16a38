// Where probes look: the file system and the environment, and how long they wait for its commands.
import { homedir } from 'node:os';

export interface Surroundings {
  /** A folder in place of `/`. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Seconds that a command may take. Default 5. */
  readonly commandSeconds?: number | undefined;
}

/** The folders that a variable such as `PATH` lists. */
export function listedFolders({ env }: Surroundings, variable: string): string[] {
  return (env[variable] ?? '').split(':').filter((folder) => folder !== '');
}

/** The user's home; undefined where there is none. */
export function homeFolder({ env }: Surroundings): string | undefined {
  if (env.HOME) return env.HOME;
  try {
    return homedir();
  } catch {
    return undefined; // a user without an entry, as in some containers
  }
}
