// `batt report`: a run as one HTML file.
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { replaceFile } from '../files/wholeFile.ts';
import { tasksOf } from '../report/html/overview.ts';
import { reportPage } from '../report/html/page.ts';
import { readRunTasks } from '../report/html/runTasks.ts';
import { plural } from '../report/numbers.ts';
import { findRun } from '../results/find.ts';
import { type RunResults, readResults } from '../results/read.ts';
import { print } from './output.ts';
import { value, values } from './values.ts';

interface ReportOptions {
  readonly output?: string;
  readonly before?: string;
  readonly data?: readonly string[];
}

export function define(command: Command): void {
  command
    .option('-o, --output <file>', 'the file to write (default: report.html in the folder of the run)', value)
    .option('--before <run>', 'another run, whose times stand beside', value)
    .option('--data <set>', 'where the tasks are now, if they were moved; may be given more than once', values)
    .action((run: string, options: ReportOptions) => report(run, options));
}

async function report(path: string, { output, before, data }: ReportOptions): Promise<void> {
  const results = read(path);
  const earlier = before === undefined ? undefined : read(before);
  const page = reportPage(results, readRunTasks(results.run, data), earlier);
  const file = output ?? join(dirname(results.file), 'report.html');
  await replaceFile(file, page);
  print(`${file}: ${plural(tasksOf(results.run).length, 'task')}, ${(Buffer.byteLength(page) / 1e6).toFixed(1)} MB`);
}

function read(path: string): RunResults {
  return readResults(findRun(path).results);
}
