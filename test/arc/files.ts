// A temporary folder of files for one test file, and small raw tasks to put there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export class TestFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'batt-arc-'));

  /** Writes a file, JSON unless it is text or bytes, and returns its path. */
  write(name: string, content: unknown): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(file, isRaw ? content : JSON.stringify(content));
    return file;
  }

  /** Makes a folder and returns its path. */
  folder(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

type RawGrid = readonly (readonly unknown[])[];

/** A raw task whose grids are 1 × 1, of the given colours: demo samples c → c + 1, test samples d → d + 1. */
export function rawTask(
  demo: readonly number[] = [0],
  test: readonly number[] = [1],
): {
  train: { input: RawGrid; output: RawGrid }[];
  test: { input: RawGrid; output: RawGrid }[];
} {
  const sample = (colour: number) => ({ input: [[colour]], output: [[colour + 1]] });
  return { train: demo.map(sample), test: test.map(sample) };
}

/** The same task without the outputs of its test samples, as a challenges file has it. */
export function rawChallenge(demo?: readonly number[], test?: readonly number[]): object {
  const task = rawTask(demo, test);
  return { train: task.train, test: task.test.map(({ input }) => ({ input })) };
}
