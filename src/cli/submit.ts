// `batt submit`: Kaggle's submission.json from the results of a run.
import type { Command } from 'commander';
import { submitJson } from '../report/submitJson.ts';
import { submitText } from '../report/submitText.ts';
import { findRun } from '../results/find.ts';
import { readResults } from '../results/read.ts';
import { submit } from '../submit/submit.ts';
import { log, print, printJson } from './output.ts';
import { value, values } from './values.ts';

interface SubmitFlags {
  readonly output: string;
  readonly data?: readonly string[];
  readonly skipDamaged?: true;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .option('-o, --output <file>', 'where it goes', value, 'submission.json')
    .option('--data <set>', 'where the tasks of the run are now, as for batt run; may be given more than once', values)
    .option('--skip-damaged', 'pass over damaged lines of the results, by name; their tasks are as if not done')
    .option('--json', 'print one JSON document')
    .action((run: string, flags: SubmitFlags) => write(run, flags));
}

async function write(path: string, { output, data = [], skipDamaged, json }: SubmitFlags): Promise<void> {
  const results = readResults(findRun(path).results, { skipDamaged });
  for (const line of results.damage) log(`${line}; passed over`);
  const submitted = await submit(results, output, data);
  if (json) printJson(submitJson(submitted, results));
  else print(submitText(submitted, results));
}
