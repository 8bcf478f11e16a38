// `batt verify`: does each program of a library solve the task that it is named after?
import type { Command } from 'commander';
import { readBatteries } from '../pipeline/read/battery.ts';
import { type Verification, verifyLibrary } from '../pipeline/single/verify.ts';
import { duration, grouped, listed, plural } from '../report/numbers.ts';
import { SCHEMA } from '../report/runJson.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { rounded } from '../results/rounded.ts';
import { EXIT_FAILED, UsageError } from './exit.ts';
import { print, printJson } from './output.ts';
import { integer, values } from './values.ts';

interface VerifyOptions {
  readonly data?: readonly string[];
  readonly repeat?: number;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .option('--data <set>', 'train, eval, both, bundled or a path; may be given more than once', values)
    .option('--repeat <n>', 'run everything n times in one process and say the seconds of each', integer(1))
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      '\nExit code 1 where a program does not solve its task; one whose id is no task of\nthe data counts as such.',
    )
    .action((library: string, options: VerifyOptions) => verify(library, options));
}

function verify(name: string, options: VerifyOptions): void {
  const [library, ...others] = readBatteries([name]);
  if (others.length > 0) throw new UsageError(`${name}: found ${others.length + 1} files, expected one library`);
  const data = options.data ?? ['train'];
  const result = verifyLibrary(library!, data, options.repeat);
  if (result.total === 0) throw new UsageError(`${name}: no programs, so there is nothing to verify`);
  if (options.json) printJson(verifyLine(result, options.repeat !== undefined));
  else print(verifyText(result, data));
  if (result.failed.length > 0) process.exitCode = EXIT_FAILED;
}

function verifyLine(result: Verification, repeats: boolean): object {
  const { solved, total, pairs, pairsRight, failed, unknown, seconds } = result;
  return {
    schema: SCHEMA,
    type: 'verify',
    solved,
    total,
    pairs,
    pairs_right: pairsRight,
    failed: failed.map(({ id }) => id),
    unknown,
    seconds: rounded(seconds[0]!),
    ...(repeats ? { repeats: seconds.map(rounded) } : {}),
  };
}

/** Failures, and ids without a task, that the text lists. */
const LISTED = 50;
const IDS = 20;

function verifyText(
  { solved, total, pairs, pairsRight, failed, unknown, seconds }: Verification,
  data: readonly string[],
): string {
  const style = styleOf(wantsColour(process.stdout));
  const lines = failed.slice(0, LISTED).map(({ id, reason }) => `${style.red(id)}  ${reason}`);
  if (failed.length > LISTED) lines.push(`and ${failed.length - LISTED} more; --json lists them all`);
  if (unknown.length > 0) {
    lines.push(`${plural(unknown.length, 'program')} without a task in ${data.join('+')}: ${listed(unknown, IDS)}`);
  }
  const figures = `${grouped(solved)} of ${plural(total, 'program')} solved`;
  const right = `${grouped(pairsRight)} of ${plural(pairs, 'pair')} right`;
  lines.push(`${style.bold(figures)}, ${right}, ${seconds.map(duration).join(' ')}`);
  return lines.join('\n');
}
