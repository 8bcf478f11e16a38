// `batt run`: scores batteries on tasks.
import type { Command } from 'commander';
import { datasetDigest } from '../arc/digest.ts';
import type { Dialect } from '../lang/battery.ts';
import type { ResultsFile } from '../pipeline/resultsFile.ts';
import { type PreparedRun, prepareRun, scoreTasks } from '../pipeline/run.ts';
import type { SavedTask } from '../pipeline/saved.ts';
import type { Saver, SaverOptions } from '../pipeline/saver.ts';
import type { TaskResult } from '../pipeline/scoreTask.ts';
import { Totals } from '../pipeline/totals.ts';
import { phaseChart } from '../report/phaseChart.ts';
import { summaryLine, taskLine } from '../report/runJson.ts';
import { rejections, summaryText, taskBlock, taskRow, taskRowHead, taskWidth } from '../report/runText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { timingSummary } from '../report/timing.ts';
import { cpuName } from '../report/version.ts';
import { EXIT_CRASHED, EXIT_FAILED, EXIT_INTERRUPTED, UsageError } from './exit.ts';
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
  readonly jobs?: number;
  readonly budget?: number;
  readonly dialect?: string;
  readonly compat?: string;
  readonly out?: string;
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
    .option('--jobs <n>', 'threads at most; more than one when it pays (default: one a core)', integer(1))
    .option('--budget <units>', 'work that one candidate may do on one sample, 0 = no limit', integer(0))
    .option('--dialect <name>', 'plain or sic: whose functions programs call, whatever their form', value)
    .option('--compat <version>', 'p4: write texts, md5s and links as the original did at that version', value)
    .option(
      '--out <folder>',
      'where solver_*, differ_* and runs/ go (default: ., but nothing is saved of the bundled run)',
      value,
    )
    .option('--timing', 'say where the time went')
    .option('--json', 'print JSON Lines')
    .option('--quiet', 'write nothing but errors to stderr')
    .action((options: RunOptions) => run(options));
}

async function run(options: RunOptions): Promise<void> {
  const started = performance.now();
  const dialect = checkBuilt(options);
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
    ...dialect,
  });
  const { set, data } = prepared;
  if (!options.quiet) for (const line of rejections(set.invalid, set.skipped)) log(line);
  if (data.tasks.length === 0) throw new UsageError(`-s ${options.start}: no task is left of ${data.name}`);
  if (set.counts.scored === 0) throw nothingToScore(prepared, options);

  const limits = { timeout: options.timeout, ...(options.budget === undefined ? {} : { budget: options.budget }) };
  const out = options.out ?? (prepared.bundled ? undefined : '.');
  const saving =
    out === undefined
      ? undefined
      : await startSaving(prepared, {
          ...limits,
          ...dialect,
          out,
          mode: options.compat === 'p4' ? 'p4' : 'default',
        });
  const totals = new Totals(prepared);
  const style = styleOf(wantsColour(process.stdout));
  const width = taskWidth(data.tasks.map(({ id }) => id));
  const blocks = data.tasks.length <= MOST_BLOCKS;
  const samples = data.tasks.reduce((sum, { demo, test }) => sum + demo.length + test.length, 0);
  const progress = new Progress(options.quiet ? 0 : samples, 'samples');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      progress.clear();
      log(`interrupted after ${totals.tasks} of ${data.tasks.length} tasks; their results are complete`);
      process.exit(EXIT_INTERRUPTED);
    });
  }
  const emit = async (line: object): Promise<void> => {
    if (options.json) printJson(line);
    await attempt(saving?.results.add(line));
  };
  const wantsLines = options.json === true || saving !== undefined;
  const device = wantsLines ? cpuName() : '';
  if (!options.json && !blocks) print(taskRowHead(width, style));
  let number = 0;
  const scoring = {
    ...limits,
    differs: saving !== undefined,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
  };
  for await (const scored of scoreTasks(prepared, scoring, (done) => progress.at(done))) {
    const saved = await saving?.saver.save(data.tasks[number++]!, scored);
    const result: TaskResult = saved?.result ?? scored;
    totals.add(result);
    progress.clear();
    if (saved !== undefined) tell(saved, options);
    if (wantsLines) await emit(taskLine(result, device, saved));
    if (!options.json) print(blocks ? taskBlock(result, style) : taskRow(result, width, style));
  }
  progress.clear();
  const digest = datasetDigest(data.tasks);
  if (wantsLines) await emit(summaryLine(prepared, totals, digest, (performance.now() - started) / 1000));
  await attempt(saving?.results.close());
  if (totals.verdicts.has('crash')) process.exitCode ??= EXIT_CRASHED;
  if (options.json) return;
  print(`${blocks ? '' : '\n'}${summaryText(prepared, totals, digest, style, saving?.results.folder)}`);
  if (options.timing) print(timingSummary(totals.clock.timing));
  if (options.timing && process.stdout.isTTY) print(phaseChart(totals.clock.timing, style));
}

/** Loads what only a run that saves needs, so that others start without it. */
async function startSaving(
  prepared: PreparedRun,
  options: SaverOptions,
): Promise<{ readonly saver: Saver; readonly results: ResultsFile }> {
  const [{ Saver }, { ResultsFile }] = await Promise.all([
    import('../pipeline/saver.ts'),
    import('../pipeline/resultsFile.ts'),
  ]);
  return { saver: new Saver(prepared, options), results: await ResultsFile.create(options.out) };
}

/** Waits for results to be written; where they cannot be, says so and goes on, since they are printed all the same. */
async function attempt(written: Promise<void> | undefined): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StoreError')) throw error;
    log(error.message);
    process.exitCode = EXIT_FAILED;
  }
}

/** Says what went wrong with a task, and what is worth knowing. */
function tell({ failures, notes }: SavedTask, { quiet }: RunOptions): void {
  for (const line of failures) log(line);
  if (!quiet) for (const line of notes) log(line);
  if (failures.length > 0) process.exitCode = EXIT_FAILED;
}

/** With more tasks each has a line in place of a block. */
const MOST_BLOCKS = 6;

const LATER_BACKENDS = ['wasm', 'webgpu', 'tensorflow', 'cuda'];

function checkBuilt({ backend, dialect, compat }: RunOptions): { readonly dialect?: Dialect } {
  if (LATER_BACKENDS.includes(backend)) throw new UsageError(`--backend ${backend} is not built yet; there is: cpu`);
  if (backend !== 'auto' && backend !== 'cpu') {
    throw new UsageError(`--backend: found ${backend}, expected auto or cpu`);
  }
  if (compat !== undefined && compat !== 'p4') throw new UsageError(`--compat: found ${compat}, expected p4`);
  if (dialect === undefined) return {};
  if (dialect !== 'plain' && dialect !== 'sic') {
    throw new UsageError(`--dialect: found ${dialect}, expected plain or sic`);
  }
  return { dialect };
}

function nothingToScore({ set, batteries }: PreparedRun, { quiet }: RunOptions): UsageError {
  const { read, invalid, skipped } = set.counts;
  const files = batteries.map(({ file }) => file).join(', ');
  if (read === 0) return new UsageError(`${files}: no candidates, so there is nothing to score`);
  const counts = `${read} read, ${invalid} invalid, ${skipped} skipped`;
  const reasons = quiet ? rejections(set.invalid, set.skipped).map((line) => `\n  ${line}`) : [];
  return new UsageError(`${files}: no valid candidate (${counts})${reasons.join('')}`);
}
