// The flags of `batt run`, and what is wrong with some of them together.
import { type Command, Option } from 'commander';
import { DEFAULT_BUDGET } from '../engine/evaluator.ts';
import type { Dialect } from '../lang/battery.ts';
import type { SaveChoice } from '../pipeline/save/saver.ts';
import { addDataFlags, type DataFlags } from './dataFlags.ts';
import { UsageError } from './exit.ts';
import { LIMITS_NAMES, type LimitsName } from './limits.ts';
import { integer, seconds, share, value, values } from './values.ts';

export interface RunFlags extends DataFlags {
  readonly batt_import?: readonly string[];
  readonly task_ids?: readonly string[] | true;
  readonly start: number;
  readonly count: number;
  readonly seed: number;
  readonly limits: LimitsName;
  readonly timeout?: number;
  readonly backend: string;
  readonly requireBackend?: true;
  readonly device?: string;
  readonly gpus?: number;
  readonly jobs?: number;
  readonly budget?: number;
  readonly dialect?: Dialect;
  readonly compat?: 'p4';
  readonly firstMismatch?: true;
  readonly deadline?: number;
  readonly out?: string;
  readonly save?: SaveChoice;
  readonly top: number;
  readonly resume?: true | string;
  readonly shard: { readonly index: number; readonly of: number };
  readonly timing?: true;
  readonly json?: true;
  readonly quiet?: true;
}

export function addRunFlags(command: Command): void {
  command
    .option(
      '-b, --batt_import <battery...>',
      'a file (with or without .py), a folder or a pattern (default: the bundled battery)',
      values,
    )
    .option('-i, --task_ids [task...]', 'ids of the tasks, with spaces between them (all when none is given)', values)
    .option('-s, --start <n>', 'first task of the list', integer(0), 0)
    .option('-c, --count <n>', 'number of tasks, 0 = all; below 0: a random sample of that many', integer(), 0)
    .option('--seed <n>', 'of the random sample', integer(), 0)
    .option('-t, --timeout <seconds>', 'what one candidate may take on one sample (default: 10)', seconds);
  addDataFlags(command, 'train; bundled without -b and -i');
  command
    .option('--backend <name>', 'what compares outputs: auto, cpu, wasm, webgpu, tensorflow or cuda', value, 'auto')
    .option('--require-backend', 'fail when the backend is lost, in place of going on with wasm')
    .option('--device <name>', 'a part of a name: of the adapter (webgpu), of the GPUs to use (cuda)', value)
    .option('--gpus <n>', 'GPUs to spread over (default: 1 for tensorflow, all for cuda)', integer(1))
    .option('--jobs <n>', 'threads at most; more than one when it pays (default: one a core)', integer(1))
    .option(
      '--budget <units>',
      `work that one candidate may do on one sample, 0 = no limit (default: ${DEFAULT_BUDGET}); within any but 0 its values may take 256 MB`,
      integer(0),
    )
    .addOption(
      new Option('--limits <name>', 'search: -t 1 --budget 5000000, for many candidates of which few are of use')
        .choices(LIMITS_NAMES)
        .default('default'),
    )
    .option('--dialect <name>', 'plain or sic: whose functions programs call, whatever their form', value)
    .option('--compat <version>', 'p4: write texts, md5s and links as the original did at that version', value)
    .option('--first-mismatch', 'a candidate that fails a sample is not run on those after it, which count as wrong')
    .option('--deadline <seconds>', 'end in time: what is done by then is kept', seconds)
    .option(
      '--out <folder>',
      'keep the run: solver_*, differ_* and runs/ go there (default: nothing is written; flags without "run" write into the working folder, as run_batt.py does)',
      value,
    )
    .addOption(
      new Option(
        '--save <what>',
        'candidates that get a file: those with a right sample, all or none (default: right; all with --compat)',
      ).choices(['right', 'all', 'none']),
    )
    .option('--top <n>', 'best candidates shown of a task, 0 = none', integer(0), 5)
    .option('--resume [run]', 'go on with a run in the output folder: the one of this id, or the latest', value)
    .addOption(
      new Option('--shard <i/n>', 'do the i-th of n parts of the tasks')
        .argParser(share)
        .default({ index: 1, of: 1 }, '1/1'),
    )
    .option('--timing', 'say where the time went')
    .option('--json', 'print JSON Lines')
    .option('--quiet', 'write nothing but errors to stderr');
}

/** @throws UsageError for values that commander does not check */
export function checkRunFlags({ dialect, compat, count, start, firstMismatch }: RunFlags): void {
  if (count < 0 && start > 0) throw new UsageError('-c: a negative count needs start 0 (-s 0)');
  if (compat !== undefined && compat !== 'p4') throw new UsageError(`--compat: found ${compat}, expected p4`);
  if (compat !== undefined && firstMismatch) {
    throw new UsageError('--first-mismatch: the original ran every program on every sample, so not with --compat p4');
  }
  if (dialect !== undefined && dialect !== 'plain' && dialect !== 'sic') {
    throw new UsageError(`--dialect: found ${dialect}, expected plain or sic`);
  }
}
