// `batt eval`: a program's outputs beside the expected ones.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type SampleOfTask, taskInputs } from '../engine/taskInputs.ts';
import type { Battery, Dialect } from '../lang/battery.ts';
import { solverIdOf } from '../lang/solverId.ts';
import { readBatteries } from '../pipeline/read/battery.ts';
import { loadTasks } from '../pipeline/read/loadTasks.ts';
import { inspect, programsFor, programsNamed } from '../pipeline/single/inspect.ts';
import { inspectionJson } from '../report/inspectionJson.ts';
import { inspectionText } from '../report/inspectionText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { addDataFlags, type DataFlags, dataNotes, dataOptions } from './dataFlags.ts';
import { UsageError } from './exit.ts';
import { log, print, printJson } from './output.ts';
import { dialect, integer, seconds, value } from './values.ts';

interface EvalOptions extends DataFlags {
  readonly task_id: string;
  readonly program?: string;
  readonly sample?: string;
  readonly dialect?: Dialect;
  readonly timeout: number;
  readonly budget?: number;
  readonly trace?: true;
  readonly json?: true;
}

export function define(command: Command): void {
  addDataFlags(command);
  command
    .requiredOption('-i, --task_id <task>', 'the task', value)
    .option('--program <id>', 'the solver id to show, as batt run names it (default: the program of the task)', value)
    .option('--sample <name>', 'one sample, such as demo:0 or test:0 (all when left out)', value)
    .option('-t, --timeout <seconds>', 'what the program may take on one sample', seconds, 10)
    .option('--budget <units>', 'work that the program may do on one sample, 0 = no limit', integer(0))
    .option('--dialect <name>', 'plain or sic: whose functions the program calls, whatever its form', dialect)
    .option('--trace', 'show the value of every statement')
    .option('--json', 'print one line of JSON a sample, with the value of every statement')
    .action((program: string, options: EvalOptions) => evaluate(program, options));
}

function evaluate(name: string, options: EvalOptions): void {
  const [battery, ...others] = readBatteries([name], options.dialect === undefined ? {} : { dialect: options.dialect });
  if (others.length > 0) throw new UsageError(`${name}: found ${others.length + 1} files, expected one`);
  const loaded = loadTasks(options.data ?? ['train'], { only: [options.task_id] }, dataOptions(options));
  for (const note of dataNotes(loaded)) log(note);
  const task = loaded.tasks[0]!;
  const samples = samplesNamed(taskInputs(task), options.sample, task.id);
  const { program: asked } = options;
  const chosen = asked === undefined ? programsFor(battery!, task.id) : programsNamed(battery!, asked);
  if (chosen.programs.length === 0) throw new UsageError(`${battery!.file}:${noProgram(battery!, chosen.id, asked)}`);

  const source = readFileSync(battery!.file, 'utf8').split(/\r\n|\r|\n/);
  const style = styleOf(wantsColour(process.stdout));
  const columns = process.stdout.columns || Number.POSITIVE_INFINITY;
  const { timeout, budget, trace, json } = options;
  for (const inspection of inspect(chosen, samples, { timeout, ...(budget === undefined ? {} : { budget }) })) {
    if (json) printJson(inspectionJson(inspection, task, battery!, source));
    else print(inspectionText(inspection, source, style, columns, trace === true));
  }
}

function samplesNamed(
  samples: readonly SampleOfTask[],
  name: string | undefined,
  task: string,
): readonly SampleOfTask[] {
  if (name === undefined) return samples;
  const named = samples.filter((sample) => sample.name === name);
  if (named.length === 0) {
    throw new UsageError(`--sample ${name}: task ${task} has ${samples.map((sample) => sample.name).join(', ')}`);
  }
  return named;
}

/** Ids listed in a message. */
const LISTED = 20;

function noProgram({ file, bodies, invalid }: Battery, id: string, asked: string | undefined): string {
  const bad =
    invalid.find(({ name }) => solverIdOf(name, file) === id) ?? (bodies.length === 0 ? invalid[0] : undefined);
  if (bad !== undefined) return `${bad.line}:${bad.column}: ${bad.name || 'a candidate'} is invalid: ${bad.reason}`;
  const outputs = bodies.flatMap((body) => body.outputs);
  const ids = [...new Set(outputs.map(({ solverId }) => solverId))];
  if (ids.length === 0) return ' no programs';
  const more = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : '';
  const found = asked === undefined ? `no program for task ${id}` : `no program ${id}`;
  return ` ${found}; --program shows one of: ${ids.slice(0, LISTED).join(', ')}${more}`;
}
