// `batt eval`: a program's outputs beside the expected ones.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Sample } from '../arc/task.ts';
import type { Battery } from '../lang/battery.ts';
import { solverIdOf } from '../lang/solverId.ts';
import { readBatteries } from '../pipeline/read/battery.ts';
import { loadTasks } from '../pipeline/read/loadTasks.ts';
import { inspect, programsFor, programsNamed, samplesOf } from '../pipeline/single/inspect.ts';
import { inspectionText } from '../report/inspectionText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { UsageError } from './exit.ts';
import { print } from './output.ts';
import { value, values } from './values.ts';

interface EvalOptions {
  readonly task_id: string;
  readonly program?: string;
  readonly sample?: string;
  readonly data?: readonly string[];
}

export function define(command: Command): void {
  command
    .requiredOption('-i, --task_id <task>', 'the task', value)
    .option('--program <id>', 'the solver id to show, as batt run names it (default: the program of the task)', value)
    .option('--sample <name>', 'one sample, such as demo:0 or test:0 (all when left out)', value)
    .option('--data <set>', 'train, eval, both, bundled or a path; may be given more than once', values)
    .action((program: string, options: EvalOptions) => evaluate(program, options));
}

function evaluate(name: string, options: EvalOptions): void {
  const [battery, ...others] = readBatteries([name]);
  if (others.length > 0) throw new UsageError(`${name}: found ${others.length + 1} files, expected one`);
  const { tasks } = loadTasks(options.data ?? ['train'], { only: [options.task_id] });
  const task = tasks[0]!;
  const samples = samplesNamed(samplesOf(task), options.sample, task.id);
  const { program: asked } = options;
  const chosen = asked === undefined ? programsFor(battery!, task.id) : programsNamed(battery!, asked);
  if (chosen.programs.length === 0) throw new UsageError(`${battery!.file}: ${noProgram(battery!, chosen.id, asked)}`);

  const source = readFileSync(battery!.file, 'utf8').split(/\r\n|\r|\n/);
  const style = styleOf(wantsColour(process.stdout));
  const columns = process.stdout.columns || Number.POSITIVE_INFINITY;
  for (const inspection of inspect(chosen, samples, task)) print(inspectionText(inspection, source, style, columns));
}

function samplesNamed(
  samples: ReadonlyMap<string, Sample>,
  name: string | undefined,
  task: string,
): Map<string, Sample> {
  if (name === undefined) return new Map(samples);
  const sample = samples.get(name);
  if (sample === undefined) {
    throw new UsageError(`--sample ${name}: task ${task} has ${[...samples.keys()].join(', ')}`);
  }
  return new Map([[name, sample]]);
}

/** Ids listed in a message. */
const LISTED = 20;

function noProgram({ file, bodies, invalid }: Battery, id: string, asked: string | undefined): string {
  const bad =
    invalid.find(({ name }) => solverIdOf(name, file) === id) ?? (bodies.length === 0 ? invalid[0] : undefined);
  if (bad !== undefined) return `${bad.line}:${bad.column}: ${bad.name || 'a candidate'} is invalid: ${bad.reason}`;
  const outputs = bodies.flatMap((body) => body.outputs);
  const ids = [...new Set(outputs.map(({ solverId }) => solverId))];
  if (ids.length === 0) return 'no programs';
  const more = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : '';
  const found = asked === undefined ? `no program for task ${id}` : `no program ${id}`;
  return `${found}; --program shows one of: ${ids.slice(0, LISTED).join(', ')}${more}`;
}
