// `batt merge`: the runs of shards as one run.
import type { Command } from 'commander';
import type { Fault } from '../merge/faults.ts';
import { type Merged, mergeRuns } from '../merge/merge.ts';
import { grouped, plural } from '../report/numbers.ts';
import { EXIT_FAILED } from './exit.ts';
import { log, print, printJson } from './output.ts';
import { value } from './values.ts';

interface MergeFlags {
  readonly out: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .option('--out <folder>', 'where runs/ and the solver_* and differ_* files go', value, '.')
    .option('--json', 'print one JSON document')
    .action((runs: readonly string[], flags: MergeFlags) => merge(runs, flags));
}

async function merge(paths: readonly string[], { out, json }: MergeFlags): Promise<void> {
  const result = await mergeRuns(paths, out);
  if ('faults' in result) {
    refuse(result.faults, json);
    return;
  }
  const { run, summary, folder, problems, notes } = result;
  for (const note of notes) log(note);
  for (const { message } of problems) log(message);
  if (problems.length > 0) process.exitCode = EXIT_FAILED;
  if (json) {
    const files = problems.map(({ message }) => message);
    printJson({ schema: 1, type: 'merge', run: run.id, folder, merged: run.merged, summary, problems: files });
  } else {
    print(words(result));
  }
}

function refuse(faults: readonly Fault[], json: true | undefined): void {
  for (const { message } of faults) log(message);
  if (json) printJson({ schema: 1, type: 'merge', faults });
  process.exitCode = EXIT_FAILED;
}

function words({ run: { merged = [] }, summary, folder }: Merged): string {
  const done = `${plural(summary.tasks, 'task')}, ${grouped(summary.solved)} solved`;
  return `merged  ${plural(merged.length, 'run')}: ${done}\nresults ${folder}`;
}
