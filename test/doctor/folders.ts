// Folders of files that stand in for a machine's: only hardware, its drivers and what is installed are doubled here.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of its own for a test file. */
export class Folder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'batt-doctor-'));

  /** Writes a file below the folder and returns its path. */
  write(name: string, content = ''): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Writes a command as a shell script and returns its path. */
  command(name: string, script: string): string {
    const path = this.write(name, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }
}

export function useFolder(): Folder {
  const folder = new Folder();
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}
