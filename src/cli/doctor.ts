// `batt doctor`: what is there on this machine, how fast it is, and what `auto` makes of it.
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { BACKENDS } from '../../kernels/open.ts';
import { type ProbeMessage, type ProbeSubject, probe } from '../doctor/backendProbe.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { doctorLine } from '../report/doctorJson.ts';
import { doctorText } from '../report/doctorText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { print, printJson } from './output.ts';

interface DoctorOptions {
  readonly json?: true;
  readonly measure?: boolean;
  readonly probe?: ProbeSubject;
}

export function define(command: Command): void {
  command
    .option('--json', 'print one JSON document')
    .option('--measure', 'measure the backends, even where that was done before (some seconds)')
    .addOption(new Option('--probe <what>').choices([...BACKENDS, 'adapters', 'gpus']).hideHelp())
    .action((options: DoctorOptions) =>
      options.probe === undefined ? doctor(options) : probeHere(options.probe, options.measure === true),
    );
}

async function doctor({ json, measure = false }: DoctorOptions): Promise<void> {
  const terminal = process.stderr.isTTY;
  const diagnosis = await diagnose({
    program: fileURLToPath(new URL('batt.js', import.meta.url)),
    measure,
    telling: (name) => {
      if (terminal) process.stderr.write(`\r\x1b[Kmeasuring ${name}`);
    },
  });
  if (terminal) process.stderr.write('\r\x1b[K');
  if (json) printJson(doctorLine(diagnosis));
  else print(doctorText(diagnosis, styleOf(wantsColour(process.stdout))));
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
