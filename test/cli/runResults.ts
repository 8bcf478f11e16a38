// What runs leave in an output folder, and waiting for it.
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TaskLine } from '../../src/results/lines.ts';

/** The results of the latest run in an output folder; empty where there is none. */
export function resultsIn(out: string): string {
  const runs = join(out, 'runs');
  const folders = existsSync(runs) ? readdirSync(runs).sort() : [];
  return folders.length === 0 ? '' : join(runs, folders.at(-1)!, 'results.jsonl');
}

/** Waits until the results of a run are as they should be, or it has ended. */
export async function untilResults(
  out: string,
  child: ChildProcess,
  areThere: (content: Buffer) => boolean,
): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const file = resultsIn(out);
    if (existsSync(file) && areThere(readFileSync(file))) return;
    await setTimeout(2);
  }
}

/** Task lines without what a second run of the same work has otherwise: times. */
export function timeless(lines: Iterable<TaskLine>): object[] {
  return Array.from(lines, ({ timing: _, stored, ...line }) => ({
    ...line,
    stored: stored?.map(({ t_log: __, ...fields }) => fields),
  }));
}

/** The texts of an output folder, and its links without the level of the times. */
export function filesIn(out: string): string[] {
  const names = readdirSync(out, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.py'))
    .map((name) => name.replace(/(solve_\w+\/\d+)\/\d+\//, '$1/'))
    .sort();
}
