// The lines of `batt run --json`: one a task, a summary last (DESIGN 5). All values are ready for JSON.stringify.
import type { PreparedRun } from '../pipeline/run.ts';
import type { SavedDiffer, SavedTask, SkippedCandidate, StoredCandidate } from '../pipeline/saved.ts';
import type { TaskResult } from '../pipeline/scoreTask.ts';
import type { Timing } from '../pipeline/timing.ts';
import type { Totals } from '../pipeline/totals.ts';
import { cpuName, engineVersion } from './version.ts';

/** Version of the layout of all lines. */
export const SCHEMA = 1;

/**
 * The line of a task.
 * @param saved what saving it gave; without it there are neither md5, t_log nor differs
 */
export function taskLine(result: TaskResult, device: string, saved?: SavedTask): object {
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
      ...fileFields(saved?.stored.get(candidate)),
      o_score: score.oScore,
      demo: score.demo,
      test: score.test,
      cells: score.cells,
      verdicts: score.verdicts,
    })),
    ...(saved === undefined ? {} : { skipped: saved.skipped.map(skippedFields) }),
    scores: Object.fromEntries(result.scores),
    ...(saved === undefined ? {} : { differs: saved.differs.map(differFields) }),
    ...(saved === undefined || saved.failures.length === 0 ? {} : { failures: saved.failures }),
    ...(saved === undefined || saved.notes.length === 0 ? {} : { notes: saved.notes }),
    timing: timingObject(result.timing),
    backend: 'cpu',
    device,
  };
}

function fileFields(stored: StoredCandidate | undefined): object {
  if (stored === undefined) return {};
  const { md5, peerMd5, form, tLog } = stored;
  return {
    md5,
    ...(peerMd5 === undefined ? {} : { peer_md5: peerMd5 }),
    ...(form === 'expanded' ? {} : { form }),
    t_log: tLog,
  };
}

function skippedFields({ scored: { candidate, score }, reason }: SkippedCandidate): object {
  const { solverId, also, source, line } = candidate;
  return { solver_id: solverId, also, source, line, o_score: score.oScore, reason };
}

function differFields({ name, md5, iz, zo }: SavedDiffer): object {
  return { name, md5, iz: Object.fromEntries(iz), zo: Object.fromEntries(zo) };
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
