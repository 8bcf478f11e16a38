// The commands of `batt`; the code of a command is loaded when it is called.
import { Command, CommanderError } from 'commander';
import { engineVersion } from '../arc/bundled.ts';
import { EXIT_USAGE, explain } from './exit.ts';
import { type HelpEnd, helpConfiguration, helpWidth } from './help.ts';
import { print } from './output.ts';

interface Definition {
  define(command: Command): void;
}

interface Entry extends HelpEnd {
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<Definition>;
}

const COMMANDS: readonly Entry[] = [
  {
    usage: 'run',
    summary: 'score batteries of candidate programs on tasks',
    examples: [
      'batt run -b my_battery.py -i 007bbfb7 --data train',
      "batt run -b 'batteries/*.py' --data both --out results --json",
    ],
    load: () => import('./run.ts'),
  },
  {
    usage: 'verify <library...>',
    summary: 'run each program of libraries on the task that it is named after',

    note: 'Exit code 1 where a program does not solve its task; one whose id is no task of the data counts as such.',
    examples: ['batt verify solvers.py --data train', "batt verify 'solvers/*.py' -i 007bbfb7 --json"],
    load: () => import('./verify.ts'),
  },
  {
    usage: 'eval <program>',
    summary: 'show the outputs of a program beside the expected ones',

    examples: ['batt eval solvers.py -i 007bbfb7 --sample demo:0', 'batt eval solvers.py -i 007bbfb7 --trace'],
    load: () => import('./eval.ts'),
  },
  {
    usage: 'compare <a> <b>',
    summary: 'say whether two runs gave the same results',

    examples: ['batt compare before after', 'batt compare before after --markdown > comparison.md'],
    load: () => import('./compare.ts'),
  },
  {
    usage: 'report <run>',
    summary: 'write a run as one HTML file: tasks, times, grids',

    examples: ['batt report results -o report.html', 'batt report results --before earlier'],
    load: () => import('./report.ts'),
  },
  {
    usage: 'export <run>',
    summary: 'write the results of a run as tables: CSV, JSON Lines, Parquet or a DuckDB database',

    examples: ['batt export results --format csv -o tables', 'batt export results --format parquet'],
    load: () => import('./export.ts'),
  },
  {
    usage: 'merge <run...>',
    summary: 'make one run of the shards that several machines did',

    examples: ['batt merge shard1 shard2 shard3 --out results'],
    load: () => import('./merge.ts'),
  },
  {
    usage: 'submit <run>',
    summary: 'write the submission.json of a run for Kaggle',

    examples: ['batt submit results -o submission.json'],
    load: () => import('./submit.ts'),
  },
  {
    usage: 'doctor',
    summary: 'say what is there on this machine, and which backend is the fastest',

    examples: ['batt doctor', 'batt doctor --measure --json'],
    load: () => import('./doctor.ts'),
  },
];

/** The end of `batt --help`. */
const OVERVIEW: HelpEnd = {
  note: '`batt <command> --help` says the flags of a command.',
  examples: ['batt run', 'batt run -b my_battery.py -i 007bbfb7', 'batt verify solvers.py'],
};

/** Runs the command line and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const words = startsWithFlag(args) ? ['run', ...asOriginal(args)] : args;
    const program = await build(words);
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return codeOf(error);
    const { text, code } = explain(error, Boolean(process.env.BATT_DEBUG));
    process.stderr.write(text);
    return code;
  }
}

/** What prints the version, or names the flag that does; all else starts without looking for it. */
const WITH_VERSION = ['-V', '--version', '-h', '--help', 'help'];

/** Whether a command line is of the form that run_batt.py takes, flags alone: they are those of `run`. */
function startsWithFlag([first]: readonly string[]): boolean {
  return first?.startsWith('-') === true && !['-h', '--help', '-V', '--version'].includes(first);
}

function nameOf({ usage }: Entry): string {
  return usage.split(' ', 1)[0]!;
}

/** The original writes what it finds into the working folder, unless another one is named. */
function asOriginal(args: readonly string[]): readonly string[] {
  const namesBattery = args.some((arg) => /^(-b|--batt_import)/.test(arg));
  return namesBattery ? ['--out', '.', ...args] : args;
}

async function build(args: readonly string[]): Promise<Command> {
  const program = new Command('batt')
    .description('Scores batteries of candidate programs for ARC tasks. Flags without a command are those of run.')
    .exitOverride()
    .configureHelp(
      helpConfiguration((command) => COMMANDS.find((entry) => nameOf(entry) === command.name()) ?? OVERVIEW),
    )
    .configureOutput({
      writeOut: print,
      getOutHelpWidth: helpWidth,
      outputError: (text, write) => write(text.replace(/^error: /, 'batt: ')),
    });
  if (args.length === 0 || args.some((arg) => WITH_VERSION.includes(arg))) program.version(engineVersion());
  for (const { usage, summary, load } of COMMANDS) {
    const command = program.command(usage).description(summary);
    if (args.includes(command.name())) (await load()).define(command);
  }
  return program;
}

/** Help and version that were asked for are no error. */
function codeOf({ code, exitCode }: CommanderError): number {
  return exitCode === 0 || code === 'commander.helpDisplayed' ? 0 : EXIT_USAGE;
}
