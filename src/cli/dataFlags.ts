// The flags that say which data a command reads, and how.
import type { Command } from 'commander';
import { type DataOptions, problemsOf } from '../pipeline/read/loadTasks.ts';
import { plural } from '../report/numbers.ts';
import type { SkippedTask } from '../results/lines.ts';
import { integer, values } from './values.ts';

export interface DataFlags {
  readonly data?: readonly string[];
  readonly demos?: number;
  readonly skipBadTasks?: true;
}

/** Adds the flags to a command. @param fallback what is read without `--data` */
export function addDataFlags(command: Command, fallback = 'train'): void {
  command
    .option(
      '--data <set>',
      `train, eval, both, bundled or a path; may be given more than once (default: ${fallback})`,
      values,
    )
    .option('--demos <n>', 'of a task that is a list of samples, the first n are demos, the rest tests', integer(1))
    .option('--skip-bad-tasks', 'leave damaged tasks out and say which, in place of an error');
}

/** What the flags say of how data are read. */
export function dataOptions({ demos, skipBadTasks }: DataFlags): DataOptions {
  return { demos, skipBadTasks };
}

/** What to say of data that were read: tasks that were left out, and which of several with one id were taken. */
export function dataNotes({
  skipped,
  overlaps,
}: {
  readonly skipped: readonly SkippedTask[];
  readonly overlaps: readonly string[];
}): string[] {
  if (skipped.length === 0) return [...overlaps];
  const lines = problemsOf(skipped).map((line) => `\n  ${line}`);
  return [`${plural(skipped.length, 'damaged task')} skipped:${lines.join('')}`, ...overlaps];
}
