// `batt eval`: a program's outputs beside the expected ones.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Sample } from '../arc/task.ts';
import type { Battery } from '../lang/battery.ts';
import { readBatteries } from '../pipeline/battery.ts';
import { inspect, programsFor, samplesOf } from '../pipeline/inspect.ts';
import { loadTasks } from '../pipeline/loadTasks.ts';
import { inspectionText } from '../report/inspectionText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { UsageError } from './exit.ts';
import { print } from './output.ts';
import { value, values } from './values.ts';

interface EvalOptions {
  readonly task_id: string;
  readonly sample?: string;
  readonly data?: readonly string[];
}

export function define(command: Command): void {
  command
    .requiredOption('-i, --task_id <task>', 'the task', value)
    .option('--sample <name>', 'one sample, such as demo:0 or test:0 (all when left out)', value)
    .option('--data <set>', 'train, eval, both, bundled or a path; may be given more than once', values)
    .action((program: string, options: EvalOptions) => evaluate(program, options));
}

function evaluate(name: string, options: EvalOptions): void {
  const [battery, ...others] = readBatteries([name]);
  if (others.length > 0) throw new UsageError(`${name}: found ${others.length + 1} files, expected one`);
  const { tasks } = loadTasks(options.data ?? ['train'], { only: [options.task_id] });
  const task = tasks[0]!;
  const samples = chosen(samplesOf(task), options.sample, task.id);
  const { graph, programs } = programsFor(battery!, task.id);
  if (programs.length === 0) throw new UsageError(`${battery!.file}: ${noProgram(battery!, task.id)}`);

  const source = readFileSync(battery!.file, 'utf8').split(/\r\n|\r|\n/);
  const style = styleOf(wantsColour(process.stdout));
  const columns = process.stdout.columns || Number.POSITIVE_INFINITY;
  for (const inspection of inspect(graph, programs, samples, task))
    print(inspectionText(inspection, source, style, columns));
}

function chosen(samples: ReadonlyMap<string, Sample>, name: string | undefined, task: string): Map<string, Sample> {
  if (name === undefined) return new Map(samples);
  const sample = samples.get(name);
  if (sample === undefined) {
    throw new UsageError(`--sample ${name}: task ${task} has ${[...samples.keys()].join(', ')}`);
  }
  return new Map([[name, sample]]);
}

/** Ids listed in a message. */
const LISTED = 20;

function noProgram({ bodies, invalid }: Battery, task: string): string {
  const bad = invalid.find(({ name }) => name.endsWith(task)) ?? (bodies.length === 0 ? invalid[0] : undefined);
  if (bad !== undefined) return `${bad.line}:${bad.column}: ${bad.name || 'a candidate'} is invalid: ${bad.reason}`;
  const outputs = bodies.flatMap((body) => body.outputs);
  const ids = [...new Set(outputs.map(({ solverId }) => solverId))];
  if (ids.length === 0) return 'no programs';
  const more = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : '';
  return `no program for task ${task}; there are: ${ids.slice(0, LISTED).join(', ')}${more}`;
}
