// The lines of `batt run --json`: one a task, a summary last. All values are ready for JSON.stringify.
import type { Backend } from '../../kernels/backend.ts';
import { engineVersion } from '../arc/bundled.ts';
import { fellBack } from '../backend/steadyBackend.ts';
import { timingFields } from '../pipeline/keep/taskLines.ts';
import type { Totals } from '../pipeline/keep/totals.ts';
import type { PreparedRun } from '../pipeline/read/prepareRun.ts';
import type { CandidateFields, TaskLine } from '../results/lines.ts';
import { rounded } from '../results/rounded.ts';
import { scoreRows } from '../results/rows.ts';

/** Version of the layout of all lines. */
export const SCHEMA = 1;

/** The line of a task: what its line in the results says, with an object a candidate. */
export function taskJson(line: TaskLine, candidates: readonly CandidateFields[]): object {
  const {
    task,
    counts,
    stored,
    unlinked,
    differs,
    failures,
    notes,
    cut,
    timing,
    backend,
    device,
    fellBack: lost,
  } = line;
  const files = new Map(stored?.map(({ candidate, ...fields }) => [candidate, fields]));
  const links = new Map(unlinked?.flatMap(({ reason, candidates: all }) => all.map((each) => [each, reason] as const)));
  const rows = scoreRows(line);
  const sums = new Map<string, number>(); // an id may be the name of a member of any object
  const sumUp = (candidate: number, score: number): void => {
    const { solver_id, also } = candidates[candidate]!;
    for (const id of [solver_id, ...also]) sums.set(id, (sums.get(id) ?? 0) + score);
  };
  for (const { candidate, oScore } of rows) sumUp(candidate, oScore);
  return {
    schema: SCHEMA,
    type: 'task',
    task,
    counts,
    candidates: rows.map(({ candidate, oScore, demo, test, cells, verdicts }) => ({
      ...named(candidates[candidate]!),
      ...files.get(candidate),
      o_score: oScore,
      demo,
      test,
      cells,
      verdicts,
      ...(links.has(candidate) ? { link: links.get(candidate) } : {}),
    })),
    scores: Object.fromEntries(sums),
    ...(differs === undefined ? {} : { differs }),
    ...(failures === undefined ? {} : { failures }),
    ...(notes === undefined ? {} : { notes }),
    ...(cut === undefined ? {} : { cut }),
    timing,
    backend,
    device,
    ...(lost === undefined ? {} : { fellBack: lost }),
  };
}

function named({ solver_id, also, source, line }: CandidateFields): object {
  return { solver_id, also, source, line };
}

/** The last line. */
export function summaryJson(
  run: PreparedRun,
  totals: Totals,
  digest: string,
  seconds: number,
  backend: Backend,
): object {
  const { set, data, batteries } = run;
  const lost = fellBack(backend);
  return {
    schema: SCHEMA,
    type: 'summary',
    engine: engineVersion(),
    data: {
      name: data.name,
      parts: data.parts,
      tasks: data.tasks.length,
      digest,
      ...(data.skipped.length === 0 ? {} : { skipped: data.skipped }),
      ...(data.overlaps.length === 0 ? {} : { overlaps: data.overlaps }),
    },
    batteries: batteries.map(({ file }) => file),
    tasks: totals.tasks,
    solved: totals.testsKnown ? totals.solved : null,
    demos_right: totals.demosRight,
    counts: { ...set.counts, pairs: totals.pairs },
    ...(totals.unlinked === 0 ? {} : { unlinked: totals.unlinked }),
    verdicts: Object.fromEntries(totals.verdicts),
    invalid: set.invalid.map(({ file, line, column, name, reason }) => ({ file, line, column, name, reason })),
    strays: set.strays,
    ...(totals.cut === 0 ? {} : { cut: totals.cut }),
    seconds: rounded(seconds),
    timing: timingFields(totals.clock.timing),
    backend: backend.name,
    device: backend.device,
    ...(lost === undefined ? {} : { fellBack: lost }),
  };
}
