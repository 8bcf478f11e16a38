// `batt verify`: does each program of a library solve the task that it is named after?
import type { Command } from 'commander';
import { DEFAULT_BUDGET } from '../engine/evaluator.ts';
import type { Dialect } from '../lang/battery.ts';
import { readBatteries } from '../pipeline/read/battery.ts';
import { verifyLibraries } from '../pipeline/single/verify.ts';
import { rejections } from '../report/runText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { verifyJson } from '../report/verifyJson.ts';
import { verifyText } from '../report/verifyText.ts';
import { addDataFlags, type DataFlags, dataNotes, dataOptions } from './dataFlags.ts';
import { EXIT_FAILED, UsageError } from './exit.ts';
import { log, print, printJson } from './output.ts';
import { dialect, integer, seconds, value, values } from './values.ts';

interface VerifyFlags extends DataFlags {
  readonly task_ids?: readonly string[];
  readonly dialect?: Dialect;
  readonly timeout: number;
  readonly budget?: number;
  readonly repeat?: number;
  readonly json?: true;
  readonly quiet?: true;
}

export function define(command: Command): void {
  addDataFlags(command);
  command
    .option('-i, --task_ids <task...>', 'ids of tasks: only the programs named after them (default: all)', values)
    .option('-t, --timeout <seconds>', 'what one program may take on one sample', seconds, 10)
    .option(
      '--budget <units>',
      `work that one program may do on one sample, 0 = no limit (default: ${DEFAULT_BUDGET})`,
      integer(0),
    )
    .option('--dialect <name>', 'plain or sic: whose functions programs call, whatever their form', dialect)
    .option('--repeat <n>', 'run everything n times in one process and say the seconds of each', integer(1))
    .option('--json', 'print one line of JSON, with every failed program and its verdict on each sample')
    .option('--quiet', 'write nothing but errors to stderr')
    .action((libraries: string[], flags: VerifyFlags) => verify(libraries, flags));
}

function verify(names: readonly string[], flags: VerifyFlags): void {
  const files = names.map(value);
  const libraries = readBatteries(files, flags.dialect === undefined ? {} : { dialect: flags.dialect });
  const { data = ['train'], task_ids: only, repeat: repeats, timeout, budget } = flags;
  const limits = { timeout, ...(budget === undefined ? {} : { budget }) };
  const result = verifyLibraries(libraries, data, { only, repeats, ...dataOptions(flags), ...limits });
  if (!flags.quiet) for (const line of rejections(result.rejected)) log(line);
  if (!flags.quiet) for (const note of dataNotes(result)) log(note);
  if (result.total === 0) {
    const found = only === undefined ? 'no programs' : `no programs for ${only.join(', ')}`;
    throw new UsageError(`${files.join(', ')}: ${found}, so there is nothing to verify`);
  }
  if (flags.json) printJson(verifyJson(result, repeats !== undefined));
  else print(verifyText(result, data, libraries.length > 1, styleOf(wantsColour(process.stdout))));
  if (result.failed.length > 0) process.exitCode = EXIT_FAILED;
}
