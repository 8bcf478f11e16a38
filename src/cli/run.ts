// `batt run`: scores batteries on tasks.
import type { Command } from 'commander';
import { datasetDigest } from '../arc/digest.ts';
import { type PreparedRun, prepareRun, scoreTasks } from '../pipeline/run.ts';
import { Totals } from '../pipeline/totals.ts';
import { summaryLine, taskLine } from '../report/runJson.ts';
import { rejections, summaryText, taskBlock, taskRow, taskRowHead, taskWidth } from '../report/runText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { timingSummary } from '../report/timing.ts';
import { cpuName } from '../report/version.ts';
import { EXIT_INTERRUPTED, UsageError } from './exit.ts';
import { log, print, printJson } from './output.ts';
import { Progress } from './progress.ts';
import { integer, seconds, value, values } from './values.ts';

interface RunOptions {
  readonly batt_import?: readonly string[];
  readonly task_ids?: readonly string[] | true;
  readonly start: number;
  readonly count: number;
  readonly seed: number;
  readonly timeout: number;
  readonly data?: readonly string[];
  readonly backend: string;
  readonly budget?: number;
  readonly dialect?: string;
  readonly timing?: true;
  readonly json?: true;
  readonly quiet?: true;
}

export function define(command: Command): void {
  command
    .option('-b, --batt_import <battery...>', 'a file (with or without .py), a folder or a pattern', values)
    .option('-i, --task_ids [task...]', 'ids of the tasks (all when none is given)', values)
    .option('-s, --start <n>', 'first task of the list', integer(0), 0)
    .option('-c, --count <n>', 'number of tasks, 0 = all; below 0: a random sample of that many', integer(), 0)
    .option('--seed <n>', 'of the random sample', integer(), 0)
    .option('-t, --timeout <seconds>', 'what one candidate may take on one sample', seconds, 10)
    .option('--data <set>', 'train, eval, both, bundled or a path; may be given more than once', values)
    .option('--backend <name>', 'auto or cpu', value, 'auto')
    .option('--budget <units>', 'work that one candidate may do on one sample, 0 = no limit', integer(0))
    .option('--dialect <name>', 'run the programs of this dialect only: plain or sic', value)
    .option('--timing', 'say where the time went')
    .option('--json', 'print JSON Lines')
    .option('--quiet', 'write nothing but errors to stderr')
    .action((options: RunOptions) => run(options));
}

async function run(options: RunOptions): Promise<void> {
  const started = performance.now();
  checkBuilt(options);
  if (options.count < 0 && options.start > 0) throw new UsageError('-c: a negative count needs start 0 (-s 0)');
  const prepared = prepareRun({
    batteries: options.batt_import ?? [],
    data: options.data ?? [],
    selection: {
      only: Array.isArray(options.task_ids) ? options.task_ids : [],
      start: options.start,
      count: options.count,
      seed: options.seed,
    },
  });
  const { set, data } = prepared;
  if (!options.quiet) for (const line of rejections(set.invalid, set.skipped)) log(line);
  if (data.tasks.length === 0) throw new UsageError(`-s ${options.start}: no task is left of ${data.name}`);
  if (set.counts.scored === 0) throw nothingToScore(prepared, options);

  const totals = new Totals(prepared);
  const style = styleOf(wantsColour(process.stdout));
  const width = taskWidth(data.tasks.map(({ id }) => id));
  const blocks = data.tasks.length <= MOST_BLOCKS;
  const samples = data.tasks.reduce((sum, { demo, test }) => sum + demo.length + test.length, 0);
  const progress = new Progress(options.quiet ? 0 : samples, 'samples');
  process.once('SIGINT', () => {
    progress.clear();
    log(`interrupted after ${totals.tasks} of ${data.tasks.length} tasks; their results are complete`);
    process.exit(EXIT_INTERRUPTED);
  });
  const device = options.json ? cpuName() : '';
  if (!options.json && !blocks) print(taskRowHead(width, style));
  const limits = { timeout: options.timeout, ...(options.budget === undefined ? {} : { budget: options.budget }) };
  for await (const result of scoreTasks(prepared, limits, (done) => progress.at(done))) {
    totals.add(result);
    progress.clear();
    if (options.json) printJson(taskLine(result, device));
    else print(blocks ? taskBlock(result, style) : taskRow(result, width, style));
  }
  progress.clear();
  const digest = datasetDigest(data.tasks);
  if (options.json) {
    printJson(summaryLine(prepared, totals, digest, (performance.now() - started) / 1000));
    return;
  }
  print(`${blocks ? '' : '\n'}${summaryText(prepared, totals, digest, style)}`);
  if (options.timing) print(timingSummary(totals.clock.timing));
}

/** With more tasks each has a line in place of a block. */
const MOST_BLOCKS = 6;

const LATER_BACKENDS = ['wasm', 'webgpu', 'tensorflow', 'cuda'];

function checkBuilt({ backend, dialect }: RunOptions): void {
  if (LATER_BACKENDS.includes(backend)) throw new UsageError(`--backend ${backend} is not built yet; there is: cpu`);
  if (backend !== 'auto' && backend !== 'cpu') {
    throw new UsageError(`--backend: found ${backend}, expected auto or cpu`);
  }
  if (dialect === 'sic') throw new UsageError('--dialect sic: the S/I/C dialect is not built yet; there is: plain');
  if (dialect !== undefined && dialect !== 'plain') {
    throw new UsageError(`--dialect: found ${dialect}, expected plain or sic`);
  }
}

function nothingToScore({ set, batteries }: PreparedRun, { quiet }: RunOptions): UsageError {
  const { read, invalid, skipped } = set.counts;
  const files = batteries.map(({ file }) => file).join(', ');
  if (read === 0) return new UsageError(`${files}: no candidates, so there is nothing to score`);
  const counts = `${read} read, ${invalid} invalid, ${skipped} skipped`;
  const reasons = quiet ? rejections(set.invalid, set.skipped).map((line) => `\n  ${line}`) : [];
  return new UsageError(`${files}: no valid candidate (${counts})${reasons.join('')}`);
}
