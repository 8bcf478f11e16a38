// What a run found, as the lines of its results.
import type { Backend } from '../../../kernels/backend.ts';
import { fellBack } from '../../backend/steadyBackend.ts';
import type { Candidate } from '../../graph/graph.ts';
import {
  type CandidateFields,
  RESULTS_SCHEMA,
  type ScoreColumns,
  type StoredFields,
  type TaskLine,
} from '../../results/lines.ts';
import { rounded } from '../../results/rounded.ts';
import type { Shown } from '../answer/showcase.ts';
import type { CandidateSet } from '../read/candidates.ts';
import type { SavedTask } from '../save/savedTask.ts';
import type { ScoredCandidate, TaskResult } from '../score/scoreTask.ts';
import type { Timing } from '../timing.ts';

/** The candidates of a run, by their numbers. */
export function candidateRows({ graph }: CandidateSet): CandidateFields[] {
  return graph.candidates.map(({ solverId, also, source, line, firstStep, lastStep }) => ({
    solver_id: solverId,
    also,
    source,
    line,
    size: lastStep - firstStep,
  }));
}

/** Makes the task lines of a run. */
export class TaskLines {
  readonly #numbers: ReadonlyMap<Candidate, number>;
  readonly #backend: Backend;

  constructor({ graph }: CandidateSet, backend: Backend) {
    this.#numbers = new Map(graph.candidates.map((candidate, k) => [candidate, k]));
    this.#backend = backend;
  }

  /**
   * @param saved what saving it gave, if it was saved
   * @param shown what its best candidates answer, if that is kept
   */
  of(scored: TaskResult, saved?: SavedTask, shown?: Shown): TaskLine {
    const result = saved?.result ?? scored;
    const number = ({ candidate }: Pick<ScoredCandidate, 'candidate'>): number => this.#numbers.get(candidate)!;
    const { task, demos, tests, known, counts, candidates, best, verdicts } = result;
    const cut = result.cut ?? shown?.cut;
    const lost = fellBack(this.#backend);
    const differs = saved?.differs.map(({ name, md5, iz, zo }) => {
      return { name, md5, iz: Object.fromEntries(iz), zo: Object.fromEntries(zo) };
    });
    const unlinked = Array.from(saved?.unlinked ?? [], ([reason, refused]) => {
      return { reason, candidates: refused.map((candidate) => this.#numbers.get(candidate)!) };
    });
    return {
      schema: RESULTS_SCHEMA,
      type: 'task',
      task,
      demos,
      tests,
      known,
      counts,
      scores: columns(candidates, known[1] > 0),
      best: best.map(number),
      verdicts,
      ...(saved === undefined ? {} : { stored: this.#stored(saved) }),
      ...(unlinked.length === 0 ? {} : { unlinked }),
      ...(differs === undefined ? {} : { differs }),
      ...(shown === undefined ? {} : { attempts: shown.attempts, shown: shown.shown }),
      ...(saved === undefined || saved.failures.length === 0 ? {} : { failures: saved.failures }),
      ...(saved?.unsaved ? { unsaved: true } : {}),
      ...(saved === undefined || saved.notes.length === 0 ? {} : { notes: saved.notes }),
      ...(cut === undefined ? {} : { cut }),
      timing: timingFields(result.timing),
      backend: this.#backend.name,
      device: this.#backend.device,
      ...(lost === undefined ? {} : { fellBack: lost }),
    };
  }

  #stored({ stored }: SavedTask): StoredFields[] {
    return Array.from(stored, ([candidate, { md5, peerMd5, form, tLog }]) => ({
      candidate: this.#numbers.get(candidate)!,
      md5,
      ...(peerMd5 === undefined ? {} : { peer_md5: peerMd5 }),
      ...(form === 'expanded' ? {} : { form }),
      t_log: tLog,
    }));
  }
}

function columns(candidates: readonly ScoredCandidate[], hasTest: boolean): ScoreColumns {
  // candidates of one table share equal counts
  const places = new Map<Readonly<Record<string, number>>, number>();
  const verdicts = candidates.map(({ score }) => {
    const place = places.get(score.verdicts) ?? places.size;
    if (place === places.size) places.set(score.verdicts, place);
    return place;
  });
  return {
    demo: candidates.map(({ score }) => score.demo[0]),
    test: hasTest ? candidates.map(({ score }) => score.test?.[0] ?? 0) : null,
    cells: candidates.map(({ score }) => score.cells),
    verdicts,
    kinds: [...places.keys()],
  };
}

/** Seconds by key, to the microsecond. */
export function timingFields(timing: Timing): Record<string, number> {
  return Object.fromEntries(Array.from(timing, ([key, seconds]) => [key, rounded(seconds)]));
}
