// The real command, as `build.ts` has built it, run in child processes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';

export const root: string = packageFolder();
export const batteryFile: string = join(root, 'examples', 'battery.py');

/** How a call ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder of the built command. */
function builtFolder(): string {
  const folder = inject('dist') as string | undefined;
  if (folder === undefined)
    throw new Error('found a unit test that starts the command, expected it to be named *.slow.test.ts');
  return folder;
}

/** The command and a folder, in which it runs unless told otherwise. */
export class Batt {
  readonly folder: string;
  readonly file: string = join(builtFolder(), 'batt.js');

  constructor() {
    mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
    this.folder = mkdtempSync(join(root, 'node_modules', '.cache', 'batt-test-'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a file below the folder and returns its name there. */
  write(name: string, content: string | Uint8Array): string {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  /** Environment of a call: nothing of ours leaks into it, nor what was measured on this machine. */
  env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const { PATH = '', HOME = '' } = process.env;
    return { PATH, HOME, XDG_CACHE_HOME: join(this.folder, 'cache'), ...more };
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.file, ...args], {
      cwd: this.folder,
      env: this.env(env),
      encoding: 'utf8',
      timeout: 100_000,
      maxBuffer: 1 << 28,
    });
    return { code: status, stdout, stderr };
  }

  /** The lines of a call with `--json` that must succeed. */
  json(args: readonly string[], env: Readonly<Record<string, string>> = {}): JsonLine[] {
    const { code, stdout, stderr } = this.run([...args, '--json'], env);
    if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
    return parseLines(stdout);
  }
}

/** A line of `--json`. */
export type JsonLine = Readonly<Record<string, unknown>> & { readonly schema: number; readonly type: string };

function parseLines(text: string): JsonLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonLine);
}

/** The command for the tests of one file. */
export function useBatt(): Batt {
  const batt = new Batt();
  afterAll(() => batt.remove());
  return batt;
}
