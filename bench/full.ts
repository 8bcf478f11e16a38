// How long does the everyday job take: a library of 400 solvers on all 400 tasks, each stopping at its first mismatch?
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../src/arc/bundled.ts';
import { openTasks } from '../src/arc/read.ts';
import { runsIn } from '../src/results/find.ts';
import { readResults } from '../src/results/read.ts';
import { standInLibrary } from './library.ts';
import type { Answer, Options, Question, Row } from './question.ts';
import { NO_SHARED, shared, trainingFolder } from './shared.ts';
import { figures, seconds } from './stats.ts';
import { loadSuite } from './suite.ts';

export const full: Question = {
  name: 'full',
  about: '400 programs on 400 tasks, whole processes in turn; medians',
  ask: measure,
};

/** Program runs a second of the Python pool: two processes on two cores. */
const POOL = { value: 810, from: 'Python pool, 2 processes: 199.5 s, measured earlier' };

const JOBS = [1, 2];

function measure({ quick }: Options): Answer {
  const batt = join(packageFolder(), 'dist/batt.js');
  if (!existsSync(batt)) return { skipped: 'dist/batt.js is not there; npm run build' };
  if (shared === undefined) return NO_SHARED;
  const folder = mkdtempSync(join(tmpdir(), 'batt-bench-'));
  try {
    const data = trainingFolder(shared);
    const library = join(folder, 'library.py');
    writeFileSync(library, standInLibrary(loadSuite(shared), openTasks(data).ids));
    const times = JOBS.map((): number[] => []);
    let runs = 0;
    for (let repeat = 0; repeat < (quick ? 2 : 7); repeat++) {
      for (const [k, jobs] of JOBS.entries()) {
        const out = join(folder, `${repeat}-${k}`);
        const all = [batt, 'run', '-b', library, '--data', data, '--out', out, '--quiet', '--first-mismatch'];
        times[k]!.push(seconds(() => call([...all, '--jobs', String(jobs)], folder)));
        runs = runsOf(out);
        rmSync(out, { recursive: true });
      }
    }
    const rows = JOBS.flatMap((jobs, k): Row[] => {
      const what = `--first-mismatch --jobs ${jobs}`;
      const goal = jobs === 2 ? { time: { goal: 1.3 }, rate: { goal: 121_000 } } : { time: {}, rate: {} };
      return [
        { what, ...figures(times[k]!, (s) => s), unit: 's', ...goal.time },
        { what: 'the same', ...figures(times[k]!, (s) => runs / s), unit: 'runs/s', ...goal.rate, references: [POOL] },
      ];
    });
    const note = 'the library is a stand-in made of the 340 programs of programs.jsonl; results and files are saved';
    return { rows, notes: [note, `${runs} program runs`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function call(args: readonly string[], folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`node ${args.join(' ')}: exit code ${status}: ${stderr}`);
}

/** Pairs that were run, duplicates not counted. */
function runsOf(out: string): number {
  let runs = 0;
  for (const { verdicts } of readResults(join(runsIn(out)[0]!, 'results.jsonl')).tasks()) {
    for (const [verdict, n] of Object.entries(verdicts)) if (verdict !== 'not_run') runs += n;
  }
  return runs;
}
