// The lines of `batt run --json`: one a task, a summary last (DESIGN 5). All values are ready for JSON.stringify.
import type { PreparedRun } from '../pipeline/run.ts';
import type { TaskResult } from '../pipeline/scoreTask.ts';
import type { Timing } from '../pipeline/timing.ts';
import type { Totals } from '../pipeline/totals.ts';
import { cpuName, engineVersion } from './version.ts';

/** Version of the layout of all lines. */
export const SCHEMA = 1;

/** The line of a task. */
export function taskLine(result: TaskResult, device: string): object {
  return {
    schema: SCHEMA,
    type: 'task',
    task: result.task,
    counts: result.counts,
    candidates: result.candidates.map(({ candidate, score }) => ({
      solver_id: candidate.solverId,
      also: candidate.also,
      source: candidate.source,
      line: candidate.line,
      o_score: score.oScore,
      demo: score.demo,
      test: score.test,
      cells: score.cells,
      verdicts: score.verdicts,
    })),
    scores: Object.fromEntries(result.scores),
    timing: timingObject(result.timing),
    backend: 'cpu',
    device,
  };
}

/** The last line. */
export function summaryLine(run: PreparedRun, totals: Totals, digest: string, seconds: number): object {
  const { set, data, batteries } = run;
  return {
    schema: SCHEMA,
    type: 'summary',
    engine: engineVersion(),
    data: { name: data.name, parts: data.parts, tasks: data.tasks.length, digest },
    batteries: batteries.map(({ file }) => file),
    tasks: totals.tasks,
    solved: totals.solved,
    counts: { ...set.counts, pairs: totals.pairs },
    verdicts: Object.fromEntries(totals.verdicts),
    invalid: set.invalid.map(({ file, line, column, name, reason }) => ({ file, line, column, name, reason })),
    skipped: set.skipped,
    seconds: rounded(seconds),
    timing: timingObject(totals.clock.timing),
    backend: 'cpu',
    device: cpuName(),
  };
}

function timingObject(timing: Timing): Record<string, number> {
  return Object.fromEntries(Array.from(timing, ([key, seconds]) => [key, rounded(seconds)]));
}

/** Seconds to the microsecond. */
export function rounded(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
