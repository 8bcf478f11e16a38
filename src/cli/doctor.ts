// `batt doctor`: what is there on this machine, how fast it is, and what `auto` makes of it; with --check whether it computes right.
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BACKENDS } from '../../kernels/open.ts';
import { type ProbeMessage, type ProbeSubject, probe } from '../doctor/backendProbe.ts';
import { checkMachine, hasPassed } from '../doctor/check/checkMachine.ts';
import { hasGpu } from '../doctor/check/subjects.ts';
import { type Diagnosis, diagnose } from '../doctor/diagnose.ts';
import { storeError } from '../files/storeError.ts';
import { replaceFile } from '../files/wholeFile.ts';
import { checkLine } from '../report/checkJson.ts';
import { checkText } from '../report/checkText.ts';
import { doctorLine } from '../report/doctorJson.ts';
import { doctorText } from '../report/doctorText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { EXIT_FAILED, UsageError } from './exit.ts';
import { log, print, printJson } from './output.ts';

interface DoctorOptions {
  readonly json?: true;
  readonly measure?: boolean;
  readonly check?: true;
  readonly out?: string;
  readonly limit?: number;
  readonly battery?: string;
  readonly data?: string;
  readonly quick?: true;
  readonly anyDevice?: true;
  readonly probe?: ProbeSubject;
}

/** Seconds for a check where --limit does not say. */
const CHECK_LIMIT = 540;
/** Options that say how to check. */
const OF_CHECK = {
  out: '--out',
  limit: '--limit',
  battery: '-b',
  data: '--data',
  quick: '--quick',
  anyDevice: '--any-device',
};

export function define(command: Command): void {
  command
    .option('--json', 'print one JSON document')
    .option('--measure', 'measure the backends, even where that was done before (some seconds)')
    .option(
      '--check',
      'hold every GPU backend against the plain references, and time it, and Python beside it (minutes)',
    )
    .option('-o, --out <file>', 'with --check: also keep the JSON document in a file, from step to step')
    .option(
      '--limit <seconds>',
      `with --check: seconds for all of it; what does not fit is left out (default ${CHECK_LIMIT})`,
      seconds,
    )
    .option('-b, --battery <file>', 'with --check: the battery of the runs, as of batt run (default: the bundled one)')
    .option('--data <data>', 'with --check: the tasks of the runs, as of batt run (default: the bundled ones)')
    .option('--quick', 'with --check: fewer repeats, 1,000 and 10,000 comparisons only')
    .option(
      '--any-device',
      'with --check: take software adapters and CPUs for GPUs: a test of the check, its figures say nothing',
    )
    .addOption(new Option('--probe <what>').choices([...BACKENDS, 'adapters', 'gpus']).hideHelp())
    .action((options: DoctorOptions) =>
      options.probe === undefined ? doctor(options) : probeHere(options.probe, options.measure === true),
    );
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError(`found ${text}, expected seconds`);
  return value;
}

async function doctor(options: DoctorOptions): Promise<void> {
  const { json, measure = false } = options;
  for (const [name, flag] of Object.entries(OF_CHECK)) {
    if (!options.check && options[name as keyof DoctorOptions] !== undefined)
      throw new UsageError(`${flag} is for --check`);
  }
  const terminal = process.stderr.isTTY;
  const diagnosis = await diagnose({
    program: programFile('batt.js'),
    measure,
    telling: (name) => {
      if (terminal) process.stderr.write(`\r\x1b[Kmeasuring ${name}`);
    },
  });
  if (terminal) process.stderr.write('\r\x1b[K');
  if (options.check) await check(diagnosis, options);
  else if (json) printJson(doctorLine(diagnosis));
  else print(doctorText(diagnosis, styleOf(wantsColour(process.stdout))));
}

async function check(diagnosis: Diagnosis, options: DoctorOptions): Promise<void> {
  const { json, out, limit = CHECK_LIMIT, battery, data, quick = false, anyDevice = false } = options;
  if (!anyDevice && !hasGpu(diagnosis)) {
    throw new UsageError(
      '--check: there is no GPU on this machine: nothing to check (--any-device takes what there is)',
    );
  }
  const result = await checkMachine(diagnosis, {
    limit,
    run: [...(battery === undefined ? [] : ['-b', battery]), ...(data === undefined ? [] : ['--data', data])],
    quick,
    anyDevice,
    programs: { batt: programFile('batt.js'), check: programFile('check.js') },
    telling: log,
    keep: async (found) => {
      if (out === undefined) return;
      try {
        await replaceFile(out, `${JSON.stringify(checkLine(found), null, 1)}\n`);
      } catch (error) {
        throw await storeError(error, out, 'write the file');
      }
    },
  });
  if (json) printJson(checkLine(result));
  else print(`${checkText(result)}${out === undefined ? '' : `\n\nJSON: ${out}`}`);
  if (!hasPassed(result)) process.exitCode = EXIT_FAILED;
}

/** A program of the package, beside the command. */
function programFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** What a process does that a doctor has started; called by hand it prints what it would say. */
async function probeHere(subject: ProbeSubject, measuring: boolean): Promise<void> {
  const said: Promise<void>[] = [];
  process.on('disconnect', () => process.exit());
  await probe(subject, measuring, (message) => said.push(say(message)));
  await Promise.all(said);
  process.exit();
}

function say(message: ProbeMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send !== undefined) process.send(message, () => resolve());
    else process.stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
  });
}
