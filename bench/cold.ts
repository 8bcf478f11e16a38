// How long does a whole process take? The built command, started anew each time, with bare `node -e 0` beside it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../src/arc/bundled.ts';
import { openTasks } from '../src/arc/read.ts';
import { median } from '../src/doctor/median.ts';
import { standInLibrary } from './library.ts';
import type { Answer, Options, Question, Reference, Row } from './question.ts';
import { shared, trainingFolder } from './shared.ts';
import { figures, seconds } from './stats.ts';
import { loadSuite } from './suite.ts';

export const cold: Question = {
  name: 'cold',
  about: 'whole processes, one after the other in turn: node dist/batt.js, output to a pipe; medians',
  ask: measure,
};

/** A command line of node, measured from start to exit. */
interface Command {
  readonly what: string;
  readonly args: readonly string[];
  readonly goal?: number;
  readonly references?: readonly Reference[];
}

function measure({ quick }: Options): Answer {
  const batt = join(packageFolder(), 'dist/batt.js');
  if (!existsSync(batt)) return { skipped: 'dist/batt.js is not there; npm run build' };
  const folder = mkdtempSync(join(tmpdir(), 'batt-bench-'));
  try {
    const rows: Row[] = [];
    const notes: string[] = [];
    const commands: Command[] = [
      { what: 'node -e 0', args: ['-e', '0'] },
      { what: 'batt run, bundled battery and tasks', args: [batt, 'run'], goal: 0.15 },
    ];
    if (shared === undefined) notes.push('verify and the shared batteries left out: no shared folder; set ARC_DATA');
    else {
      const verify = [batt, 'verify', writeLibrary(shared, folder), '--data', trainingFolder(shared)];
      const whole = { value: 3.7, from: 'CPython 3.7–5.7 s, the public solvers, measured earlier' };
      commands.push({ what: 'batt verify, 400 solvers, 400 tasks', args: verify, goal: 0.3, references: [whole] });
      commands.push(...batteryRuns(batt, shared, folder, notes));
      rows.push(...repeats(verify, folder));
      notes.push('the library of 400 solvers is a stand-in made of programs.jsonl');
    }
    return { rows: [...wholeProcesses(commands, folder, quick ? 5 : 20), ...rows], notes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeLibrary(folder: string, to: string): string {
  const file = join(to, 'library.py');
  writeFileSync(file, standInLibrary(loadSuite(folder), openTasks(trainingFolder(folder)).ids));
  return file;
}

interface Battery {
  readonly programs: number;
  /** The shared cases that it is stacked from. */
  readonly cases: readonly string[];
  readonly task: string;
  readonly goal: number;
  readonly reference: Reference;
}

const BATTERIES: readonly Battery[] = [
  {
    programs: 32,
    cases: ['seed32'],
    task: '007bbfb7',
    goal: 0.15,
    reference: { value: 1.1, from: 'original 1.1–3.0 s, measured earlier' },
  },
  {
    programs: 149,
    cases: ['dup149'],
    task: '007bbfb7',
    goal: 0.2,
    reference: { value: 8.8, from: 'original 8.8–11 s (its case)' },
  },
  {
    programs: 128,
    cases: ['multi128'],
    task: 'dae9d2b5',
    goal: 0.4,
    reference: { value: 5, from: 'original 5–53 s, measured earlier' },
  },
  {
    programs: 299,
    cases: ['seed32', 'multi128', 'edge40', 'tour75', 'small12', 'closure12'],
    task: '007bbfb7',
    goal: 0.7,
    reference: { value: 100, from: 'original over 100 s, measured earlier' },
  },
];

/** Runs of shared batteries; those that the command cannot run are left out with its words. */
function batteryRuns(batt: string, from: string, folder: string, notes: string[]): Command[] {
  const data = join(from, 'arc/agi2/training');
  return BATTERIES.flatMap(({ programs, cases, task, goal, reference }): Command[] => {
    const what = `batt run, ${programs} programs on ${task}`;
    const files = cases.map((name) => join(from, `battery/cases/${name}.py`));
    const args = [batt, 'run', '-b', ...files, '-i', task, '--data', data];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: fresh(folder) });
    if (status === 0) return [{ what, args, goal, references: [reference] }];
    notes.push(`${what} left out: ${stderr.trim().split('\n').at(-1)}`);
    return [];
  });
}

/** The commands in turn, so that a busy minute hits all of them alike. */
function wholeProcesses(commands: readonly Command[], folder: string, rounds: number): Row[] {
  const times = commands.map((): number[] => []);
  // the first round only fills the system's file cache
  for (let round = 0; round <= rounds; round++) {
    for (const [k, { args }] of commands.entries()) {
      const cwd = fresh(folder);
      const taken = seconds(() => start(args, cwd));
      if (round > 0) times[k]!.push(taken);
    }
  }
  const bare = { value: median(times[0]!), from: 'node -e 0, this run' };
  return commands.map(({ what, goal, references = [] }, k) => ({
    what: `${what}, whole process, cold`,
    ...figures(times[k]!, (t) => t),
    unit: 's',
    ...(goal === undefined ? {} : { goal }),
    references: k === 0 ? [] : [bare, ...references],
  }));
}

/** What `verify` says of itself: evaluation and comparison, without start, reading and parsing. */
function repeats(verify: readonly string[], cwd: string): Row[] {
  const line = JSON.parse(start([...verify, '--repeat', '5', '--json'], cwd)) as { repeats: readonly number[] };
  const references = [{ value: 3.6, from: 'CPython 3.6–5.1 s, the public solvers, measured earlier' }];
  return [
    { what: "verify's own seconds, first pass, cold", value: line.repeats[0]!, unit: 's', references },
    { what: "verify's own seconds, fifth pass, warm", value: line.repeats.at(-1)!, unit: 's', references },
  ];
}

/** A new folder to run in: a run is not spared writing what an earlier one has written. */
function fresh(folder: string): string {
  return mkdtempSync(join(folder, 'run-'));
}

/** Runs node to its end in a folder that takes what it writes, and returns stdout; 1 is the exit code of a `verify` with unsolved tasks. */
function start(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28, cwd });
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(' ')}: exit code ${status}: ${stderr}`);
  return stdout;
}
